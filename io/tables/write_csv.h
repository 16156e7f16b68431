// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace paraspinal {

/// A CSV document: RFC 4180 quoting, "\n" line ends, UTF-8 as given, one header line.
///
/// A spreadsheet program would run a cell that starts with = + - @, also as full-width forms or
/// behind blanks, as a formula, and the text comes from DICOM headers that anybody may have
/// written; such a cell gets an apostrophe in front, unless it is a number ("-3.5" stays a number),
/// and so does what follows a semicolon, tab or line end in it, where programs set to another
/// separator begin a cell. Other control characters become "?". Source: OWASP, CSV Injection.
///
/// Every row must have as many cells as there are columns, else throws Error internal.
std::string csv_text(const std::vector<std::string>& columns,
                     const std::vector<std::vector<std::string>>& rows);

/// Appends one line of such a document to `text`, for tables too long to hold.
void append_csv_row(std::string& text, const std::vector<std::string>& cells);

}  // namespace paraspinal
