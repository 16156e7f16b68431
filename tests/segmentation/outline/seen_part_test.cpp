// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/seen_part.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

constexpr ImageSize kSize{30, 40};

// An image with texture inside `part` and `fill` around it.
Image<float> image_with(const ImagePart& part, float fill) {
    Image<float> image(kSize, fill);
    for (int row = part.first_row; row < part.end_row; ++row) {
        for (int col = part.first_col; col < part.end_col; ++col) {
            image[{row, col}] = static_cast<float>((row * 7 + col * 3) % 11);
        }
    }
    return image;
}

TEST(SeenPart, IsAllOfAnImageWithoutFilledInStrips) {
    const ImagePart all{0, kSize.rows, 0, kSize.cols};
    EXPECT_EQ(seen_part(image_with(all, 0)), all);
}

TEST(SeenPart, LeavesOutStripsOfAnyValueAtAnySide) {
    for (const float fill : {0.0F, -1000.0F, 255.0F}) {
        for (const ImagePart part : {ImagePart{2, 27, 0, 40},
                                     ImagePart{0, 30, 5, 36},
                                     ImagePart{3, 30, 1, 40},
                                     ImagePart{6, 20, 11, 32}}) {
            EXPECT_EQ(seen_part(image_with(part, fill)), part) << fill;
        }
    }
}

TEST(SeenPart, KeepsEmptyLinesInsideTheImage) {
    const ImagePart part{4, 25, 4, 35};
    Image<float> image = image_with(part, 0);
    for (int col = 0; col < kSize.cols; ++col) {
        image[{12, col}] = 0;
    }
    EXPECT_EQ(seen_part(image), part);
}

TEST(SeenPart, IsAllOfAnImageThatTellsNothing) {
    const ImagePart all{0, kSize.rows, 0, kSize.cols};
    EXPECT_EQ(seen_part(Image<float>(kSize, 3)), all);
}

TEST(ImagePart, KnowsWhatLiesInsideAndAtItsBorder) {
    const ImagePart part{2, 5, 3, 9};
    EXPECT_TRUE(part.contains({2, 3}));
    EXPECT_FALSE(part.contains({5, 4}));
    EXPECT_TRUE(part.borders({4, 5}));
    EXPECT_TRUE(part.borders({0, 0}));
    EXPECT_FALSE(part.borders({3, 5}));
}

}  // namespace
}  // namespace paraspinal
