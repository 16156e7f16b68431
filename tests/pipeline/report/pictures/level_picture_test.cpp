// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/level_picture.h"

#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/level_image_internal.h"
#include "tests/pipeline/report/decoded_picture.h"
#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <cstddef>
#include <vector>

namespace paraspinal {
namespace {

constexpr ImagePlane kSagittal{
    .origin_mm = {0, -100, 200}, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};

// A sagittal slice 200 mm wide and 300 mm high with one body, L3, whose inferior endplate lies at
// z = 0, and axial slices at z = 20, 1 and -20.
StudyReport report_with_level() {
    StudyReport report = testing::phantom_report();
    report.level.slice_offset_mm = 1;
    report.level.slice_tilt_deg = 0;
    report.level.endplate = Endplate{.residual_mm = 0.4, .slices = 7};
    LevelView view;
    view.sagittal.model = "vertebrae 1.0.0 (1a2b3c4d)";
    view.sagittal.slice = {
        .intensity = Image<float>(ImageSize{300, 200}), .spacing = {1, 1}, .plane = kSagittal};
    for (std::size_t i = 0; i < view.sagittal.slice.intensity.pixels.size(); ++i) {
        view.sagittal.slice.intensity.pixels[i] = static_cast<float>(i % 97);
    }
    view.sagittal.body_probability = view.sagittal.slice;
    Image<float>& body = view.sagittal.body_probability.intensity;
    for (int row = 0; row < 300; ++row) {
        for (int col = 0; col < 200; ++col) {
            body[{row, col}] = row > 173 && row < 200 && col > 83 && col < 117 ? 1.0F : 0.0F;
        }
    }
    view.sagittal.spine.vertebrae.push_back({.count = 2,
                                             .place = {.center_mm = {0, 0, 14}, .height_mm = 27},
                                             .depth_mm = 34,
                                             .inferior_endplate = report.level.endplate});
    for (const double z_mm : {20.0, 1.0, -20.0}) {
        view.axial.push_back({.plane = {.origin_mm = {-60, -60, z_mm}},
                              .spacing = {1, 1},
                              .size = {.rows = 121, .cols = 121}});
    }
    view.chosen = 1;
    report.level_view = view;
    return report;
}

// Share of the pixels of a row, `z_mm` above the endplate, that nearly have this color.
double share_of_row(const cv::Mat& image, double z_mm, const Color& color) {
    const int row = cvRound((200 - z_mm) / 300 * image.rows);
    int found = 0;
    for (int col = 0; col < image.cols; ++col) {
        const auto& pixel = image.at<cv::Vec3b>(row, col);
        found += std::abs(pixel[0] - color.blue) + std::abs(pixel[1] - color.green) +
                             std::abs(pixel[2] - color.red) <
                         30
                     ? 1
                     : 0;
    }
    return static_cast<double>(found) / image.cols;
}

TEST(LevelPicture, ShowsTheMeasuredSliceAndTheEndplateWhereTheyAre) {
    const StudyReport report = report_with_level();
    Lettering lettering;
    const cv::Mat image = level_image(*report.level_view, report.level, lettering);
    EXPECT_EQ(image.rows, 1080);
    EXPECT_EQ(image.cols, 720);
    // The axial field of view covers 60 % of the picture.
    EXPECT_GT(share_of_row(image, 1, kSliceColor), 0.5);
    EXPECT_LT(share_of_row(image, 8, kSliceColor), 0.05);
    EXPECT_LT(share_of_row(image, 20, kSliceColor), 0.05) << "thin lines are translucent";
    EXPECT_GT(share_of_row(image, 0, kEndplateColor), 0.15);
    EXPECT_LT(share_of_row(image, -5, kEndplateColor), 0.05);
}

TEST(LevelPicture, IsTheSameHoweverTheSagittalSliceIsStored) {
    const StudyReport report = report_with_level();
    StudyReport mirrored = report;
    ImageSlice& slice = mirrored.level_view->sagittal.slice;
    const Image<float> before = slice.intensity;
    for (int row = 0; row < before.rows; ++row) {
        for (int col = 0; col < before.cols; ++col) {
            slice.intensity[{row, col}] = before[{row, before.cols - 1 - col}];
        }
    }
    slice.plane.origin_mm.y += before.cols - 1;
    slice.plane.along_columns = {0, -1, 0};
    EXPECT_TRUE(level_png(report, "1.0") == level_png(mirrored, "1.0"));
}

TEST(LevelPicture, GrowsWithItsDoubts) {
    StudyReport report = report_with_level();
    const auto height = [&report] { return testing::decoded(level_png(report, "1.0")).rows; };
    report.flags.clear();
    const int without = height();
    report.flags.push_back({Flag::level_uncertain, "the sacrum is not in view"});
    EXPECT_GT(height(), without);
}

}  // namespace
}  // namespace paraspinal
