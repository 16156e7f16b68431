// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/check_outlines.h"

#include "core/error.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr int kSide = 200;

void paint(LabelMap& labels, PixelIndex first, ImageSize size, Structure structure) {
    for (int row = first.row; row < first.row + size.rows; ++row) {
        for (int col = first.col; col < first.col + size.cols; ++col) {
            labels[{row, col}] = structure;
        }
    }
}

// A blocky but plausible L3 slice at 1 mm: CSA 32 cm2, VB 16 cm2.
Outlines plausible_outlines() {
    Outlines outlines{.labels = LabelMap(ImageSize{kSide, kSide})};
    LabelMap& labels = outlines.labels;
    paint(labels, {120, 30}, {30, 40}, Structure::erector_spinae_right);
    paint(labels, {130, 75}, {20, 20}, Structure::multifidus_right);
    paint(labels, {130, 105}, {20, 20}, Structure::multifidus_left);
    paint(labels, {120, 130}, {30, 40}, Structure::erector_spinae_left);
    paint(labels, {60, 80}, {40, 40}, Structure::vertebral_body);
    paint(labels, {70, 50}, {30, 25}, Structure::psoas_right);
    paint(labels, {70, 125}, {30, 25}, Structure::psoas_left);
    for (const Structure structure : kStructures) {
        outlines.confidence[structure] = 0.95;
    }
    return outlines;
}

ImageSlice slice_of(PixelSpacing spacing = {1, 1}) {
    return {.intensity = Image<float>(ImageSize{kSide, kSide}), .spacing = spacing};
}

std::vector<std::string> flag_names(const Outlines& outlines, const ImageSlice& slice) {
    std::vector<std::string> names;
    for (const QcFlag& flag : check_outlines(outlines, slice)) {
        names.emplace_back(flag.name());
    }
    return names;
}

// What the flag says that a slice has for its shapes, and for nothing else.
std::string odd_shape(const Outlines& outlines) {
    const std::vector<QcFlag> flags = check_outlines(outlines, slice_of());
    EXPECT_EQ(flags.size(), 1U);
    EXPECT_EQ(flags.at(0).name(), "implausible_shape");
    return flags.at(0).detail;
}

void erase(Outlines& outlines, Structure structure) {
    std::ranges::replace(outlines.labels.pixels, structure, Structure::background);
    outlines.confidence.erase(structure);
}

std::optional<ErrorCode> refusal(const Outlines& outlines) {
    return testing::refusal([&] { check_outlines(outlines, slice_of()); });
}

using Names = std::vector<std::string>;

TEST(CheckOutlines, HasNoDoubtAboutAPlausibleSlice) {
    EXPECT_EQ(flag_names(plausible_outlines(), slice_of()), Names{});
}

// The operator's own structures have no confidence, which is no doubt.
TEST(CheckOutlines, TakesOwnOutlinesAtTheirWord) {
    Outlines outlines = plausible_outlines();
    for (const Structure muscle : kParaspinalMuscles) {
        outlines.confidence.erase(muscle);
    }
    erase(outlines, Structure::vertebral_body);
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"structure_missing"});
    outlines.confidence.clear();
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"structure_missing"});
    erase(outlines, Structure::multifidus_left);
    EXPECT_EQ(refusal(outlines), ErrorCode::structure_missing);
}

TEST(CheckOutlines, RefusesAnImageWithoutMuscles) {
    EXPECT_EQ(refusal({.labels = LabelMap(ImageSize{kSide, kSide})}), ErrorCode::not_lumbar);
}

TEST(CheckOutlines, RefusesWhenOneMuscleIsMissing) {
    Outlines outlines = plausible_outlines();
    erase(outlines, Structure::multifidus_left);
    EXPECT_EQ(refusal(outlines), ErrorCode::structure_missing);
}

TEST(CheckOutlines, RefusesWhenTheNetworkIsInDoubtAboutEverything) {
    Outlines outlines = plausible_outlines();
    for (auto& [structure, confidence] : outlines.confidence) {
        confidence = 0.7;
    }
    EXPECT_EQ(refusal(outlines), ErrorCode::not_lumbar);
    erase(outlines, Structure::vertebral_body);
    EXPECT_EQ(refusal(outlines), ErrorCode::not_lumbar);
}

TEST(CheckOutlines, FlagsAMissingVertebraBetweenCertainMuscles) {
    Outlines outlines = plausible_outlines();
    erase(outlines, Structure::vertebral_body);
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"structure_missing"});
}

TEST(CheckOutlines, FlagsAMissingPsoas) {
    Outlines outlines = plausible_outlines();
    erase(outlines, Structure::psoas_right);
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"structure_missing"});
}

TEST(CheckOutlines, FlagsAMuscleAtTheBorderOfTheImage) {
    Outlines outlines = plausible_outlines();
    paint(outlines.labels, {120, 0}, {10, 30}, Structure::erector_spinae_right);
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"cut_by_field_of_view"});
}

TEST(CheckOutlines, FlagsAMuscleAtAStripThatTheScannerDidNotSee) {
    const Outlines outlines = plausible_outlines();
    ImageSlice slice = slice_of();
    for (int row = 0; row < kSide; ++row) {
        for (int col = 30; col < kSide; ++col) {
            slice.intensity[{row, col}] = static_cast<float>(1 + (row + col) % 7);
        }
    }
    EXPECT_EQ(flag_names(outlines, slice), Names{"cut_by_field_of_view"});
}

TEST(CheckOutlines, FlagsUncertainStructures) {
    Outlines outlines = plausible_outlines();
    outlines.confidence[Structure::multifidus_right] = 0.7;
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"outline_uncertain"});
}

TEST(CheckOutlines, FlagsSwappedSides) {
    Outlines outlines = plausible_outlines();
    for (Structure& structure : outlines.labels.pixels) {
        structure = mirrored(structure);
    }
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"sides_swapped_suspected"});
}

TEST(CheckOutlines, KnowsTheSidesOfASliceStoredFromTheLeft) {
    Outlines outlines = plausible_outlines();
    for (Structure& structure : outlines.labels.pixels) {
        structure = mirrored(structure);
    }
    ImageSlice slice = slice_of();
    slice.plane.along_columns = {-1, 0, 0};
    EXPECT_EQ(flag_names(outlines, slice), Names{});
}

TEST(CheckOutlines, FlagsAreasThatNoAdultHas) {
    const Names tiny = flag_names(plausible_outlines(), slice_of({0.3, 0.3}));
    EXPECT_EQ(tiny, Names{"implausible_shape"});
    const Names huge = flag_names(plausible_outlines(), slice_of({2, 2}));
    EXPECT_EQ(huge, Names{"implausible_shape"});
}

TEST(CheckOutlines, FlagsSidesOfVeryDifferentSize) {
    Outlines outlines = plausible_outlines();
    paint(outlines.labels, {120, 130}, {30, 30}, Structure::background);
    EXPECT_EQ(flag_names(outlines, slice_of()), Names{"implausible_shape"});
}

// As when the kidney is taken for psoas at L2.
TEST(CheckOutlines, FlagsAPsoasFarFromTheBody) {
    Outlines outlines = plausible_outlines();
    erase(outlines, Structure::psoas_left);
    paint(outlines.labels, {70, 147}, {30, 25}, Structure::psoas_left);
    outlines.confidence[Structure::psoas_left] = 0.95;
    EXPECT_EQ(odd_shape(outlines), "psoas left is 28 mm from the vertebral body");
}

TEST(CheckOutlines, FlagsDentsAndTails) {
    Outlines outlines = plausible_outlines();
    paint(outlines.labels, {140, 85}, {10, 10}, Structure::background);
    EXPECT_EQ(odd_shape(outlines),
              "multifidus right fills 86 % of its convex hull, less than 88 %");
}

TEST(CheckOutlines, FlagsOneSideOfAMuscleThatIsMuchSmaller) {
    Outlines outlines = plausible_outlines();
    paint(outlines.labels, {70, 50}, {30, 14}, Structure::background);
    EXPECT_EQ(odd_shape(outlines), "one side of psoas is 44 % of the other, less than 50 %");
}

}  // namespace
}  // namespace paraspinal
