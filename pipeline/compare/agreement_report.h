// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/agree_tables.h"

#include <string>

namespace paraspinal {

// The agreement of two tables as people and programs read it; differences are first - second.

/// At most 80 columns wide.
std::string agreement_text(const TableAgreement& result);

/// One row a column of the tables: `column` and agreement_columns.
std::string agreement_csv(const TableAgreement& result);

/// The same with the counts of the join; absent numbers are null.
std::string agreement_json(const TableAgreement& result);

}  // namespace paraspinal
