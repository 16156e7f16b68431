// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/own_outlines.h"

#include "tests/pipeline/study/drawn_study.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal::testing {
namespace {

class NameDrawing : public DrawnStudy {};

TEST_F(NameDrawing, ListsNamesWithoutAMeaningByNumber) {
    StructureSetPhantom phantom = structure_set(middle_);
    for (const int number : {4, 8}) {
        phantom.rois.push_back(phantom.rois[0]);
        phantom.rois.back().number = number;
        phantom.rois.back().name = "Smith^Anna";
    }
    const std::string message = message_of([&] { read(phantom); });
    EXPECT_NE(message.find("number 4, 8;"), std::string::npos) << message;
    EXPECT_EQ(message.find("Smith"), std::string::npos) << "names a patient";
    write_names("name,structure\nsmith^anna,ignore\n");
    EXPECT_EQ(std::get<DicomDrawing>(read(phantom)).parts.size(), 1U);
    write_names("name,structure\nsmith^anna,psoas left\nVB,ignore\n");
    EXPECT_EQ(std::get<DicomDrawing>(read(phantom)).parts.at(1).structure, Structure::psoas_left);
}

TEST_F(NameDrawing, NamesSegmentsByLabelOrCodes) {
    SegmentationPhantom phantom = segmentation(middle_);
    phantom.segments[0] = {
        .number = 1, .label = "Segment_1", .type_code = "68455001", .side_code = "7771000"};
    EXPECT_EQ(masks(read(phantom)).at(0).structure, Structure::psoas_left);
    phantom.segments[0].label = "psoas right";
    EXPECT_NE(message_of([&] { read(phantom); }).find("say different structures"),
              std::string::npos);
    write_names("name,structure\npsoas right,psoas r\n");
    EXPECT_EQ(masks(read(phantom)).at(0).structure, Structure::psoas_right);
}

TEST_F(NameDrawing, LeavesFatAndEmptySegmentsOut) {
    SegmentationPhantom phantom = segmentation(middle_);
    phantom.segments.push_back(
        {.number = 2, .label = "intramuscular_fat", .type_code = "55603005"});
    phantom.segments.push_back({.number = 3, .label = "never drawn"});
    phantom.frames.push_back(phantom.frames[0]);
    phantom.frames[1].segment = 2;
    EXPECT_EQ(masks(read(phantom)).size(), 1U);
    phantom.frames.erase(phantom.frames.begin());
    EXPECT_NE(message_of([&] { read(phantom); }).find("nothing is drawn"), std::string::npos);
}

TEST_F(NameDrawing, RefusesOpenContoursOfAStructure) {
    StructureSetPhantom phantom = structure_set(middle_);
    phantom.rois[0].contours[0].type = "OPEN_PLANAR";
    EXPECT_NE(message_of([&] { read(phantom); }).find("no area"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal::testing
