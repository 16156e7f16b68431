// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace paraspinal::testing {

/// What a workbook of one sheet called "Patients" (and a hidden one before it) is made of.
struct XlsxParts {
    std::string rows;  ///< Content of <sheetData>.
    /// Content of <sst>: texts that cells of type "s" share.
    std::string shared = "<si><t>patient_id</t></si><si><r><t>age</t></r><r><t>_years</t></r></si>";
    /// Content of <numFmts>; styles 0 to 5: none, date, time, percentage, code 164, code 165.
    std::string formats =
        "<numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"[$-409]d\\ mmm\\ yyyy;@\"/>";
    std::string workbook_attributes;  ///< Of <workbookPr>.
};

/// Writes it to `file`, as ECMA-376 part 1 describes it.
void write_xlsx(const std::filesystem::path& file, const XlsxParts& parts);

}  // namespace paraspinal::testing
