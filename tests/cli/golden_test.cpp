// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Whole runs on sample_dicom compared with stored results, column by column with a tolerance each.
// UPDATE_GOLDEN=1 rewrites them; look at the difference before committing it.
#include "core/text.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line + ",");
    for (std::string text; std::getline(stream, text, ',');) {
        cells.push_back(text);
    }
    return cells;
}

// How far a number may move on another processor: the network's sums differ in the last bits there,
// which can turn single pixels at a border. Everything else must be the same text.
double tolerance(const std::string& column) {
    if (column.ends_with("_cm2") || column.ends_with("_ratio") || column == "level_confidence") {
        return 0.05;
    }
    if (column.ends_with("_mm") && !column.starts_with("slice_") && !column.starts_with("pixel_")) {
        return 0.3;  // A height, in fifths of the network's pixels.
    }
    if (column.ends_with("_pct") || column == "fat_threshold" || column.starts_with("slice_")) {
        return 0.5;
    }
    return 0;
}

void expect_same_csv(const std::string& actual, const std::filesystem::path& golden) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
        std::ofstream(golden) << actual;
    }
    const std::vector<std::string> expected_lines = lines_of(content_of(golden));
    const std::vector<std::string> actual_lines = lines_of(actual);
    ASSERT_EQ(actual_lines.size(), expected_lines.size()) << golden;
    ASSERT_FALSE(expected_lines.empty()) << golden << " is missing or empty";
    const std::vector<std::string> columns = split(expected_lines.front());
    ASSERT_EQ(actual_lines.front(), expected_lines.front());
    for (std::size_t row = 1; row < expected_lines.size(); ++row) {
        const std::vector<std::string> expected = split(expected_lines[row]);
        const std::vector<std::string> cells = split(actual_lines[row]);
        ASSERT_EQ(cells.size(), expected.size()) << actual_lines[row];
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto number = parse_number(expected[i]);
            if (number && tolerance(columns[i]) > 0) {
                EXPECT_NEAR(parse_number(cells[i]).value_or(NAN), *number, tolerance(columns[i]))
                    << golden << " row " << row << " column " << columns[i];
            } else {
                EXPECT_EQ(cells[i], expected[i])
                    << golden << " row " << row << " column " << columns[i];
            }
        }
    }
}

std::filesystem::path golden(const std::string& name) {
    return source_folder() / "tests" / "golden" / name;
}

std::vector<std::string> measure_sample(const std::string& folder) {
    return {"measure", (source_folder() / "sample_dicom" / folder).string(), "-q"};
}

std::map<std::string, std::string> files_below(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files[entry.path().lexically_relative(folder).string()] = content_of(entry.path());
        }
    }
    return files;
}

// The table with its `source_file` as if it had been asked for in the folder of the sources.
std::string from_sources(std::string csv) {
    const std::string prefix = source_folder().string() + "/";
    for (std::size_t at = csv.find(prefix); at != std::string::npos; at = csv.find(prefix)) {
        csv.erase(at, prefix.size());
    }
    return csv;
}

TEST(Golden, MeasurementsOfTheSampleStudy) {
    const TemporaryFolder out;
    std::vector<std::string> arguments = measure_sample("patient_b");
    arguments.insert(arguments.end(), {"--format", "csv", "-o", out.path().string()});
    const ProgramRun run = run_paraspinal(arguments);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    EXPECT_EQ(run.out, content_of(out.path() / "measurements.csv"));
    expect_same_csv(from_sources(run.out), golden("patient_b_measurements.csv"));
    expect_same_csv(content_of(out.path() / "muscles.csv"), golden("patient_b_muscles.csv"));
}

TEST(Golden, VertebraeOfTheSampleStudy) {
    const TemporaryFolder out;
    std::vector<std::string> arguments = measure_sample("patient_a");
    arguments.insert(arguments.end(), {"--write", "csv", "-o", out.path().string()});
    EXPECT_EQ(run_paraspinal(arguments).exit_code, 0);
    expect_same_csv(content_of(out.path() / "vertebrae.csv"), golden("patient_a_vertebrae.csv"));
}

TEST(Golden, ARunWritesTheFilesOfTheContract) {
    const TemporaryFolder out;
    std::vector<std::string> arguments = measure_sample("patient_a");
    arguments.insert(arguments.end(), {"-o", out.path().string()});
    EXPECT_EQ(run_paraspinal(arguments).exit_code, 0);
    std::vector<std::string> names;
    for (const auto& [name, content] : files_below(out.path())) {
        EXPECT_FALSE(content.empty()) << name;
        names.push_back(std::filesystem::path(name).filename().string());
    }
    std::ranges::sort(names);
    EXPECT_EQ(names,
              (std::vector<std::string>{"fat.nii.gz",
                                        "fat.png",
                                        "image.nii.gz",
                                        "labels.nii.gz",
                                        "level.png",
                                        "measurement.json",
                                        "measurements.csv",
                                        "muscles.csv",
                                        "overlay.png",
                                        "vertebrae.csv",
                                        "vertebrae.png"}));
}

TEST(Golden, TwoRunsWriteTheSameBytes) {
    const TemporaryFolder first;
    const TemporaryFolder second;
    for (const TemporaryFolder* const out : {&first, &second}) {
        std::vector<std::string> arguments = measure_sample("patient_a");
        arguments.insert(arguments.end(), {"-o", out->path().string()});
        EXPECT_EQ(run_paraspinal(arguments).exit_code, 0);
    }
    EXPECT_EQ(files_below(first.path()), files_below(second.path()));
}

}  // namespace
}  // namespace paraspinal::testing
