// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/xlsx_file.h"

#include "io/tables/zip_archive.h"

#include <fstream>

namespace paraspinal::testing {

void write_xlsx(const std::filesystem::path& file, const XlsxParts& parts) {
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const std::string bytes =
        zip_of({{.name = "xl/workbook.xml",
                 .content = begin + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
                            "\"><workbookPr " + parts.workbook_attributes +
                            "/><sheets><sheet name=\"Lists\" sheetId=\"1\" state=\"hidden\" "
                            "r:id=\"rId1\"/><sheet name=\"Patients\" sheetId=\"2\" "
                            "r:id=\"rId2\"/></sheets></workbook>"},
                {.name = "xl/_rels/workbook.xml.rels",
                 .content = begin + "<Relationships><Relationship Id=\"rId1\" "
                                    "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                                    "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
                {.name = "xl/worksheets/sheet1.xml",
                 .content = begin + "<worksheet><sheetData/></worksheet>"},
                {.name = "xl/worksheets/sheet2.xml",
                 .content = begin + "<worksheet xmlns=\"" + main + "\"><sheetData>" + parts.rows +
                            "</sheetData></worksheet>"},
                {.name = "xl/sharedStrings.xml",
                 .content = begin + "<sst xmlns=\"" + main + "\">" + parts.shared + "</sst>"},
                {.name = "xl/styles.xml",
                 .content = begin + "<styleSheet><numFmts>" + parts.formats +
                            "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                            "<xf numFmtId=\"20\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/>"
                            "<xf numFmtId=\"165\"/></cellXfs></styleSheet>"}});
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace paraspinal::testing
