// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "segmentation/fat/histogram.h"
#include "segmentation/fat/imagej_thresholds.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace paraspinal {
namespace {

constexpr std::array kHistogramMethods{FatMethod::isodata,
                                       FatMethod::otsu,
                                       FatMethod::li,
                                       FatMethod::triangle,
                                       FatMethod::yen,
                                       FatMethod::maxentropy};

struct Reference {
    std::string name;
    std::map<std::string, double> thresholds;  // "imagej_otsu", "skimage_otsu" ...
    GrayCounts counts{};
};

// threshold_references.csv, written by make_threshold_references.py.
std::vector<Reference> references() {
    std::ifstream file(testing::source_folder() /
                       "tests/segmentation/fat/threshold_references.csv");
    const auto cells_of = [&file] {
        std::string line;
        std::getline(file, line);
        std::istringstream text(line);
        std::vector<std::string> cells;
        for (std::string cell; std::getline(text, cell, ',');) {
            cells.push_back(cell);
        }
        return cells;
    };
    const std::vector<std::string> header = cells_of();
    std::vector<Reference> all;
    for (std::vector<std::string> row = cells_of(); row.size() > 1; row = cells_of()) {
        Reference reference{.name = row.at(0), .thresholds = {}};
        for (std::size_t i = 1; i < row.size(); ++i) {
            const double value = parse_number(row.at(i)).value();
            if (header.at(i).starts_with('n')) {
                reference.counts.at(i + 256 - row.size()) = static_cast<std::int64_t>(value);
            } else {
                reference.thresholds[header.at(i)] = value;
            }
        }
        all.push_back(reference);
    }
    return all;
}

double reference_of(const Reference& reference, const char* program, FatMethod method) {
    return reference.thresholds.at(program + std::string("_") +
                                   std::string(fat_method_name(method)));
}

TEST(ImagejThreshold, EqualsImagej) {
    ASSERT_GE(references().size(), 10U);
    for (const Reference& reference : references()) {
        for (const FatMethod method : kHistogramMethods) {
            EXPECT_EQ(imagej_threshold(reference.counts, method),
                      reference_of(reference, "imagej", method))
                << fat_method_name(method) << ", " << reference.name;
        }
    }
}

// Equal but for a level of rounding; where levels are empty, any place in the gap is as good.
// (li and triangle are defined otherwise there, see make_threshold_references.py.)
TEST(ImagejThreshold, AgreesWithScikitImage) {
    for (const Reference& reference : references()) {
        for (const FatMethod method : {FatMethod::otsu, FatMethod::isodata, FatMethod::yen}) {
            const int level = imagej_threshold(reference.counts, method);
            const int other =
                static_cast<int>(std::floor(reference_of(reference, "skimage", method)));
            std::int64_t between = 0;
            for (int i = std::min(level, other) + 2; i < std::max(level, other); ++i) {
                between += reference.counts.at(static_cast<std::size_t>(i));
            }
            EXPECT_EQ(between, 0) << fat_method_name(method) << ", " << reference.name << ": "
                                  << level << " and " << other;
        }
    }
}

TEST(ImagejThreshold, TwoLevelsArePartedByEveryMethod) {
    GrayCounts counts{};
    counts.at(40) = 700;
    counts.at(200) = 300;
    for (const FatMethod method : kHistogramMethods) {
        const int level = imagej_threshold(counts, method);
        EXPECT_GE(level, 40) << fat_method_name(method);
        EXPECT_LT(level, 200) << fat_method_name(method);
    }
}

TEST(ImagejThreshold, IsOnlyForHistogramMethods) {
    EXPECT_THROW(imagej_threshold(GrayCounts{}, FatMethod::gmm2), Error);
}

TEST(GrayScale, KeepsTheLevelsOf8BitImages) {
    Image<float> image({.rows = 1, .cols = 5});
    image.pixels = {0, 3, 4, 100, 255};
    const GrayScale scale = gray_scale(image);
    EXPECT_EQ(scale.black, 0);
    EXPECT_EQ(scale.step, 1);
    image.pixels = {10, 16, 18, 210, 520};  // The same, doubled, plus 10.
    EXPECT_EQ(gray_scale(image).level_of(210), 100);
}

TEST(GrayScale, StretchesOtherImagesFromTheirDarkestToTheirBrightest) {
    Image<float> image({.rows = 1, .cols = 3});
    image.pixels = {-100, 3, 1175};
    const GrayScale scale = gray_scale(image);
    EXPECT_EQ(scale.level_of(-100), 0);
    EXPECT_EQ(scale.level_of(1175), 255);
    EXPECT_EQ(scale.level_of(-100 + 5 * 100.4), 100);
    EXPECT_NEAR(scale.value_of(100), -100 + 500, 1e-9);
}

}  // namespace
}  // namespace paraspinal
