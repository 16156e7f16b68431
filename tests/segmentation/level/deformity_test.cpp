// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/deformity.h"

#include "tests/segmentation/level/spine_phantom.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

VertebralShape shape_of(const std::array<double, kBodyParts>& heights_mm) {
    VertebralShape shape;
    for (std::size_t part = 0; part < kBodyParts; ++part) {
        shape.lines.at(part).upper_mm = {0, 0, heights_mm.at(part)};
    }
    return shape;
}

// Healthy bodies from S1 to T10 of a person whose L3 is 27 mm high at its back.
Spine healthy(double size_mm = 27) {
    Spine spine;
    for (VertebraCount count = kS1; count <= kT11 + 1; ++count) {
        Vertebra& body = spine.vertebrae.emplace_back(Vertebra{.count = count});
        if (count >= kL5 && count <= kT11) {
            std::array<double, kBodyParts> heights =
                kNormalShape.at(static_cast<std::size_t>(count));
            for (double& height : heights) {
                height *= size_mm;
            }
            body.shape = shape_of(heights);
            body.shape.depth_mm =
                heights[kPosterior] / kNormalBackOverDepth.at(static_cast<std::size_t>(count));
        }
    }
    return spine;
}

void lose(Spine& spine, VertebraCount count, const std::array<double, kBodyParts>& shares) {
    for (Vertebra& body : spine.vertebrae) {
        for (std::size_t part = 0; body.count == count && part < kBodyParts; ++part) {
            body.shape.lines.at(part).upper_mm.z *= 1 - shares.at(part);
        }
    }
}

Deformity of(const Spine& spine, VertebraCount count) {
    return judged_bodies(spine).at(static_cast<std::size_t>(kT11 - count)).deformity.value();
}

TEST(Deformity, FindsNoneInHealthyBodiesOfAnySize) {
    for (const double size_mm : {20.0, 27.0, 33.0}) {
        const Spine spine = healthy(size_mm);
        ASSERT_EQ(judged_bodies(spine).size(), kJudgedBodies) << "neither S1 nor T10";
        for (VertebraCount count = kL5; count <= kT11; ++count) {
            const Deformity found = of(spine, count);
            EXPECT_EQ(found.grade(), 0);
            EXPECT_EQ(found.grade_high(), 0);
            EXPECT_EQ(found.kind, DeformityKind::none);
            EXPECT_NEAR(found.reduction, 0, 1e-9);
            EXPECT_NEAR(found.expected_mm.value()[kPosterior],
                        size_mm * kNormalShape.at(static_cast<std::size_t>(count))[kPosterior],
                        1e-9);
        }
        EXPECT_EQ(count_deformed(judged_bodies(spine)).measured, 7);
        EXPECT_EQ(count_deformed(judged_bodies(spine)).deformed, 0);
    }
}

TEST(Deformity, TellsKindAndReduction) {
    Spine spine = healthy();
    lose(spine, 4, {0.3, 0.15, 0});
    lose(spine, 2, {0, 0.22, 0});
    lose(spine, 0, {0.5, 0.45, 0.4});
    EXPECT_EQ(of(spine, 4).kind, DeformityKind::wedge);
    EXPECT_NEAR(of(spine, 4).reduction, 0.3, 1e-9);
    EXPECT_EQ(of(spine, 4).grade(), 2);
    EXPECT_EQ(of(spine, 2).kind, DeformityKind::biconcave);
    EXPECT_EQ(of(spine, 2).grade(), 1);
    EXPECT_EQ(of(spine, 2).grade_low(), 0);
    EXPECT_EQ(of(spine, 0).kind, DeformityKind::crush);
    EXPECT_NEAR(of(spine, 0).reduction, 0.5, 1e-9) << "against the neighbors, not its own back";
    EXPECT_EQ(of(spine, 0).grade(), 3);
    const DeformityCount count = count_deformed(judged_bodies(spine));
    EXPECT_EQ(count.deformed, 3);
    EXPECT_EQ(count.low, 2);
    EXPECT_EQ(count.high, 3);
}

TEST(Deformity, GradesByTwentyTwentyFiveAndFortyPercent) {
    EXPECT_EQ(Deformity::grade_of(-0.1), 0);
    EXPECT_EQ(Deformity::grade_of(0.199), 0);
    EXPECT_EQ(Deformity::grade_of(0.2), 1);
    EXPECT_EQ(Deformity::grade_of(0.25), 2);
    EXPECT_EQ(Deformity::grade_of(0.399), 2);
    EXPECT_EQ(Deformity::grade_of(0.4), 3);
}

TEST(Deformity, LeavesOutWhatHasNoHeights) {
    Spine spine = healthy();
    for (Vertebra& body : spine.vertebrae) {
        if (body.count > 1) {
            body.shape.doubt = ShapeDoubt::outline_doubtful;
        }
    }
    EXPECT_FALSE(judged_bodies(spine).front().deformity);
    EXPECT_FALSE(of(spine, 1).expected_mm) << "one neighbor is too few";
    EXPECT_EQ(count_deformed(judged_bodies(spine)).measured, 2);
}

TEST(Deformity, CrushedNeighborsDoNotHideEachOther) {
    Spine spine = healthy();
    for (const VertebraCount count : {3, 4, 5}) {
        lose(spine, count, {0.4, 0.4, 0.4});
    }
    for (const VertebraCount count : {3, 4, 5}) {
        EXPECT_EQ(of(spine, count).kind, DeformityKind::crush);
        EXPECT_NEAR(of(spine, count).reduction, 0.4, 1e-9);
    }
    EXPECT_EQ(count_deformed(judged_bodies(spine)).deformed, 3);
    EXPECT_EQ(of(spine, 6).expected_mm, std::nullopt) << "both below are flat";
    EXPECT_NEAR(of(spine, 2).expected_mm.value()[kPosterior], 27, 1e-9);
}

TEST(Deformity, KnowsNoSizeWhereAllAreFlat) {
    Spine spine = healthy();
    for (VertebraCount count = kL5; count < kT11; ++count) {
        lose(spine, count, {0.3, 0.3, 0.3});
    }
    for (const JudgedBody& body : judged_bodies(spine)) {
        const bool is_whole = body.vertebra->count == kT11;
        EXPECT_EQ(body.deformity.has_value(), is_whole);
        EXPECT_EQ(body.doubt == ShapeDoubt::size_doubtful, !is_whole);
    }
    EXPECT_EQ(count_deformed(judged_bodies(spine)).measured, 1);
}

TEST(Deformity, OfAFlatBodyMayBeWhatItsDepthTells) {
    Spine spine = healthy();
    for (Vertebra& body : spine.vertebrae) {
        body.shape.depth_mm *= body.count == 2 ? 1.7 : 1;
    }
    EXPECT_EQ(of(spine, 2).grade(), 0);
    EXPECT_EQ(of(spine, 2).grade_high(), 3) << "41 % for its depth";
    EXPECT_EQ(of(spine, 3).grade_high(), 0);
}

TEST(Deformity, OfADrawnSpine) {
    testing::SpinePhantom phantom;
    Spine spine = find_vertebrae(testing::maps_of(phantom));
    EXPECT_EQ(count_deformed(judged_bodies(spine)).deformed, 0);
    phantom.squeezed = 3;
    spine = find_vertebrae(testing::maps_of(phantom));
    EXPECT_EQ(count_deformed(judged_bodies(spine)).deformed, 1);
    const auto bodies = judged_bodies(spine);
    ASSERT_EQ(bodies.size(), kJudgedBodies);
    EXPECT_EQ(bodies[3].vertebra->name(), "L2");
    EXPECT_EQ(bodies[3].deformity.value().kind, DeformityKind::crush);
    EXPECT_EQ(bodies[3].deformity.value().grade(), 3);
}

}  // namespace
}  // namespace paraspinal
