// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/write_outputs.h"

#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "tests/pipeline/report/report_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace paraspinal {
namespace {

using testing::phantom_failure;
using testing::phantom_report;
using testing::TemporaryFolder;

std::string content(const std::filesystem::path& file) {
    std::stringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::set<std::string> names_below(const std::filesystem::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            names.insert(std::filesystem::relative(entry.path(), folder).string());
        }
    }
    return names;
}

void expect_usage_error(std::string_view list, const std::string& part_of_message) {
    try {
        output_options(list, "1.0");
        FAIL() << "no error for '" << list << "'";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_NE(error.message().find(part_of_message), std::string::npos) << error.message();
    }
}

TEST(OutputOptions, ReadsAList) {
    EXPECT_EQ(output_options("csv,json,png,nifti", "1.0"),
              OutputOptions{.software_version = "1.0"});
    const OutputOptions two{
        .csv = false, .json = true, .png = true, .nifti = false, .software_version = "1.0"};
    EXPECT_EQ(output_options(" PNG, json", "1.0"), two);
    EXPECT_TRUE(output_options("html", "1.0").csv) << "the page is made of the tables";
}

TEST(OutputOptions, RefusesWhatItCannotWrite) {
    expect_usage_error("pdf", "'pdf': no output has this name");
    expect_usage_error("", "choose from csv, json, png, nifti");
    expect_usage_error("csv,,json", "choose from");
}

TEST(WriteOutputs, WritesAllFilesOfAStudy) {
    const TemporaryFolder folder;
    StudyReport report = phantom_report();
    const auto written =
        write_study_outputs(folder.path() / "new", report, {.software_version = "1.0"});
    const std::string name = "new/" + study_folder_name(report.study) + "/";
    const std::set<std::string> expected{name + "measurement.json",
                                         name + "image.nii.gz",
                                         name + "labels.nii.gz",
                                         name + "fat.nii.gz",
                                         name + "overlay.png"};
    EXPECT_EQ(names_below(folder.path()), expected);
    EXPECT_EQ(written.size(), expected.size());
    EXPECT_EQ(content(written.front()), measurement_json(report, "1.0"));
    for (const std::filesystem::path& file : written) {
        EXPECT_GT(std::filesystem::file_size(file), 100) << file;
    }
}

TEST(WriteOutputs, WritesOnlyWhatIsChosen) {
    const TemporaryFolder folder;
    const OutputOptions options = output_options("csv", "1.0");
    StudyReport report = phantom_report();
    EXPECT_TRUE(write_study_outputs(folder.path(), report, options).empty());
    EXPECT_TRUE(names_below(folder.path()).empty());
    EXPECT_TRUE(write_tables(folder.path(), {}, {}, output_options("json", "1.0")).empty());
    EXPECT_TRUE(names_below(folder.path()).empty());
}

TEST(WriteOutputs, WritesTheTables) {
    const TemporaryFolder folder;
    const std::vector<StudyOutcome> outcomes{phantom_report(), phantom_failure()};
    const auto written =
        write_tables(folder.path(), outcomes, {{}, {}}, {.software_version = "1.0"});
    EXPECT_EQ(names_below(folder.path()),
              (std::set<std::string>{"measurements.csv", "muscles.csv"}));
    ASSERT_EQ(written.size(), 2);
    EXPECT_EQ(content(written[0]), measurements_csv(outcomes, "1.0"));
    EXPECT_EQ(content(written[1]), muscles_csv(outcomes));
}

TEST(WriteOutputs, RefusesAFolderThatIsAFile) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "x";
    try {
        write_tables(folder.path() / "file", {}, {}, {});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::output_not_writable);
    }
}

}  // namespace
}  // namespace paraspinal
