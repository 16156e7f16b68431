// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// The level through the real binary: on real studies with a known endplate, and on the samples.
#include "core/flag.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace paraspinal::testing {
namespace {

using nlohmann::json;

json json_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return json::parse(stream);
}

json inspected(const std::string& folder, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"inspect", folder, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(run_paraspinal(arguments).out).at("studies").at(0);
}

std::string sample(const char* name) {
    return (source_folder() / "sample_dicom" / name).string();
}

class PairedStudy : public ::testing::TestWithParam<const char*> {};

TEST_P(PairedStudy, HasItsL3SliceFound) {
    const std::filesystem::path relative = std::filesystem::path("wrapped_dicom") / GetParam();
    PARASPINAL_REQUIRE_SHARED_DATA(relative);
    const std::filesystem::path folder = shared_data() / relative;
    const json truth = json_of(folder / "truth.json");
    const json choice = inspected(folder.string()).at("choice");
    ASSERT_TRUE(choice.contains("slice_uid")) << choice;
    EXPECT_EQ(choice.at("level_source"), "sagittal");
    for (const json& flag : choice.at("flags")) {
        const auto entry =
            std::ranges::find(flag_table(), flag.at("name").get<std::string>(), &FlagEntry::name);
        EXPECT_NE(entry->subject, FlagSubject::level) << flag;
    }

    const json& uids = truth.at("axial_sop_instance_uids");
    const auto place = std::find(uids.begin(), uids.end(), choice.at("slice_uid")) - uids.begin();
    ASSERT_LT(place, static_cast<std::ptrdiff_t>(uids.size()));
    const double true_offset_mm =
        truth.at("axial_offsets_above_endplate_mm").at(static_cast<std::size_t>(place));
    EXPECT_LE(std::abs(true_offset_mm), truth.at("acceptable_within_mm").get<double>());
    // The offset that is told is as good as the plane is.
    EXPECT_NEAR(choice.at("slice_offset_mm").get<double>(), true_offset_mm, 2);
    EXPECT_LE(choice.at("slice_tilt_deg").get<double>(), 5);  // The stack lies along the endplate.
    std::cout << GetParam() << ": slice " << true_offset_mm << " mm from the true endplate, told "
              << choice.at("slice_offset_mm") << " mm and " << choice.at("slice_tilt_deg")
              << " degrees\n";
}

INSTANTIATE_TEST_SUITE_P(
    Level,
    PairedStudy,
    ::testing::Values("paired_l3_02", "paired_l3_05", "paired_l3_06", "paired_l3_07"),
    [](const auto& tested) { return std::string(tested.param); });

TEST(Level, IsFoundOnTheSampleWithFiveAxialSlices) {
    const TemporaryFolder out;
    const ProgramRun run = run_paraspinal(
        {"measure", sample("patient_a"), "-q", "--format", "csv", "-o", out.path().string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const json truth = json_of(source_folder() / "sample_dicom" / "truth.json");
    EXPECT_EQ(cell(run.out, "sop_instance_uid"),
              truth.at("patients").at("sample-a").at("expected_slice"));
    EXPECT_EQ(cell(run.out, "level"), "L3");
    EXPECT_EQ(cell(run.out, "level_source"), "sagittal");
    EXPECT_EQ(cell(run.out, "qc_flags"), "");

    std::filesystem::path study;
    for (const auto& entry : std::filesystem::directory_iterator(out.path())) {
        study = entry.is_directory() ? entry.path() : study;
    }
    EXPECT_TRUE(std::filesystem::exists(study / "level.png"));
    const json written = json_of(study / "measurement.json");
    EXPECT_EQ(written.at("level").at("inferior_endplate").at("centre_mm").size(), 3U);
    EXPECT_EQ(written.at("level").at("alternatives"), json::array());
    const double factor = written.at("totals_tilt_corrected").at("factor");
    EXPECT_NEAR(written.at("totals_tilt_corrected").at("csa_cm2").get<double>(),
                factor * written.at("totals").at("csa_cm2").get<double>(),
                1e-3);
}

TEST(Level, OfAnotherVertebraThatNoSliceShowsIsNotCovered) {
    const json choice = inspected(sample("patient_a"), {"--level", "L1"}).at("choice");
    EXPECT_EQ(choice.at("reason"), "level_not_covered");
}

TEST(Level, IsNotAskedOfAStudyWhoseSliceTheOperatorNames) {
    const json truth = json_of(source_folder() / "sample_dicom" / "truth.json");
    const json& slices = truth.at("patients").at("sample-a").at("axial_slices");
    const std::string uid = slices.at(0).at("sop_instance_uid");
    const json choice = inspected(sample("patient_a"), {"--slice", uid}).at("choice");
    EXPECT_EQ(choice.at("slice_uid"), uid);
    EXPECT_EQ(choice.at("level_source"), "operator");
}

TEST(Level, IsRefusedWithTheFirstSlicesWithoutASagittalSeries) {
    const ProgramRun run = run_paraspinal({"measure", sample("patient_a/BAC5")});
    EXPECT_EQ(run.exit_code, 4);
    const json truth = json_of(source_folder() / "sample_dicom" / "truth.json");
    int listed = 0;
    for (const json& slice : truth.at("patients").at("sample-a").at("axial_slices")) {
        listed +=
            run.err.find(slice.at("sop_instance_uid").get<std::string>()) != std::string::npos;
    }
    EXPECT_EQ(listed, 3);
    for (const char* const words : {"5 ", "--slice", "inspect"}) {
        EXPECT_NE(run.err.find(words), std::string::npos) << words;
    }
}

}  // namespace
}  // namespace paraspinal::testing
