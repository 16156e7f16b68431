// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/compare_pair.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {

/// "within_error" ...
std::string_view verdict_name(Verdict verdict);
/// "within measuring error", "beyond measuring error: decrease" ...
std::string_view verdict_words(Verdict verdict);

/// Names of its flags with `separator` between them.
std::string flag_names(const ExaminationPair& pair, std::string_view separator);

/// Over less than this no change per year is told: measuring error times two or more. Our choice.
inline constexpr double kLeastRateYears = 0.5;

/// "2.0 years"; "12 days" below kLeastRateYears.
std::string span_text(double years);

/// Columns of the quantities without a symbol, which texts and pictures do not list, whose change
/// is beyond measuring error.
std::vector<std::string> unlisted_changes(const ExaminationPair& pair);

/// "CSA decrease, FDR increase if comparable", of all quantities with a symbol; else whether there
/// is nothing beyond measuring error or nothing that compares.
std::string change_summary(const ExaminationPair& pair);

/// "L4 FDR increase", of each quantity with a symbol that is beyond measuring error at a further
/// level.
std::vector<std::string> level_changes(const ExaminationPair& pair);

/// The difference, and the ends of its interval: `side` is 0, -1 or 1. Nullopt where it is not
/// comparable.
std::optional<double> difference_at(const Change& change, double side);

/// The same over the years; nullopt below kLeastRateYears too.
std::optional<double> per_year(const ExaminationPair& pair, const Change& change, double side);

/// A pair for people.
struct PairTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  ///< One a quantity that has a symbol.
    /// What stands below: "flags" and which, changes that are not listed ...
    std::vector<std::pair<std::string, std::string>> remarks;
};

PairTable pair_table(const ExaminationPair& pair);

}  // namespace paraspinal
