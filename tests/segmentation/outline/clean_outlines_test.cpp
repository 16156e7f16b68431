// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/clean_outlines.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal {
namespace {

struct Box {
    PixelIndex first;
    ImageSize size;
};

void paint(LabelMap& labels, const Box& box, Structure structure) {
    for (int row = box.first.row; row < box.first.row + box.size.rows; ++row) {
        for (int col = box.first.col; col < box.first.col + box.size.cols; ++col) {
            labels[{row, col}] = structure;
        }
    }
}

auto count(const LabelMap& labels, Structure structure) {
    return std::ranges::count(labels.pixels, structure);
}

TEST(CleanOutlines, KeepsTheLargestPartOfEachStructure) {
    LabelMap labels(ImageSize{40, 40});
    paint(labels, {{5, 5}, {10, 10}}, Structure::multifidus_right);
    paint(labels, {{30, 30}, {3, 3}}, Structure::multifidus_right);
    paint(labels, {{20, 5}, {4, 4}}, Structure::psoas_left);
    const LabelMap cleaned = clean_outlines(labels);
    EXPECT_EQ(count(cleaned, Structure::multifidus_right), 100);
    EXPECT_EQ(count(cleaned, Structure::psoas_left), 16);
    EXPECT_EQ((cleaned[{31, 31}]), Structure::background);
}

TEST(CleanOutlines, KeepsTheBodyNearMultifidusIfAnotherPartIsHardlyLarger) {
    LabelMap labels(ImageSize{60, 40});
    paint(labels, {{45, 10}, {5, 5}}, Structure::multifidus_right);
    paint(labels, {{45, 20}, {5, 5}}, Structure::multifidus_left);
    paint(labels, {{25, 12}, {9, 9}}, Structure::vertebral_body);
    paint(labels, {{2, 12}, {10, 10}}, Structure::vertebral_body);
    paint(labels, {{38, 12}, {3, 3}}, Structure::vertebral_body);
    const LabelMap cleaned = clean_outlines(labels);
    EXPECT_EQ(count(cleaned, Structure::vertebral_body), 81);
    EXPECT_EQ((cleaned[{29, 16}]), Structure::vertebral_body);
    paint(labels, {{1, 10}, {15, 15}}, Structure::vertebral_body);
    EXPECT_EQ(count(clean_outlines(labels), Structure::vertebral_body), 225);
}

TEST(CleanOutlines, KeepsThePsoasBesideTheBodyIfBowelIsTakenForItToo) {
    LabelMap labels(ImageSize{60, 80});
    paint(labels, {{20, 30}, {15, 20}}, Structure::vertebral_body);
    paint(labels, {{24, 20}, {8, 8}}, Structure::psoas_right);
    paint(labels, {{10, 2}, {16, 16}}, Structure::psoas_right);
    paint(labels, {{24, 52}, {3, 3}}, Structure::psoas_left);
    paint(labels, {{10, 62}, {16, 16}}, Structure::psoas_left);
    const LabelMap cleaned = clean_outlines(labels);
    EXPECT_EQ(count(cleaned, Structure::psoas_right), 64);
    EXPECT_EQ((cleaned[{25, 21}]), Structure::psoas_right);
    EXPECT_EQ(count(cleaned, Structure::psoas_left), 256);
}

TEST(CleanOutlines, KeepsTheLargestPartOfAPsoasWhereThereIsNoBody) {
    LabelMap labels(ImageSize{60, 80});
    paint(labels, {{24, 20}, {8, 8}}, Structure::psoas_right);
    paint(labels, {{10, 2}, {16, 16}}, Structure::psoas_right);
    EXPECT_EQ(count(clean_outlines(labels), Structure::psoas_right), 256);
}

TEST(CleanOutlines, TreatsPartsThatOnlyTouchAtACornerAsTwo) {
    LabelMap labels(ImageSize{20, 20});
    paint(labels, {{2, 2}, {4, 4}}, Structure::vertebral_body);
    paint(labels, {{6, 6}, {3, 3}}, Structure::vertebral_body);
    EXPECT_EQ(count(clean_outlines(labels), Structure::vertebral_body), 16);
}

TEST(CleanOutlines, FillsHolesWithoutTakingOtherStructures) {
    LabelMap labels(ImageSize{40, 40});
    paint(labels, {{5, 5}, {20, 20}}, Structure::erector_spinae_left);
    paint(labels, {{10, 10}, {3, 3}}, Structure::background);
    paint(labels, {{15, 15}, {4, 4}}, Structure::multifidus_left);
    const LabelMap cleaned = clean_outlines(labels);
    EXPECT_EQ(count(cleaned, Structure::erector_spinae_left), 20 * 20 - 4 * 4);
    EXPECT_EQ(count(cleaned, Structure::multifidus_left), 16);
}

TEST(CleanOutlines, LeavesNotchesOpenToTheOutside) {
    LabelMap labels(ImageSize{20, 20});
    paint(labels, {{0, 0}, {10, 10}}, Structure::psoas_right);
    paint(labels, {{0, 4}, {5, 2}}, Structure::background);
    EXPECT_EQ(clean_outlines(labels), labels);
}

TEST(CleanOutlines, ChangesNothingTheSecondTime) {
    LabelMap labels(ImageSize{40, 40});
    paint(labels, {{5, 5}, {20, 20}}, Structure::erector_spinae_left);
    paint(labels, {{10, 10}, {3, 3}}, Structure::psoas_left);
    paint(labels, {{30, 30}, {3, 3}}, Structure::psoas_left);
    const LabelMap once = clean_outlines(labels);
    EXPECT_EQ(clean_outlines(once), once);
}

}  // namespace
}  // namespace paraspinal
