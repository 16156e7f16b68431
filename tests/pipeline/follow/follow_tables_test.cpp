// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_tables.h"

#include "core/text.h"
#include "pipeline/follow/pair_words.h"
#include "pipeline/follow/patients_csv.h"
#include "pipeline/follow/trend_chart.h"
#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

namespace paraspinal {
namespace {

using testing::measured_row;

FollowUp example() {
    return follow_patients(
        testing::examinations_of({measured_row({}),
                                  measured_row({{"study_uid", "1.2.2"},
                                                {"study_date", "20260131"},
                                                {"patient_age_years", "72"},
                                                {"csa_cm2", "24.000"},
                                                {"slice_offset_mm", "2.00"}}),
                                  measured_row({{"patient_id", "P2"}, {"study_uid", "2.1"}})}),
        {});
}

TEST(FollowTables, HaveOneRowAPairAndQuantity) {
    std::istringstream csv(follow_up_csv(example()));
    std::string line;
    std::getline(csv, line);
    const std::vector<std::string> columns = split(line, ',');
    std::getline(csv, line);
    const std::vector<std::string> cells = split(line + ",", ',');
    const auto cell = [&](std::string_view column) {
        const auto found = std::ranges::find(columns, column);
        return cells.at(static_cast<std::size_t>(found - columns.begin()));
    };
    EXPECT_EQ(cell("patient_id"), "P1");
    EXPECT_EQ(cell("quantity"), "csa_cm2");
    EXPECT_EQ(cell("from_study_date"), "20240131");
    EXPECT_EQ(cell("years"), "2.00");
    EXPECT_EQ(cell("difference"), "-7.000");
    EXPECT_EQ(cell("difference_of_from_pct"), "-22.58");
    EXPECT_EQ(cell("per_year"), "-3.498") << "731 days";
    EXPECT_EQ(cell("verdict"), "decrease");
    EXPECT_EQ(cell("offset_difference_mm"), "1.50");
    const double reach = *parse_number(cell("smallest_real_change"));
    EXPECT_NEAR(*parse_number(cell("difference_low")), -7 - reach, 0.0011);
    EXPECT_NEAR(*parse_number(cell("difference_high")), -7 + reach, 0.0011);
    std::size_t rows = 1;
    while (std::getline(csv, line)) {
        ++rows;
    }
    EXPECT_EQ(rows, repeated_quantities().size());
}

TEST(FollowTables, ListEveryExamination) {
    const std::string csv = examinations_csv(example());
    EXPECT_NE(csv.find("P1,1.2.1,20240131,,compared,ok"), std::string::npos) << csv;
    EXPECT_NE(csv.find("P2,2.1,20240131,,single,ok"), std::string::npos) << csv;
    EXPECT_EQ(follow_up_summary(example()),
              "3 examinations of 2 patients: 2 compared, 1 single; 1 pair");
}

TEST(FollowTables, JsonHasNumbersAndNulls) {
    const auto json = nlohmann::json::parse(follow_up_json(example()));
    ASSERT_EQ(json["changes"].size(), repeated_quantities().size());
    EXPECT_EQ(json["changes"][0]["difference"], -7.0);
    EXPECT_EQ(json["changes"][0]["from_study_date"], "20240131");
    EXPECT_TRUE(json["changes"].back()["difference"].is_null());
    EXPECT_EQ(json["examinations"].size(), 3U);
}

TEST(FollowTables, SayInWordsWhatChanged) {
    const std::string text = follow_up_text(example());
    EXPECT_NE(text.find("P1, 2024-01-31 to 2026-01-31 (consecutive, 2.0 years)"), std::string::npos)
        << text;
    EXPECT_NE(text.find("-7.00 "), std::string::npos) << text;
    EXPECT_NE(text.find("beyond measuring"), std::string::npos) << text;
    EXPECT_NE(text.find("P2            2024-01-31  single"), std::string::npos) << text;
    EXPECT_EQ(text.find("psoas"), std::string::npos) << "those are in the CSV";
    for (const std::string& line : split(text, '\n')) {
        EXPECT_LE(line.size(), 90U) << line;
    }
}

TEST(FollowTables, TellNoRateOfAShortTimeAndWhatIsNotListed) {
    const FollowUp result =
        follow_patients(testing::examinations_of({measured_row({}),
                                                  measured_row({{"study_uid", "1.2.2"},
                                                                {"study_date", "20240201"},
                                                                {"lean_csa_cm2", "20.000"}})}),
                        {});
    const std::string text = follow_up_text(result);
    EXPECT_NE(text.find("(consecutive, 1 day)"), std::string::npos) << text;
    EXPECT_EQ(text.find("-17"), std::string::npos) << "4.8 cm2 a day";
    EXPECT_EQ(span_text(0.51), "0.5 years");
    EXPECT_EQ(span_text(0.49), "179 days");
}

TEST(FollowTables, HaveOneRowAPatientForGroups) {
    std::vector<testing::Cells> rows;
    for (const char* const date : {"20240131", "20250131", "20260131"}) {
        rows.push_back(measured_row({{"study_uid", std::string("1.") + date},
                                     {"study_date", date},
                                     {"patient_age_years", ""},
                                     {"csa_cm2", std::string(date).substr(2, 2) + ".000"}}));
    }
    rows.push_back(measured_row({{"patient_id", "P2"}, {"study_uid", "2.1"}}));
    rows.push_back(measured_row({{"patient_id", "P2"},
                                 {"study_uid", "2.2"},
                                 {"study_date", "20240201"},
                                 {"fat_method", "otsu"}}));
    const std::string csv = patients_csv(follow_patients(testing::examinations_of(rows), {}));
    EXPECT_NE(csv.find("\nP1,20240131,20260131,2.00,,2.000,increase,"), std::string::npos) << csv;
    EXPECT_NE(csv.find("\nP2,20240131,20240201,0.00,fat_method_differs,0.000,within_error,,"
                       "not_comparable,"),
              std::string::npos)
        << csv;
    EXPECT_EQ(split(csv, '\n').size(), 3U);
    EXPECT_NE(csv.find(",mf_right_csa_change_cm2,mf_right_csa_verdict,"), std::string::npos);
}

TEST(FollowTables, TrendsJoinOnlyWhatCompares) {
    std::vector<testing::Cells> rows;
    for (const char* const year : {"2024", "2025", "2026"}) {
        rows.push_back(measured_row({{"study_uid", std::string("1.") + year},
                                     {"study_date", std::string(year) + "0131"},
                                     {"patient_age_years", ""}}));
    }
    rows.back()["fat_method"] = "otsu";
    const std::string svg =
        trend_svg(follow_patients(testing::examinations_of(rows), {}), {0, 1, 2});
    const auto count = [&svg](const std::string& what) {
        int found = 0;
        for (auto at = svg.find(what); at != std::string::npos; at = svg.find(what, at + 1)) {
            ++found;
        }
        return found;
    };
    EXPECT_EQ(count("stroke-opacity='0.5'"), 3) << "one line of CSA, two of FDR";
    EXPECT_EQ(count("fill='#ffffff' stroke='#1f5fa8'"), 1) << svg;
}

// One slice 8 mm higher than the others, where the muscle is larger.
TEST(FollowTables, TrendsAreThoseOfOnePlace) {
    std::vector<testing::Cells> rows;
    std::vector<testing::Cells> slices;
    for (const std::string year : {"2024", "2025", "2026"}) {
        const bool is_high = year == "2025";
        rows.push_back(measured_row({{"study_uid", "1." + year},
                                     {"study_date", year + "0131"},
                                     {"patient_age_years", ""},
                                     {"slice_offset_mm", is_high ? "8.50" : "0.50"},
                                     {"csa_cm2", is_high ? "41.000" : "31.000"}}));
        for (const auto& [offset_mm, csa_cm2] : {std::pair("8.50", "41.000"), {"0.40", "31.000"}}) {
            testing::Cells& slice = slices.emplace_back(rows.back());
            slice["slice_offset_mm"] = offset_mm;
            slice["csa_cm2"] = csa_cm2;
        }
    }
    const auto svg_of = [&](bool has_slices) {
        const testing::TemporaryFolder folder;
        testing::write_run(folder.path(), rows);
        if (has_slices) {
            testing::write_slices(folder.path(), slices);
        }
        return trend_svg(follow_patients(read_examinations({folder.path()}), {}), {0, 1, 2});
    };
    const auto count = [](const std::string& svg) { return split(svg, '#').size(); };
    const std::string brought = svg_of(true);
    EXPECT_EQ(brought.find("fill='#ffffff' stroke='#1f5fa8'"), std::string::npos);
    EXPECT_EQ(brought.find(">40<"), std::string::npos) << "the axis of CSA ends below that";
    const std::string apart = svg_of(false);
    EXPECT_NE(apart.find("fill='#ffffff' stroke='#1f5fa8'"), std::string::npos);
    EXPECT_GT(count(apart), count(brought)) << "lines are broken";
}

// docs/follow.md says what every flag, verdict, fate and column is.
TEST(FollowTables, AreDocumented) {
    std::ifstream file(testing::source_folder() / "docs/follow.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(page.empty());
    const auto expect = [&page](std::string_view name) {
        EXPECT_NE(page.find("`" + std::string(name) + "`"), std::string::npos) << name;
    };
    for (const PairFlag& flag : pair_flags()) {
        expect(flag.name);
        EXPECT_NE(page.find(flag.meaning), std::string::npos) << flag.name;
    }
    for (int i = 0; i <= static_cast<int>(Verdict::not_measured); ++i) {
        expect(verdict_name(static_cast<Verdict>(i)));
    }
    for (int i = 0; i <= static_cast<int>(Fate::not_named); ++i) {
        expect(fate_name(static_cast<Fate>(i)));
    }
    const std::string csv = follow_up_csv(example());
    for (const std::string& column : split(csv.substr(0, csv.find('\n')), ',')) {
        expect(column);
    }
}

}  // namespace
}  // namespace paraspinal
