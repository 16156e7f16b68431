// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/agree_tables.h"

#include <string>

namespace paraspinal {

// The agreement of two raters or more as people and programs read it; differences are first -
// second. Of three or more, all together come before the pairs.

/// At most 80 columns wide.
std::string agreement_text(const TableAgreement& result);

/// One row a column of the tables and pair of raters: `column`, agreement_columns, `group`, the
/// shape of the differences, `raters` ("all" of three or more together).
std::string agreement_csv(const TableAgreement& result);

/// The same with the counts of the join; absent numbers are null.
std::string agreement_json(const TableAgreement& result);

}  // namespace paraspinal
