// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/rated_classes.h"
#include "risk/statistics/agreement.h"
#include "risk/statistics/difference_shape.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One column as each of two or more raters has it.
struct RatedColumn {
    std::string column;
    /// Structure and side of the subjects, "multifidus right", or "all structures pooled"; empty
    /// where nothing tells them.
    std::string group;
    std::vector<std::vector<double>> ratings;  ///< Of each rater, one a subject; NaN where missing.
};

/// One column of two raters.
struct ColumnAgreement {
    std::string column;
    std::string group;          ///< As RatedColumn.
    std::string raters{};       ///< "anna - ben"; empty where there are only two.
    std::string difference{};   ///< The same, always: what the differences are of.
    std::vector<double> first;  ///< One a subject; NaN where missing.
    std::vector<double> second;
    Agreement agreement;
    DifferenceShape shape;
};

/// What a reader calls it: "area_cm2, multifidus right", "csa_cm2, anna - ben".
std::string agreement_name(const ColumnAgreement& one);

/// One column of three raters or more, all together.
struct RatersCorrelation {
    std::string column;
    std::string group;          ///< As RatedColumn.
    std::int64_t complete = 0;  ///< Subjects whom every rater has rated; all below is from these.
    std::int64_t missing = 0;
    std::string reason;  ///< As Agreement::reason; the correlations are absent then.
    std::optional<IntraclassCorrelation> correlation;
};

/// What became of the rows of one table.
struct JoinedRows {
    std::int64_t rows = 0;
    std::int64_t without_key = 0;  ///< The first key cell or an identifier is empty.
    std::int64_t failed = 0;       ///< Their status is "failed": nothing was measured.
    std::int64_t duplicate = 0;    ///< Rows whose key occurs more than once here; none is used.
    std::int64_t unmatched = 0;    ///< The key is not in all other tables.
};

/// Two raters or more.
struct TableAgreement {
    std::vector<std::string> key;     ///< Columns that tell the subjects, as in the first table.
    std::vector<std::string> raters;  ///< Their names, in order.
    std::int64_t joined = 0;          ///< Subjects.
    std::vector<JoinedRows> tables;   ///< One a rater.
    /// By column and group, then by pair of raters: the first with the second, with the third ...
    std::vector<ColumnAgreement> columns;
    std::vector<RatersCorrelation> together;  ///< Empty of two raters.
    std::vector<ClassAgreement> classes;      ///< Columns of classes; `raters` empty of two.
    std::vector<std::string> notes;           ///< What a reader must know besides.
};

/// Adds the agreement of `column` (one entry for each of result.raters) to `result`.
void add_column(RatedColumn column, TableAgreement& result);

}  // namespace paraspinal
