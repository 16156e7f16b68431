// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A row whose fractures could not be classified.
struct UnclassifiedRow {
    std::size_t line = 0;
    std::string reason;
};

struct FractureTable {
    std::string csv;  ///< The table with the kinds as 1 and 0, and fracture_note, at the end.
    std::size_t rows = 0;
    std::vector<UnclassifiedRow> unclassified;
    std::vector<std::string> left_out;  ///< Columns that lead to patients, or hold free text.
    std::string unreadable;             ///< As CohortTable.
};

/// Reads `treated_levels` and `new_fracture_levels` of every row of a table and classifies the new
/// fractures (classify_fractures). An empty cell of new fractures means none. A row that cannot be
/// classified (a level that is none, an unknown cell, new fractures without a cemented vertebra)
/// keeps its place: its kinds are empty, `fracture_note` says why. Identifiers and free text stay
/// out, but for the patient, the examination and the levels; cells as plain_text has them.
/// `reading.measurements` is not looked at.
/// Throws Error as read_cohort, also when one of the two columns is missing.
FractureTable classify_fracture_table(const std::filesystem::path& file,
                                      const CohortReading& reading = {});

}  // namespace paraspinal
