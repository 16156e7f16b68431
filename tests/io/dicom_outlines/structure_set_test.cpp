// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/structure_set.h"

#include "core/error.h"
#include "io/dicom_outlines/read_outlines.h"
#include "io/output_file.h"
#include "tests/io/damaged_files.h"
#include "tests/support/outline_phantom.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::StructureSetPhantom;

std::vector<Vec3> triangle(double height_mm) {
    return {{1.5, -2.25, height_mm}, {30, -2.25, height_mm}, {9.125, 33, height_mm}};
}

StructureSetPhantom two_rois() {
    StructureSetPhantom phantom;
    phantom.rois = {{.number = 7,
                     .name = "MF R",
                     .contours = {{.points_mm = triangle(4),
                                   .images = {{.sop_instance_uid = "1.2.3", .frame = 5}}},
                                  {.points_mm = triangle(8), .type = "CLOSEDPLANAR_XOR"}}},
                    {.number = 2, .name = "Couch", .contours = {}}};
    return phantom;
}

class StructureSetFile : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "rs"; }
    StructureSet read(const StructureSetPhantom& phantom) const {
        write_structure_set(file(), phantom);
        return read_structure_set(file());
    }
    [[nodiscard]] std::optional<ErrorCode> error_of(const StructureSetPhantom& phantom) const {
        return testing::refusal([&] { read(phantom); });
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(StructureSetFile, HoldsTheContoursOfEachRoi) {
    const StructureSetPhantom phantom = two_rois();
    const StructureSet set = read(phantom);
    ASSERT_EQ(set.rois.size(), 2U);
    EXPECT_EQ(set.rois[0].number, 7);
    EXPECT_EQ(set.rois[0].name, "MF R");
    EXPECT_EQ(set.rois[0].frame_of_reference_uid, phantom.frame_of_reference_uid);
    ASSERT_EQ(set.rois[0].contours.size(), 2U);
    EXPECT_EQ(set.rois[0].contours[1].points_mm, triangle(8));
    EXPECT_EQ(set.rois[0].contours[0].images.at(0).sop_instance_uid, "1.2.3");
    EXPECT_EQ(set.rois[0].contours[0].images.at(0).frames, std::vector{5});
    EXPECT_TRUE(set.rois[1].contours.empty());
    EXPECT_EQ(set.study_uids.at(0), phantom.study_uid);
}

TEST_F(StructureSetFile, NotesWhatHasNoArea) {
    StructureSetPhantom phantom = two_rois();
    phantom.rois[1].contours = {{.points_mm = {{1, 2, 3}}, .type = "POINT"}};
    const StructureSet set = read(phantom);
    EXPECT_FALSE(set.rois[0].has_open_contours);
    EXPECT_TRUE(set.rois[1].has_open_contours);
    EXPECT_TRUE(set.rois[1].contours.empty());
}

TEST_F(StructureSetFile, MayHaveLongContours) {
    StructureSetPhantom phantom = two_rois();
    std::vector<Vec3>& points = phantom.rois[0].contours[0].points_mm;
    points.clear();
    for (int i = 0; i < 20'000; ++i) {  // Longer than the 64 KiB of explicit VR.
        points.push_back({i / 8.0, i % 9 * 1.0, 4});
    }
    EXPECT_EQ(read(phantom).rois.at(0).contours.at(0).points_mm, points);
}

TEST_F(StructureSetFile, WithSenselessContoursIsRefused) {
    const auto with_data = [&](const char* data, int points) {
        StructureSetPhantom phantom = two_rois();
        phantom.rois[0].contours[0].data = data;
        phantom.rois[0].contours[0].stated_points = points;
        return error_of(phantom);
    };
    for (const char* const data : {"1\\2", "1\\2\\nan", "1\\2\\inf", "a\\b\\c", "1\\\\3", ""}) {
        EXPECT_EQ(with_data(data, 1), ErrorCode::malformed_file) << data;
    }
    EXPECT_EQ(with_data("1\\2\\3", 2), ErrorCode::malformed_file);
    EXPECT_EQ(with_data("1\\2\\3", -1), ErrorCode::malformed_file);
    EXPECT_EQ(with_data("1\\2\\3", 2'000'000'000), ErrorCode::malformed_file);
    StructureSetPhantom twice = two_rois();
    twice.rois[1].number = 7;
    EXPECT_EQ(error_of(twice), ErrorCode::malformed_file);
}

TEST_F(StructureSetFile, ThatIsDamagedIsRefusedOrRead) {
    write_structure_set(file(), two_rois());
    testing::expect_named_errors(
        file(), [](const std::filesystem::path& damaged) { read_structure_set(damaged); });
}

TEST_F(StructureSetFile, IsToldFromOtherFilesByItsContent) {
    write_structure_set(file(), two_rois());
    EXPECT_TRUE(std::holds_alternative<StructureSet>(read_dicom_outlines(file()).value()));
    write_file(file(), "Iout, as a .roi file begins");
    EXPECT_FALSE(read_dicom_outlines(file()).has_value());
    testing::write_dicom(file(), {});
    EXPECT_THROW(read_dicom_outlines(file()), Error);
}

}  // namespace
}  // namespace paraspinal
