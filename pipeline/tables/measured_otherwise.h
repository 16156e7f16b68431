// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <string>
#include <string_view>

namespace paraspinal {

/// How a measurement was made, as the columns roi, fat_method and fat_guard have it; empty where
/// that is not known.
struct MeasuredHow {
    std::string_view roi;
    std::string_view fat_method;
    std::string_view fat_guard;
};

/// Why CSA and FDR made so are not those that a published `model` is about; empty where they are,
/// where nobody knows, and for a card without a DOI, whose maker measured in her own way. Published
/// are the area inside the fascia and fat by a threshold set by hand (Yang et al. 2025, Figure 1):
/// `fixed` is such a threshold, and `reference` with its guard stands in for one as the method
/// without a bias against Dixon images (docs/fat.md); any other method is another quantity.
std::string measured_otherwise(const MeasuredHow& how, const RiskModel& model);

}  // namespace paraspinal
