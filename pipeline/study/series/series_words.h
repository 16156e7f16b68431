// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <string>

namespace paraspinal {

/// What the names of a series (description, protocol, sequence) say, in the vocabularies of the
/// vendors and of several languages. Private to pipeline.
struct SeriesWords {
    bool says_t2 = false;
    bool says_t1 = false;
    bool says_proton_density = false;
    bool says_stir = false;  ///< STIR, TIRM: fat nulled by inversion.
    bool says_fat_suppressed = false;
    bool says_water_only = false;  ///< Dixon water image.
    bool says_fat_only = false;    ///< Dixon fat image.
    bool says_opposed_phase = false;
    bool says_flair = false;
    bool says_diffusion = false;
    bool says_localizer = false;
    bool says_myelography = false;
    bool says_gradient_echo = false;
    bool says_echo_planar = false;
    bool says_derived = false;  ///< MPR, MIP, ADC, subtraction, parameter map.
    bool says_t2_star = false;
    friend bool operator==(const SeriesWords&, const SeriesWords&) = default;
};

/// Reads the names of a series and of one acquisition of it.
SeriesWords series_words(const std::string& description, const Acquisition& acquisition);

}  // namespace paraspinal
