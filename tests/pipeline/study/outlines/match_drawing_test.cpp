// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/match_drawing.h"

#include "tests/pipeline/study/drawn_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

class MatchDrawing : public DrawnStudy {};

TEST_F(MatchDrawing, FindsTheSliceThatWasDrawnOn) {
    const std::vector expected{sop_instance_uid(middle_)};
    EXPECT_EQ(drawn_on(read(segmentation(middle_))), expected);
    EXPECT_EQ(drawn_on(read(structure_set(middle_))), expected);
}

TEST_F(MatchDrawing, GivesTheSamePixelsOnTheSameGrid) {
    const Mask body = filled(middle_.size, kBody);
    for (const OwnOutlines& own : {read(segmentation(middle_)), read(structure_set(middle_))}) {
        const std::vector<StructureMask> drawn = masks(own);
        ASSERT_EQ(drawn.size(), 1U);
        EXPECT_EQ(drawn[0].structure, Structure::vertebral_body);
        EXPECT_EQ(drawn[0].mask, body);
    }
}

// A circle of 400 points, as ImageJ counts its pixels.
TEST_F(MatchDrawing, CountsPixelsOfContoursAsThoseOfImageJ) {
    RoiPath circle;
    for (int i = 0; i < 400; ++i) {
        const double angle = 2 * std::numbers::pi * i / 400;
        circle.push_back({23.3 + 14.2 * std::cos(angle), 30.1 + 14.2 * std::sin(angle)});
    }
    StructureSetPhantom phantom = structure_set(middle_);
    phantom.rois[0].contours[0].points_mm = in_patient(middle_, circle);
    const Mask mask = masks(read(phantom)).at(0).mask;
    EXPECT_EQ(mask, filled(middle_.size, circle));
    const auto pixels = static_cast<double>(std::ranges::count(mask.pixels, 1));
    EXPECT_NEAR(pixels, std::numbers::pi * 14.2 * 14.2, 10);
}

// Corners at pixel centers: the rule decides, not the rounding of coordinates.
TEST_F(MatchDrawing, DecidesAboutCentersOnTheContourByTheRule) {
    const RoiPath path = box(10.5, 20.5, 20.5, 30.5);
    StructureSetPhantom phantom = structure_set(middle_);
    phantom.rois[0].contours[0].points_mm = in_patient(middle_, path);
    const Mask mask = masks(read(phantom)).at(0).mask;
    EXPECT_EQ(mask, filled(middle_.size, path));
    EXPECT_EQ(std::ranges::count(mask.pixels, 1), 100);
}

TEST_F(MatchDrawing, TakesInnerContoursForHoles) {
    for (const char* const type : {"CLOSED_PLANAR", "CLOSEDPLANAR_XOR"}) {
        StructureSetPhantom phantom = structure_set(middle_);
        phantom.rois[0].contours = {
            {.points_mm = in_patient(middle_, box(10, 10, 30, 40)), .type = type},
            {.points_mm = in_patient(middle_, box(15, 15, 20, 25)), .type = type}};
        const std::vector<StructureMask> drawn = masks(read(phantom));
        ASSERT_EQ(drawn.size(), 1U);
        EXPECT_EQ(std::ranges::count(drawn[0].mask.pixels, 1), 20 * 30 - 5 * 10) << type;
    }
}

TEST_F(MatchDrawing, ReadsFinerAndTurnedGridsAtThePixelCenters) {
    SegmentationPhantom phantom = segmentation(middle_);
    const int rows = 3 * middle_.size.rows;
    const int cols = 3 * middle_.size.cols;
    phantom.size = {.rows = rows, .cols = cols};
    phantom.spacing = {.row_mm = middle_.spacing.row_mm / 3, .col_mm = middle_.spacing.col_mm / 3};
    ImagePlane& plane = phantom.frames[0].plane;  // Columns from the other side.
    plane.origin_mm = patient_from_pixel(
        middle_.plane, middle_.spacing, {.row = -1.0 / 3, .col = middle_.size.cols - 2.0 / 3});
    plane.along_columns = -1 * plane.along_columns;
    phantom.frames[0].values = Image<std::uint16_t>(phantom.size);
    const Mask body = filled(middle_.size, kBody);
    for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
            phantom.frames[0].values[{row, col}] = body[{row / 3, (cols - 1 - col) / 3}];
        }
    }
    EXPECT_EQ(masks(read(phantom)).at(0).mask, body);
}

TEST_F(MatchDrawing, AllowsForRoundingOfThePlaneAndForNoMore) {
    for (const double off_mm : {-0.19, 0.19, -0.21, 0.21}) {
        SegmentationPhantom segments = segmentation(middle_);
        StructureSetPhantom contours = structure_set(middle_);
        const Vec3 shift = off_mm * normal(middle_.plane);
        segments.frames[0].plane.origin_mm = segments.frames[0].plane.origin_mm + shift;
        for (Vec3& point : contours.rois[0].contours[0].points_mm) {
            point = point + shift;
        }
        for (const OwnOutlines& own : {read(segments), read(contours)}) {
            if (std::abs(off_mm) < 0.2) {
                EXPECT_EQ(masks(own).at(0).mask, filled(middle_.size, kBody));
            } else {
                EXPECT_NE(message_of([&] { drawn_on(own); }).find("the plane of no slice"),
                          std::string::npos);
            }
        }
    }
}

TEST_F(MatchDrawing, TakesWhatWasDrawnOnAnotherImageOfThePlane) {
    const OwnOutlines own = read(segmentation(middle_t1_));
    EXPECT_EQ(drawn_on(own), std::vector{sop_instance_uid(middle_t1_)});
    EXPECT_EQ(slices_drawn_on(own, study_, middle_.series_uid),
              std::vector{sop_instance_uid(middle_)});
    EXPECT_EQ(masks(own).at(0).mask, filled(middle_.size, kBody));
}

TEST_F(MatchDrawing, PrefersWhatWasDrawnOnThisImage) {
    SegmentationPhantom phantom = segmentation(middle_);
    phantom.frames.push_back(segmentation(middle_t1_).frames[0]);
    phantom.frames[1].values = stored(filled(middle_.size, box(1, 1, 4, 4)));
    const OwnOutlines own = read(phantom);
    ASSERT_EQ(masks(own).size(), 1U);
    EXPECT_EQ(masks(own)[0].mask, filled(middle_.size, kBody));
    EXPECT_EQ(std::ranges::count(masks(own, 1, 1).at(0).mask.pixels, 1), 9);
}

TEST_F(MatchDrawing, FindsPlanesWithoutReferences) {
    SegmentationPhantom segments = segmentation(middle_);
    segments.frames[0].images.clear();
    StructureSetPhantom contours = structure_set(middle_);
    contours.rois[0].contours[0].images.clear();
    const std::vector expected{sop_instance_uid(middle_), sop_instance_uid(middle_t1_)};
    for (const OwnOutlines& own : {read(segments), read(contours)}) {
        EXPECT_EQ(drawn_on(own), expected);
        EXPECT_EQ(masks(own).at(0).mask, filled(middle_.size, kBody));
    }
}

TEST_F(MatchDrawing, NeedsNoPlaceWhereTheImageIsNamed) {
    SegmentationPhantom phantom = segmentation(middle_);
    phantom.has_place = false;
    const OwnOutlines own = read(phantom);
    EXPECT_EQ(drawn_on(own), std::vector{sop_instance_uid(middle_)});
    EXPECT_EQ(masks(own).at(0).mask, filled(middle_.size, kBody));
}

// Slices in any order, several frames of one segment, segments that cover only some slices.
TEST_F(MatchDrawing, KeepsSlicesAndSegmentsApart) {
    SegmentationPhantom phantom = segmentation(phantoms_[2]);
    phantom.segments = {{.number = 5, .label = "VB"}, {.number = 2, .label = "PS L"}};
    phantom.frames[0].segment = 5;
    phantom.frames.push_back(segmentation(phantoms_[0]).frames[0]);
    phantom.frames[1].segment = 2;
    phantom.frames.push_back(segmentation(phantoms_[1]).frames[0]);
    phantom.frames[2].segment = 5;
    phantom.frames[2].values = stored(filled(middle_.size, box(3, 3, 6, 5)));
    const OwnOutlines own = read(phantom);
    EXPECT_EQ(drawn_on(own).size(), 3U);
    EXPECT_EQ(masks(own, 0).at(0).structure, Structure::psoas_left);
    EXPECT_EQ(std::ranges::count(masks(own, 1).at(0).mask.pixels, 1), 6);
    EXPECT_EQ(masks(own, 2).at(0).mask, filled(middle_.size, kBody));
}

TEST_F(MatchDrawing, RefusesAnotherStudy) {
    SegmentationPhantom segments = segmentation(middle_);
    segments.study_uid = "1.2.3.4";
    EXPECT_NO_THROW(drawn_on(read(segments))) << "it refers to an image of this study";
    segments.frames[0].images = {{.sop_instance_uid = "1.2.3.4.5"}};
    StructureSetPhantom contours = structure_set(middle_);
    contours.study_uid = "1.2.3.4";
    contours.rois[0].contours[0].images.clear();
    for (const OwnOutlines& own : {read(segments), read(contours)}) {
        EXPECT_NE(message_of([&] { drawn_on(own); }).find("another study"), std::string::npos);
    }
}

TEST_F(MatchDrawing, RefusesAnotherFrameOfReference) {
    SegmentationPhantom segments = segmentation(middle_);
    segments.frame_of_reference_uid = "1.2.3.4";
    segments.frames[0].images.clear();
    EXPECT_NE(message_of([&] { drawn_on(read(segments)); }).find("frame of reference"),
              std::string::npos);
}

TEST_F(MatchDrawing, NamesTheImagesThatWereDrawnOn) {
    const OwnOutlines own = read(structure_set(middle_));
    const std::string message = message_of([&] { masks(own, 2); });
    EXPECT_NE(message.find("nothing is drawn on this slice"), std::string::npos) << message;
    EXPECT_NE(message.find(sop_instance_uid(middle_)), std::string::npos) << message;
}

TEST_F(MatchDrawing, RefusesContoursThatLeaveTheImage) {
    StructureSetPhantom phantom = structure_set(middle_);
    phantom.rois[0].contours[0].points_mm = in_patient(middle_, box(20, 20, 60, 30));
    EXPECT_NE(message_of([&] { masks(read(phantom)); }).find("outside the image"),
              std::string::npos);
}

TEST_F(MatchDrawing, KnowsFramesOfMultiframeImages) {
    const TemporaryFolder folder;
    const std::vector<DicomPhantom> frames(phantoms_.begin(), phantoms_.begin() + 3);
    write_enhanced_dicom(folder.path() / "enhanced", frames);
    const Study study = find_studies({folder.path()}).studies.at(0);
    SegmentationPhantom phantom = segmentation(middle_);
    phantom.frames[0].images = {{.sop_instance_uid = sop_instance_uid(frames[0]), .frame = 2}};
    EXPECT_EQ(slices_drawn_on(read(phantom), study, std::nullopt),
              std::vector{sop_instance_uid(frames[0]) + "#2"});
}

}  // namespace
}  // namespace paraspinal::testing
