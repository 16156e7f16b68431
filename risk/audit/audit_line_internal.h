// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "risk/audit/audit.h"
#include "risk/model/json_reader_internal.h"
#include "risk/model/risk_model.h"

#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// A number as printed: the range of numbers that rounding prints so.
struct PrintedNumber {
    std::string text;
    char relation = '=';  ///< '=', '<' or '>'.
    int decimals = 0;
    double value = 0;
    ValueRange range;  ///< value -+ half a unit of its last digit.
};

/// Reads "0.413", "< 0.05" or "> 0.8". Throws Error malformed_file naming the field.
PrintedNumber printed_number(const JsonReader& field);

/// The two entries, one a group, of the list called `name`. Throws Error malformed_file.
std::pair<JsonReader, JsonReader> pair_of(const JsonReader& line, const std::string& name);

/// Whether some number in `recomputed` prints as `printed`.
bool can_print_as(const ValueRange& recomputed, const PrintedNumber& printed);

/// Two or three significant digits of a P value: "0.25", "0.003", "<0.0001".
std::string p_text(double p);

/// Appends what one line of a publication's file says and what it should say.
void audit_line(const JsonReader& line, std::vector<AuditFinding>& findings);

}  // namespace paraspinal
