// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/write_statistics_file.h"

#include "core/error.h"
#include "io/tables/read_statistics_file.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Cells = std::vector<std::string>;

std::vector<StatisticsVariable> two_patients() {
    return {{.name = "patient_id", .label = "ID", .texts = {"007", "Ä < \"8\""}},
            {.name = "Hb (g/L)", .label = "Hemoglobin (g/L)", .numbers = {120.25, {}}},
            {.name = "hb g l", .label = "", .numbers = {1e-9, -12345678.5}},
            {.name = "sex",
             .label = "Sex",
             .scale = MeasurementScale::nominal,
             .value_labels = {{1, "female"}, {2, "männlich"}},
             .numbers = {2.0, 1.0}},
            {.name = "study_date", .label = "", .is_date = true, .numbers = {20484.0, {}}},
            {.name = "with", .label = "", .numbers = {{}, 3.0}}};
}

TEST(WriteStatisticsFile, ReadsBackAsItWas) {
    const testing::TemporaryFolder folder;
    for (const char* const name : {"a.sav", "a.dta"}) {
        const std::filesystem::path file = folder.path() / name;
        write_statistics_file(file, two_patients());
        const TableRows table = read_statistics_file(file);
        EXPECT_EQ(table.columns,
                  (Cells{"patient_id", "Hb_g_L", "hb_g_l_2", "sex", "study_date", "v_with"}))
            << name;
        ASSERT_EQ(table.rows.size(), 2U);
        EXPECT_EQ(table.rows[0], (Cells{"007", "120.25", "1e-09", "männlich", "2026-01-31", ""}));
        EXPECT_EQ(table.rows[1], (Cells{"Ä < \"8\"", "", "-12345678.5", "female", "", "3"}));
    }
}

TEST(WriteStatisticsFile, SameInputSameBytes) {
    const testing::TemporaryFolder folder;
    const auto bytes = [&](const char* name) {
        write_statistics_file(folder.path() / name, two_patients());
        std::ifstream stream(folder.path() / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    EXPECT_EQ(bytes("a.sav"), bytes("b.sav"));
    EXPECT_EQ(bytes("a.dta"), bytes("b.dta"));
}

TEST(WriteStatisticsFile, NamesAreNoneThatTheProgramsKeepForThemselves) {
    std::vector<StatisticsVariable> variables;
    for (const char* const name : {"str5", "strL", "if", "WITH", "strain", "_n", "str"}) {
        variables.push_back({.name = name});
    }
    EXPECT_EQ(
        statistics_names(variables),
        (std::vector<std::string>{"v_str5", "v_strL", "v_if", "v_WITH", "strain", "v__n", "str"}));
}

TEST(WriteStatisticsFile, RefusesOtherEndings) {
    EXPECT_EQ(testing::refusal([] { write_statistics_file("a.xpt", two_patients()); }),
              ErrorCode::usage);
}

}  // namespace
}  // namespace paraspinal
