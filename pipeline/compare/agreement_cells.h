// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/rated_classes.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/agreement.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

// How agreement is written in tables for people and for programs.

/// A correlation: "0.946 [0.86, 0.98]"; "-" when absent.
std::string correlation_text(const std::optional<IntervalEstimate>& interval);

/// "0.946"; "-" when absent.
std::string number_text(const std::optional<double>& value, int decimals);

/// The shortest text that reads back as the same number; empty when absent.
std::string exact_text(const std::optional<double>& value);

/// Decimals that show four digits of the larger of the two means, from 0 to 4.
int decimals_for(const Agreement& agreement);

/// The names of agreement_cells, each with `prefix` in front.
std::vector<std::string> agreement_columns(const std::string& prefix);

/// The names of kappa_cells: "alike", "kappa", "kappa_low" ...
std::vector<std::string> kappa_columns();

/// Of classes: subjects put into one class, and the kappas, absent ones empty.
std::vector<std::string> kappa_cells(const ClassAgreement& agreement);

/// Agreement in classes for people, one row a column and pair.
TextTable classes_table(const std::vector<ClassAgreement>& classes);

/// All that is known, one CSV cell each, absent ones empty.
std::vector<std::string> agreement_cells(const Agreement& agreement);

}  // namespace paraspinal
