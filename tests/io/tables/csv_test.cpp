// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/csv.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

class Csv : public ::testing::Test {
  protected:
    CsvReader reader(const std::string& content) {
        const auto file = folder_.path() / "table.csv";
        std::ofstream(file, std::ios::binary) << content;
        return CsvReader(file);
    }

    std::vector<std::vector<std::string>> rows(const std::string& content) {
        CsvReader csv = reader(content);
        std::vector<std::vector<std::string>> all;
        while (csv.next()) {
            all.emplace_back();
            for (std::size_t i = 0; i < csv.columns().size(); ++i) {
                all.back().emplace_back(csv.cell(i));
            }
        }
        return all;
    }

    std::string complaint(const std::string& content) {
        try {
            rows(content);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file);
            return error.what();
        }
        return "accepted";
    }

  private:
    testing::TemporaryFolder folder_;
};

using Rows = std::vector<std::vector<std::string>>;

TEST_F(Csv, ReadsPlainRowsWithAnyLineEnd) {
    const Rows expected{{"1", "2"}, {"3", "4"}};
    EXPECT_EQ(rows("a,b\n1,2\n3,4\n"), expected);
    EXPECT_EQ(rows("a,b\r\n1,2\r\n3,4"), expected);
    EXPECT_EQ(rows("a,b\r1,2\r3,4\r"), expected);
    EXPECT_EQ(rows("\xEF\xBB\xBF"
                   "a,b\n\n1,2\n  \n3,4\n\n"),
              expected);
}

TEST_F(Csv, RefusesMoreColumnsThanAnySpreadsheetHas) {
    const auto wide = [](std::size_t columns) {
        std::string header = "c0";
        for (std::size_t i = 1; i < columns; ++i) {
            header += ",c" + std::to_string(i);
        }
        return header + "\n";
    };
    EXPECT_EQ(complaint(wide(kMostCsvColumns)), "accepted");
    EXPECT_NE(complaint(wide(100000)).find("100000 columns"), std::string::npos);
}

TEST_F(Csv, UndoesQuotes) {
    EXPECT_EQ(rows("a,b\n\"x,y\",\"she said \"\"no\"\"\"\n\"two\nlines\",z\n"),
              (Rows{{"x,y", "she said \"no\""}, {"two\nlines", "z"}}));
    EXPECT_EQ(rows("a,b\n\"\",5\" tall\n"), (Rows{{"", "5\" tall"}}));
}

TEST_F(Csv, FindsTheSeparatorAndTheDecimalComma) {
    CsvReader european = reader("patient_id;age_years;bmd_t_score\nA;75,5;-2,5\nB;1.234,5;x\n");
    ASSERT_TRUE(european.next());
    EXPECT_EQ(european.number(1), 75.5);
    EXPECT_EQ(european.number(2), -2.5);
    ASSERT_TRUE(european.next());
    EXPECT_THROW(static_cast<void>(european.number(1)), Error);

    CsvReader tabs = reader("a\tb\n1\t2,5\n");
    ASSERT_TRUE(tabs.next());
    EXPECT_EQ(tabs.number(1), 2.5);

    CsvReader american = reader("a,b\n1,\"2,5\"\n");
    ASSERT_TRUE(american.next());
    EXPECT_THROW(static_cast<void>(american.number(1)), Error);
}

TEST_F(Csv, ReadsWhatIsNotUtf8AsWindows1252AndSaysSo) {
    CsvReader western = reader(
        "id,Gr\xF6\xDF"
        "e,price\nM\xFC"
        "ller,1,5 \x80\n");
    EXPECT_EQ(western.assumed_encoding(), "Windows-1252");
    EXPECT_EQ(western.columns()[1], "Größe");
    CsvReader utf8 = reader("id,Größe\nMüller,1\n");
    EXPECT_EQ(utf8.assumed_encoding(), "");
    EXPECT_EQ(utf8.columns()[1], "Größe");
    EXPECT_EQ(rows("a\nM\xFC"
                   "ller \x80\n"),
              (Rows{{"Müller €"}}));
    EXPECT_EQ(complaint("a\nM\x81"
                        "ller\n"),
              "the file is neither UTF-8 nor GB18030 nor Windows-1252; save it as UTF-8");
    // Far behind the first block, within a letter at its boundary.
    const std::string long_line(300'000, 'x');
    EXPECT_EQ(rows("a\n" + long_line + "\n\xE4\n").back().front(), "ä");
}

TEST_F(Csv, KnowsMissingValuesAndNamesThePlaceOfWrongOnes) {
    CsvReader csv = reader("a,b,c,d,e\n,NA, n/a ,NaN,.\n1,2,3,many,5\n");
    ASSERT_TRUE(csv.next());
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_FALSE(csv.number(i).has_value()) << i;
    }
    ASSERT_TRUE(csv.next());
    EXPECT_EQ(csv.number(4), 5);
    try {
        static_cast<void>(csv.number(3));
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        EXPECT_STREQ(error.what(), "line 3, column d: is not a number");
    }
}

TEST_F(Csv, FindsColumnsWhateverTheirCase) {
    const CsvReader csv = reader(" Patient_ID ,Age\n");
    EXPECT_EQ(csv.column("patient_id"), 0U);
    EXPECT_EQ(csv.required_column("age"), 1U);
    EXPECT_FALSE(csv.column("sex").has_value());
    EXPECT_THROW(static_cast<void>(csv.required_column("sex")), Error);
}

TEST_F(Csv, NamesTheLineThatIsWrong) {
    EXPECT_EQ(complaint("a,b\n1,2\n3\n"), "line 3: has 1 cells, the header has 2");
    EXPECT_EQ(complaint("a,b\n\"x\ny\",2\n3,4,5\n"), "line 4: has 3 cells, the header has 2");
    EXPECT_EQ(complaint("a,b\n1,\"2\n"), "line 2: a quoted cell never ends");
    EXPECT_EQ(complaint("a,A\n"), "line 1: two columns are called A");
    EXPECT_EQ(complaint(""), "the file has no header line");
    EXPECT_EQ(complaint("\xFF\xFE"
                        "a"),
              "the file begins as UTF-16 and is not; save it as UTF-8");
    EXPECT_EQ(complaint("a,b\n1,2,,\n"), "accepted");
}

TEST_F(Csv, IsReadInTheEncodingsOfSpreadsheetPrograms) {
    using namespace std::string_literals;
    const std::string little = "\xFF\xFE"s + "a\0,\0b\0\n\0\x20\x5F,\0\x31\0\n\0"s;
    const std::string big = "\0a\0,\0b\0\n\x5F\x20\0,\0\x31\0\n"s;
    for (const std::string& content : {little, big, "a,b\n\xD5\xC5,1\n"s}) {
        CsvReader csv = reader(content);
        ASSERT_TRUE(csv.next());
        EXPECT_EQ(csv.cell(0), "\u5f20") << content.size();
        EXPECT_EQ(csv.cell(1), "1");
    }
    EXPECT_EQ(reader("a,b\n\xD5\xC5\xC8\xFD,1\n").assumed_encoding(), "GB18030");
    EXPECT_EQ(reader("name,b\nM\xFCller,1\nGr\xF6\xDF\x65,2\n").assumed_encoding(), "Windows-1252")
        << "two letters side by side are no hanzi where most stand alone";
    EXPECT_EQ(reader("Gr\xF6\xDF\x65,b\n1,1\n").assumed_encoding(), "Windows-1252");
}

TEST_F(Csv, LinesOfRowsCountLineEndsInsideQuotes) {
    CsvReader csv = reader("a\n\"1\n2\"\n3\n");
    ASSERT_TRUE(csv.next());
    EXPECT_EQ(csv.line(), 2U);
    ASSERT_TRUE(csv.next());
    EXPECT_EQ(csv.line(), 4U);
}

TEST_F(Csv, CellsMayCrossTheBoundaryOfBlocks) {
    std::string content = "a,b\n";
    const std::string filler(1000, 'x');
    for (int i = 0; i < 1000; ++i) {
        content += filler + ",\"" + std::to_string(i) + "\"\r\n";
    }
    const Rows all = rows(content);
    ASSERT_EQ(all.size(), 1000U);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i], (std::vector<std::string>{filler, std::to_string(i)}));
    }
}

TEST(CsvReader, RefusesFilesThatAreNotThere) {
    try {
        const CsvReader csv("no/such/file.csv");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::input_not_found);
    }
    EXPECT_THROW(CsvReader("/tmp"), Error);
}

}  // namespace
}  // namespace paraspinal
