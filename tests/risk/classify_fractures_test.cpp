// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/classify_fractures.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

FractureKinds kinds(const char* treated, const char* fractured) {
    return classify_fractures(parse_levels(treated), parse_levels(fractured));
}

TEST(ClassifyFractures, DirectlyAboveOrBelowIsAdjacent) {
    EXPECT_EQ(kinds("L1", "L2"), (FractureKinds{.adjacent = true}));
    EXPECT_EQ(kinds("L1", "T12"), (FractureKinds{.adjacent = true}));
    EXPECT_EQ(kinds("L1;L4", "L3"), (FractureKinds{.adjacent = true}));
}

TEST(ClassifyFractures, ANormalVertebraBetweenMakesItRemote) {
    EXPECT_EQ(kinds("L1", "L3"), (FractureKinds{.remote = true}));
    EXPECT_EQ(kinds("L1", "T6"), (FractureKinds{.remote = true}));
    EXPECT_EQ(kinds("L1", "L2;T8"), (FractureKinds{.adjacent = true, .remote = true}));
    EXPECT_EQ(kinds("T6;L4", "L1"), (FractureKinds{.remote = true}));
}

TEST(ClassifyFractures, EdgesOfTheSpine) {
    EXPECT_EQ(kinds("L5", "S1"), (FractureKinds{.adjacent = true}));
    EXPECT_EQ(kinds("L4", "S1"), (FractureKinds{.remote = true}));
    EXPECT_EQ(kinds("T12", "L1"), (FractureKinds{.adjacent = true}));
    EXPECT_EQ(kinds("T1", "T2"), (FractureKinds{.adjacent = true}));
}

TEST(ClassifyFractures, CementedVertebraAndChainsAreKeptApart) {
    EXPECT_EQ(kinds("L1", "L1"), (FractureKinds{.same_level = true}));
    EXPECT_EQ(kinds("L1", "L2;L3"), (FractureKinds{.adjacent = true, .contiguous = true}));
    EXPECT_EQ(kinds("L1", ""), FractureKinds{});
}

TEST(ClassifyFractures, ReadsLevelsAndRefusesOthers) {
    EXPECT_EQ(parse_levels(" l3, T12;L3 "), (std::vector<VertebralLevel>{{11}, {14}}));
    EXPECT_TRUE(parse_levels("").empty());
    for (const char* wrong : {"L6", "T13", "C7", "L", "S2", "L1-L3", "3"}) {
        EXPECT_THROW(parse_levels(wrong), Error) << wrong;
    }
}

}  // namespace
}  // namespace paraspinal
