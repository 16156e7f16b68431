// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/measured_otherwise.h"

#include "core/text.h"

#include <vector>

namespace paraspinal {

std::string measured_otherwise(const MeasuredHow& how, const RiskModel& model) {
    if (model.doi.empty()) {
        return {};
    }
    std::vector<std::string> differences;
    if (!how.roi.empty() && how.roi != "fascial") {
        differences.push_back(
            "the published CSA and FDR are of the area inside the fascia, and --roi " +
            std::string(how.roi) + " measures a smaller one");
    }
    const bool is_bare_reference = how.fat_method == "reference" && how.fat_guard == "off";
    const bool is_other =
        !how.fat_method.empty() && how.fat_method != "reference" && how.fat_method != "fixed";
    if (is_other || is_bare_reference) {
        differences.push_back(
            "the published FDR is by a threshold set by hand, for which --fat-method reference "
            "stands in, and " +
            std::string(how.fat_method) + (is_bare_reference ? " without its guard" : "") +
            " finds other fat");
    }
    return joined(differences, "; ");
}

}  // namespace paraspinal
