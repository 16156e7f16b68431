// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/table_reader.h"
#include "pipeline/tables/text_table.h"
#include "risk/norms/norms_card.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

struct FitNormsOptions {
    TableOptions table;              ///< How the controls are read.
    std::string level = "L3";        ///< Rows of another level are left out.
    std::string sex_column = "sex";  ///< Where the table has none: `patient_sex`.
    std::string age_column = "age";  ///< Where the table has none: `patient_age_years`.
};

/// A card, and the quantities that have controls but no curve: by sex and column, why.
struct FittedNorms {
    NormsCard card;
    std::map<std::pair<std::string, std::string>, std::string> without_curve;
    /// Controls so far from their curve that chance makes none of them, with their lines. They are
    /// in it: who is healthy is for people to say.
    std::vector<std::string> far_out;
};

/// Curves of the healthy controls in `file`, a table with the columns of measurements.csv, one row
/// a person: of each of repeated_quantities and each sex, by fit_age_curve.
///
/// Left out, and counted by reason in the card: rows with an obstacle_of, "flagged" rows that no
/// reader accepted, "other_level", and rows without sex, age or patient ID. Throws Error
/// malformed_file where the table lacks a column, cells cannot be read, one person has two rows
/// that would enter, or people were measured by different methods (NormsMethod), each with the
/// lines and for an age that nobody has; invalid_value where no quantity of either sex gets a
/// curve.
FittedNorms fit_norms(const std::filesystem::path& file, const FitNormsOptions& options);

/// What people are told of it: a row a quantity and sex, notes on who was left out.
TextTable norms_table(const FittedNorms& fitted);

}  // namespace paraspinal
