// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/repeated_patients.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace paraspinal {

std::string repeated_patients_text(const CohortTable& cohort) {
    const auto ids = std::ranges::find(cohort.columns, "patient_id", &CohortColumn::name);
    if (ids == cohort.columns.end()) {
        return {};
    }
    const auto rows =
        cohort.patients - static_cast<std::size_t>(std::ranges::count(ids->texts, std::string()));
    std::set<std::string> patients(ids->texts.begin(), ids->texts.end());
    patients.erase("");
    if (patients.size() == rows) {
        return {};
    }
    return std::to_string(rows) + " rows are of " + std::to_string(patients.size()) +
           " patients (patient_id), and each row is taken for a patient of its own: intervals are "
           "too narrow and P too small; keep one row a patient";
}

}  // namespace paraspinal
