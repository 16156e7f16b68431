// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The main job on real pixels, against expert masks. Figures are printed; what is asserted is that
// the job is done and, where the issue names a bound, that it holds.
#include "io/find_studies.h"
#include "io/nifti/volume.h"
#include "io/png_image.h"
#include "io/read_slice.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

nlohmann::json truth_of(const std::filesystem::path& folder) {
    std::ifstream stream(folder / "truth.json");
    return nlohmann::json::parse(stream);
}

// The only slice of a NIfTI file that the program wrote, values rounded.
Image<int> written_labels(const std::filesystem::path& output_folder) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(output_folder)) {
        if (entry.path().filename() == "labels.nii.gz") {
            const Image<float> values = read_nifti_plane(entry.path(), 0);
            Image<int> labels(values.size());
            for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
                labels.pixels[i] = static_cast<int>(values.pixels[i] + 0.5F);
            }
            return labels;
        }
    }
    return {};
}

double dice(const Image<int>& labels, int label, const Image<std::uint16_t>& mask, int value) {
    double both = 0;
    double sum = 0;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const bool ours = labels[{row, col}] == label;
            const bool theirs = mask[{row, col}] == value;
            both += ours && theirs;
            sum += static_cast<double>(ours) + static_cast<double>(theirs);
        }
    }
    return sum > 0 ? 2 * both / sum : 0;
}

TEST(RealData, OutlinesARealT2Slice) {
    PARASPINAL_REQUIRE_SHARED_DATA("wrapped_dicom/t2_l45_slice");
    const std::filesystem::path folder = shared_data() / "wrapped_dicom" / "t2_l45_slice";
    const TemporaryFolder out;
    const ProgramRun run = run_paraspinal(
        {"measure", folder.string(), "--format", "csv", "-o", out.path().string(), "-q"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(cell(run.out, "level_source"), "single_slice");

    const Image<int> labels = written_labels(out.path());
    const Image<std::uint16_t> mask = read_png(folder / "reference_mask.png");
    ASSERT_EQ(labels.size(), mask.size());
    // Labels of the program against values of the mask: multifidus and erector spinae.
    const std::array<std::pair<int, int>, 4> pairs{{{1, 100}, {2, 150}, {3, 50}, {4, 200}}};
    double mean = 0;
    for (const auto& [label, value] : pairs) {
        const double score = dice(labels, label, mask, value);
        std::cout << "  Dice of label " << label << ": " << score << '\n';
        EXPECT_GT(score, 0) << "label " << label << " was not found";
        mean += score / static_cast<double>(pairs.size());
    }
    std::cout << "  mean Dice over four muscles, one slice: " << mean << '\n';
}

struct CompositeCase {
    std::string folder;
    int slice_from_below;
};

class DixonComposite : public ::testing::TestWithParam<CompositeCase> {};

// The reference has 400x400 pixels of 1.0185 mm; its labels are the experts'.
TEST_P(DixonComposite, HasTheAreaOfTheExpert) {
    const std::filesystem::path folder = shared_data() / "wrapped_dicom" / GetParam().folder;
    PARASPINAL_REQUIRE_SHARED_DATA("wrapped_dicom/" + GetParam().folder);
    const nlohmann::json truth = truth_of(folder);
    const auto slice = static_cast<std::size_t>(GetParam().slice_from_below);
    const std::string uid = truth.at("sop_instance_uids_inferior_to_superior").at(slice);

    const StudyIndex reference = find_studies({folder / "reference_labels.nii.gz"});
    const ImageSlice expert = read_slice(reference.studies.at(0).series.at(0).slices.at(slice));
    double expert_pixels = 0;
    for (const float value : expert.intensity.pixels) {
        expert_pixels += value > 0.5F;
    }
    const double expert_cm2 = expert_pixels * pixel_area_mm2(expert.spacing) / 100;

    const StudyIndex dicom = find_studies({folder});
    const std::string series_uid = dicom.studies.at(0).series.at(0).series_uid;
    const ProgramRun run = run_paraspinal({"measure",
                                           folder.string(),
                                           "--series",
                                           series_uid,
                                           "--slice",
                                           uid,
                                           "--format",
                                           "csv",
                                           "-q"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(cell(run.out, "level_source"), "operator");
    EXPECT_NE(cell(run.out, "qc_flags").find("not_t2_weighted"), std::string::npos);
    const double csa_cm2 = std::stod(cell(run.out, "csa_cm2"));
    std::cout << "  CSA " << csa_cm2 << " cm2, expert " << expert_cm2 << " cm2\n";
    EXPECT_NEAR(csa_cm2, expert_cm2, 0.15 * expert_cm2);
}

INSTANTIATE_TEST_SUITE_P(ThreeSlicesOfTwoSubjects,
                         DixonComposite,
                         ::testing::Values(CompositeCase{"dixon_composite_01", 10},
                                           CompositeCase{"dixon_composite_01", 15},
                                           CompositeCase{"dixon_composite_01", 20},
                                           CompositeCase{"dixon_composite_02", 10},
                                           CompositeCase{"dixon_composite_02", 15},
                                           CompositeCase{"dixon_composite_02", 20}),
                         [](const auto& tested) {
                             return tested.param.folder + "_" +
                                    std::to_string(tested.param.slice_from_below);
                         });

TEST(RealData, KnowsTheSeriesOfAPairedStudy) {
    PARASPINAL_REQUIRE_SHARED_DATA("wrapped_dicom/paired_l3_02");
    const std::filesystem::path folder = shared_data() / "wrapped_dicom" / "paired_l3_02";
    const ProgramRun run = run_paraspinal({"inspect", folder.string(), "--json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const nlohmann::json document = nlohmann::json::parse(run.out);
    ASSERT_EQ(document.at("studies").size(), 1U);
    const nlohmann::json& study = document.at("studies").at(0);
    std::map<std::string, nlohmann::json> stacks;
    for (const nlohmann::json& stack : study.at("stacks")) {
        stacks[stack.at("kind")] = stack;
    }
    ASSERT_EQ(stacks.size(), 2U) << run.out;
    EXPECT_EQ(study.at("stacks").size(), 2U);
    const nlohmann::json truth = truth_of(folder);
    EXPECT_EQ(stacks.at("axial T2").at("slices").size(),
              truth.at("axial_sop_instance_uids").size());
    EXPECT_EQ(stacks.count("sagittal T2"), 1U);

    // The stack was made parallel to the known endplate.
    const nlohmann::json& axial = stacks.at("axial T2");
    const auto vec3 = [](const nlohmann::json& v) {
        return Vec3{v.at(0).get<double>(), v.at(1).get<double>(), v.at(2).get<double>()};
    };
    const Vec3 plane_normal = cross(vec3(axial.at("along_columns")), vec3(axial.at("along_rows")));
    EXPECT_LT(line_angle_deg(plane_normal, vec3(truth.at("l3_inferior_endplate_normal_lps"))), 1);
}

}  // namespace
}  // namespace paraspinal::testing
