// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/terminal_table.h"

#include "pipeline/tables/wrap_text.h"
#include "tests/pipeline/report/report_phantom.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace paraspinal {
namespace {

using testing::phantom_failure;
using testing::phantom_report;

// The file that a run with UPDATE_GOLDEN=1 writes.
std::string golden(const std::string& name, const std::string& actual) {
    const auto file = testing::source_folder() / "tests/pipeline/report/golden" / name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
        std::ofstream(file) << actual;
    }
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

void expect_at_most_80_columns(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(character_count(line), 80) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
    }
}

TEST(TerminalTable, ShowsOneStudyAsACard) {
    const std::string text = terminal_table({phantom_report()});
    EXPECT_EQ(text, golden("card.txt", text));
    expect_at_most_80_columns(text);
}

TEST(TerminalTable, NamesTheMeasuredFileOnOneLine) {
    StudyReport report = phantom_report();
    report.study.file = "/archive/" + std::string(90, 'x') + "/IM 0001";
    EXPECT_NE(terminal_table({report}).find("\nfile      " + report.study.file.string() + "\n"),
              std::string::npos);
}

TEST(TerminalTable, ShowsWhatTheOtherCountWouldGive) {
    StudyReport report = phantom_report();
    EXPECT_EQ(terminal_table({report}).find("\nor "), std::string::npos);
    report.alternative = {.vertebra = "L2",
                          .report = std::make_shared<const StudyReport>(phantom_report()),
                          .failure = {}};
    report.level.alternatives = {{.vertebra = "L2", .slice_uid = {}, .position = {}},
                                 {.vertebra = "L4", .slice_uid = {}, .position = {}}};
    const std::string text = terminal_table({report});
    EXPECT_NE(text.find("\nor        if L3 is what is called L2 here: CSA "), std::string::npos)
        << text;
    EXPECT_NE(text.find("not measured"), std::string::npos)
        << "nor is the other candidate: " << text;
    expect_at_most_80_columns(text);
}

TEST(TerminalTable, SaysWhyAStudyFailed) {
    const std::string text = terminal_table({phantom_failure()});
    EXPECT_EQ(text, golden("failure.txt", text));
    expect_at_most_80_columns(text);
}

TEST(TerminalTable, ShowsSeveralStudiesInRows) {
    StudyReport good = phantom_report();
    good.study.study_uid = "1.2.3";
    good.flags.clear();
    const std::string text = terminal_table({good, phantom_report(), phantom_failure()});
    EXPECT_EQ(text, golden("table.txt", text));
    expect_at_most_80_columns(text);
}

TEST(TerminalTable, StaysIn80ColumnsWithLongTexts) {
    StudyReport report = phantom_report();
    report.slice_uid = std::string(64, '1') + "#1234567890";
    report.outline_model = std::string(200, 'm');
    report.flags[0] = {.flag = Flag::outline_slice_not_verified,
                       .detail = std::string(300, 'd') + " end"};
    report.risk->imputed.assign(16, "a_rather_long_predictor_name");
    StudyFailure failure = phantom_failure();
    failure.message = std::string(150, 'x') + " " + std::string(100, 'y');
    expect_at_most_80_columns(terminal_table({report}));
    expect_at_most_80_columns(terminal_table({failure}));
    expect_at_most_80_columns(terminal_table({report, failure, report}));
}

TEST(TerminalTable, ShowsUnknownAsADash) {
    StudyReport report = phantom_report();
    for (StructureMeasurement& part : report.measurement.structures) {
        part = {.structure = part.structure};
    }
    const std::string text = terminal_table({report, report});
    EXPECT_NE(text.find("flagged       -      -     -      -"), std::string::npos) << text;
    EXPECT_EQ(terminal_table({report}).find("nan"), std::string::npos);
}

TEST(TerminalTable, NamesNoPatient) {
    EXPECT_EQ(terminal_table({phantom_report()}).find("P-0042"), std::string::npos);
    EXPECT_EQ(terminal_table({phantom_report(), phantom_failure()}).find("P-00"),
              std::string::npos);
}

TEST(TerminalTable, IsEmptyWithoutStudies) {
    EXPECT_EQ(terminal_table({}), "");
}

}  // namespace
}  // namespace paraspinal
