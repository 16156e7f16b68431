// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/read_xlsx.h"

#include "core/error.h"
#include "io/tables/zip_archive.h"
#include "tests/io/damaged_files.h"
#include "tests/io/xlsx_file.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Cells = std::vector<std::string>;

constexpr const char* kHeader =
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>"
    "<c r=\"C2\" t=\"inlineStr\"><is><t>note</t></is></c></row>";

class Xlsx : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "t.xlsx"; }
    TableRows read(const std::string& rows) {
        testing::write_xlsx(path(), {.rows = kHeader + rows});
        return read_xlsx(path());
    }
    // The texts of the cells of one row below the header.
    Cells row(const std::string& cells) {
        return read("<row r=\"3\">" + cells + "</row>").rows.at(0);
    }
    std::string complaint(const std::string& rows) {
        try {
            read(rows);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file);
            return error.what();
        }
        return "accepted";
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(Xlsx, ReadsTheFirstSheetThatIsShown) {
    const TableRows table = read(
        "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"C4\" t=\"str\"><f>X</f><v> a </v></c></row>"
        "<row r=\"5\"><c r=\"A5\" s=\"1\"/></row>"
        "<row r=\"9\"><c t=\"b\"><v>1</v></c><c><v>1.5</v></c></row>");
    EXPECT_EQ(table.columns, (Cells{"patient_id", "age_years", "note"}));
    EXPECT_EQ(table.rows, (std::vector<Cells>{{"7", "", "a"}, {"TRUE", "1.5", ""}}));
    EXPECT_EQ(table.numbers, (std::vector<std::size_t>{4, 9}));
}

TEST_F(Xlsx, SheetsHaveNamesAndPlaces) {
    read("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row>");
    EXPECT_EQ(read_xlsx(path(), "patients").rows.size(), 1U);
    EXPECT_EQ(read_xlsx(path(), "2").rows.size(), 1U);
    EXPECT_EQ(testing::refusal([&] { read_xlsx(path(), "1"); }), ErrorCode::malformed_file);
    try {
        read_xlsx(path(), "Table 1");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_STREQ(error.what(),
                     "the workbook has no sheet 'Table 1'; it has 'Lists', 'Patients'");
    }
}

TEST_F(Xlsx, CellsMeanWhatTheirFormatSays) {
    EXPECT_EQ(row("<c r=\"A3\" s=\"1\"><v>46053</v></c><c s=\"5\"><v>46053.5</v></c>"
                  "<c s=\"2\"><v>0.25</v></c>"),
              (Cells{"2026-01-31", "2026-01-31 12:00:00", "06:00:00"}));
    EXPECT_EQ(row("<c r=\"A3\" s=\"4\"><v>123</v></c><c s=\"3\"><v>0.253</v></c><c><v>1E3</v></c>"),
              (Cells{"00123", "25.3", "1000"}));
    EXPECT_EQ(row("<c r=\"A3\"><v>0.10000000000000001</v></c><c t=\"e\"><v>#DIV/0!</v></c>"
                  "<c><v>-2.5</v></c>"),
              (Cells{"0.1", "#DIV/0!", "-2.5"}));
}

// Excel counts a 1900-02-29 that never was; on a Macintosh days count from 1904.
TEST_F(Xlsx, DaysCountFromTheRightOne) {
    EXPECT_EQ(
        row("<c r=\"A3\" s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c><c s=\"1\"><v>1</v></c>"),
        (Cells{"1900-02-28", "1900-03-01", "1900-01-01"}));
    testing::write_xlsx(
        path(),
        {.rows = std::string(kHeader) + "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>0</v></c></row>",
         .workbook_attributes = "date1904=\"1\""});
    EXPECT_EQ(read_xlsx(path()).rows.at(0).at(0), "1904-01-01");
}

TEST_F(Xlsx, ComplaintsNameTheCell) {
    EXPECT_EQ(
        complaint("<row r=\"3\"><c r=\"AB3\"><v>1</v></c></row>"),
        "cell AB3 stands in a column without a name: row 2, the first that is not empty, must "
        "hold the names of all columns, and nothing may stand beside or above the table");
    EXPECT_TRUE(complaint("<row r=\"3\"><c r=\"B3\"><f>A1</f></c></row>")
                    .starts_with("B3: is a formula whose result is not stored"));
    EXPECT_EQ(complaint("<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c></row>"),
              "A3: refers to a text that is not in the workbook");
    EXPECT_EQ(complaint("<row r=\"3\"><c r=\"ZZZZ3\"><v>2</v></c></row>"),
              "row 3: a cell has no place in a sheet");
    testing::write_xlsx(
        path(), {.rows = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"});
    EXPECT_THROW(read_xlsx(path()), Error);
}

TEST_F(Xlsx, EntitiesAreNotExpanded) {
    const std::string rows =
        std::string(kHeader).append("<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c></row>");
    testing::write_xlsx(
        path(),
        {.rows = rows,
         .shared = "<si><t>patient_id</t></si><si><t>age_years</t></si><si><t>&a;&lt;</t></si>"});
    EXPECT_EQ(read_xlsx(path()).rows.at(0).at(0), "&a;<");
}

// A few kilobytes that unpack to more than any sheet.
TEST_F(Xlsx, PackedBombsAreRefused) {
    testing::write_xlsx(path(), {.rows = kHeader + std::string(std::size_t{40} << 20U, ' ')});
    EXPECT_LT(std::filesystem::file_size(path()), 100'000U);
    EXPECT_EQ(testing::refusal([&] { read_xlsx(path()); }), ErrorCode::malformed_file);
}

TEST_F(Xlsx, OtherFilesAreNamed) {
    const auto message = [&](const std::string& bytes) {
        std::ofstream(path(), std::ios::binary) << bytes;
        try {
            read_xlsx(path());
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    EXPECT_EQ(message("\xD0\xCF\x11\xE0 old"),
              "the file is an .xls, or is protected by a password; save it as .xlsx without one");
    EXPECT_EQ(message("patient_id\n1\n"), "the file is no .xlsx; save it as .xlsx or .csv");
    EXPECT_EQ(message(zip_of({{.name = "content.xml", .content = "<x/>"}})),
              "the file is a .zip without a workbook; save it as .xlsx");
    EXPECT_EQ(testing::refusal([] { read_xlsx("no/such.xlsx"); }), ErrorCode::input_not_found);
}

TEST_F(Xlsx, DamageIsANamedError) {
    read("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row>");
    testing::expect_named_errors(path(), [](const auto& file) { read_xlsx(file); });
}

}  // namespace
}  // namespace paraspinal
