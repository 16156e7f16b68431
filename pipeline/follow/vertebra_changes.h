// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/examination.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Whether a body lost height since the earlier examination.
enum class NewDeformity {
    no,
    if_comparable,  ///< As yes, but something else may have made it, or their order is not known.
    yes,
};
/// "no", "if_comparable", "yes".
std::string_view new_deformity_name(NewDeformity deformity);

/// A vertebral body that was measured at both examinations.
struct VertebraChange {
    std::string vertebra;  ///< "L1".
    double from_reduction_pct = 0;
    double to_reduction_pct = 0;
    /// More than this is beyond the errors of both: of the lower end of the interval of the later
    /// reduction and of the upper end of the earlier one, as independent ones add.
    double smallest_real_increase_pct = 0;
    int from_grade = 0;
    int to_grade = 0;
    /// The reduction grew by more than that, and the grade, to 1 or more, too.
    NewDeformity deformity = NewDeformity::no;
};

/// Bodies that vertebrae.csv has of both, from head to feet. `is_doubted`: something beside the
/// patient may differ between the examinations.
std::vector<VertebraChange> vertebra_changes(const Examination& from,
                                             const Examination& to,
                                             bool is_doubted);

/// What classify_fractures calls each suspected new deformity, by vertebra, as `treated_levels`
/// ("L1;L3") has the cemented ones. Empty where these are missing or cannot be read.
std::map<std::string, std::string> relations_to_treated(const std::vector<VertebraChange>& changes,
                                                        const std::string& treated_levels);

}  // namespace paraspinal
