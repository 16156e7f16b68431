// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/contact_sheet.h"

#include "tests/pipeline/report/decoded_picture.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::decoded;

// A square of psoas, ours shifted to the right of the reference.
ComparedOutlines compared(const std::string& title) {
    ComparedOutlines made{.title = title,
                          .caption = "Dice 0.5",
                          .slice = {.intensity = Image<float>({128, 128}, 10),
                                    .spacing = {.row_mm = 1, .col_mm = 1},
                                    .plane = {}},
                          .ours = LabelMap({128, 128}),
                          .reference = LabelMap({128, 128})};
    for (int row = 50; row < 80; ++row) {
        for (int col = 50; col < 80; ++col) {
            made.ours[{row, col + 10}] = Structure::psoas_left;
            made.reference[{row, col}] = Structure::psoas_left;
        }
    }
    return made;
}

int white_pixels(const cv::Mat& image) {
    cv::Mat white;
    cv::inRange(image, cv::Scalar(250, 250, 250), cv::Scalar(255, 255, 255), white);
    return cv::countNonZero(white);
}

TEST(ContactSheet, HoldsAPictureOfEachSlice) {
    const cv::Mat one = decoded(contact_sheet_png({compared("a")}));
    const cv::Mat four =
        decoded(contact_sheet_png({compared("a"), compared("b"), compared("c"), compared("d")}));
    EXPECT_GT(four.cols, 2.8 * one.cols);
    EXPECT_GT(four.rows, 1.8 * one.rows);
    // The outline of the reference is about 4 x 30 mm at 5.6 px/mm and 1.2 px wide.
    EXPECT_GT(white_pixels(one), 400);
    EXPECT_GT(white_pixels(four), 4 * 400);
}

TEST(ContactSheet, CutsTitlesThatAreTooLongAndViewsBeyondTheBorder) {
    ComparedOutlines at_border = compared(std::string(300, 'w'));
    at_border.ours[{0, 0}] = Structure::psoas_right;
    const cv::Mat sheet = decoded(contact_sheet_png({at_border}));
    EXPECT_EQ(sheet.size(), decoded(contact_sheet_png({compared("a")})).size());
}

TEST(ContactSheet, IsTheSameForTheSameInput) {
    EXPECT_EQ(contact_sheet_png({compared("a")}), contact_sheet_png({compared("a")}));
}

TEST(ContactSheet, TurnsASliceThatIsStoredTheOtherWayRound) {
    ComparedOutlines mirrored = compared("a");
    mirrored.slice.plane.along_columns = {-1, 0, 0};
    for (LabelMap* const labels : {&mirrored.ours, &mirrored.reference}) {
        const LabelMap before = *labels;
        for (int row = 0; row < 128; ++row) {
            for (int col = 0; col < 128; ++col) {
                (*labels)[{row, 127 - col}] = before[{row, col}];
            }
        }
    }
    EXPECT_EQ(contact_sheet_png({mirrored}), contact_sheet_png({compared("a")}));
}

}  // namespace
}  // namespace paraspinal
