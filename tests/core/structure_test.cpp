// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/structure.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

TEST(Structure, ValuesAreThoseOfTheLabelFiles) {
    EXPECT_EQ(static_cast<int>(Structure::multifidus_right), 1);
    EXPECT_EQ(static_cast<int>(Structure::erector_spinae_left), 4);
    EXPECT_EQ(static_cast<int>(Structure::vertebral_body), 5);
    EXPECT_EQ(static_cast<int>(Structure::psoas_left), 7);
}

TEST(Structure, MirrorSwapsSidesAndNothingElse) {
    for (const Structure structure : kStructures) {
        const Structure other = mirrored(structure);
        EXPECT_EQ(mirrored(other), structure);
        EXPECT_EQ(structure_name(other), structure_name(structure));
        EXPECT_EQ(other == structure, side_of(structure) == Side::none);
    }
}

TEST(Structure, NamesCarryTheSide) {
    EXPECT_EQ(label_name(Structure::erector_spinae_right), "erector_spinae_right");
    EXPECT_EQ(short_name(Structure::erector_spinae_left), "es_left");
    EXPECT_EQ(side_name(Structure::multifidus_left), "left");
    EXPECT_EQ(side_name(Structure::vertebral_body), "");
}

TEST(Structure, OnlyMultifidusAndErectorSpinaeMakeUpCsa) {
    EXPECT_TRUE(is_paraspinal_muscle(Structure::multifidus_left));
    EXPECT_FALSE(is_paraspinal_muscle(Structure::psoas_left));
    EXPECT_FALSE(is_paraspinal_muscle(Structure::background));
}

}  // namespace
}  // namespace paraspinal
