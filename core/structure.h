// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace paraspinal {

/// What a pixel belongs to. The values are those of `labels.nii.gz`; left and right are the
/// patient's.
enum class Structure : std::uint8_t {
    background = 0,
    multifidus_right = 1,
    multifidus_left = 2,
    erector_spinae_right = 3,
    erector_spinae_left = 4,
    vertebral_body = 5,
    psoas_right = 6,
    psoas_left = 7,
};

/// Every structure except the background, in label order.
inline constexpr std::array kStructures{
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_right,
    Structure::erector_spinae_left,
    Structure::vertebral_body,
    Structure::psoas_right,
    Structure::psoas_left,
};

/// The muscles that make up CSA: bilateral multifidus and erector spinae.
/// Source: Yang et al. 2025, Image analyses, doi:10.3389/fmed.2025.1514894.
inline constexpr std::array kParaspinalMuscles{
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_right,
    Structure::erector_spinae_left,
};

/// One structure per pixel, so that outlines cannot overlap.
using LabelMap = Image<Structure>;

enum class Side { none, right, left };

/// Name without side: "multifidus", "erector_spinae", "vertebral_body", "psoas", "background".
std::string_view structure_name(Structure structure);

/// "right", "left", or "" for structures of the midline.
std::string_view side_name(Structure structure);

/// Name with side as used in files and messages: "multifidus_right", "vertebral_body".
std::string_view label_name(Structure structure);

/// Short name with side as in the columns of `measurements.csv`: "mf_right", "vb".
std::string_view short_name(Structure structure);

Side side_of(Structure structure);

/// The same structure on the other side; midline structures are their own mirror.
Structure mirrored(Structure structure);

/// True for multifidus and erector spinae of either side.
bool is_paraspinal_muscle(Structure structure);

}  // namespace paraspinal
