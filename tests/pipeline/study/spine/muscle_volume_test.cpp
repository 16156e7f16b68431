// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/spine/muscle_volume.h"

#include "tests/pipeline/study/curved_spine.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace paraspinal {
namespace {

using testing::CurvedSpine;
using testing::refusal;

constexpr double kBackMm = 50;  // The muscle behind the spine.
constexpr double kRadians = std::numbers::pi / 180;

// Across the spine; largest at L4, as multifidus is thin above and below.
double area_mm2(double angle) {
    return 2000 + 900 * std::sin(2 * std::numbers::pi * (angle - 0.05) / 0.9);
}

// The truth: Pappus along the circle of the muscle.
double true_volume_mm3(VertebraCount upper, VertebraCount lower) {
    constexpr int kSteps = 20000;
    const double from = CurvedSpine::angle_of(lower * CurvedSpine::kStepMm);
    const double to = CurvedSpine::angle_of(upper * CurvedSpine::kStepMm);
    double sum = 0;
    for (int i = 0; i < kSteps; ++i) {
        sum += area_mm2(from + (to - from) * (i + 0.5) / kSteps);
    }
    return sum / kSteps * (to - from) * (CurvedSpine::kRadiusMm - kBackMm);
}

// What a slice with this normal shows where it crosses the muscle at `angle`.
MuscleSection section(double angle, const Vec3& normal) {
    const double cosine = std::abs(dot(normal, CurvedSpine::direction(angle)));
    return {.centroid_mm = CurvedSpine::place(angle, kBackMm),
            .slice_normal = normal,
            .area_mm2 = area_mm2(angle) / cosine,
            .fat_area_mm2 = 0.2 * area_mm2(angle) / cosine,
            .thickness_mm = 4};
}

// Slices `step_mm` apart along the muscle from below L5 to above L1, each tilted by `tilt_deg`.
std::vector<MuscleSection> stack(double step_mm, double tilt_deg) {
    std::vector<MuscleSection> sections;
    const double step = step_mm / (CurvedSpine::kRadiusMm - kBackMm);
    for (double angle = -0.05; angle < 0.8; angle += step) {
        sections.push_back(section(angle, CurvedSpine::direction(angle + tilt_deg * kRadians)));
    }
    return sections;
}

double error_pct(const MuscleVolume& volume, double truth_mm3) {
    return 100 * std::abs(volume.volume_mm3 / truth_mm3 - 1);
}

TEST(MuscleVolume, OfAKnownMuscleIsRightAtAnyTilt) {
    const double truth = true_volume_mm3(kL1, kL5);
    for (const double tilt_deg : {0.0, 10.0, -20.0, 30.0}) {
        const MuscleVolume volume =
            muscle_volume(stack(4.4, tilt_deg), CurvedSpine::axis(), kL1, kL5);
        EXPECT_LT(error_pct(volume, truth), 2) << tilt_deg;
        EXPECT_NEAR(volume.fat_mm3.value(), 0.2 * volume.volume_mm3, 1e-6 * truth);
        EXPECT_LT(volume.integration_error_mm3, 0.02 * truth);
        // Each end is off by 0.8 mm and 2.2 degrees, 50 mm from its center.
        EXPECT_NEAR(volume.ends_error_mm3,
                    2.08 * std::hypot(area_mm2(0), area_mm2(CurvedSpine::angle_of(144))),
                    0.05 * volume.ends_error_mm3);
    }
}

TEST(MuscleVolume, OfOneStraightStackIsRightThoughTheSpineTurnsInIt) {
    // All slices parallel: those at L5 are tilted by 20 degrees against it, those at L1 by 21.
    std::vector<MuscleSection> sections;
    const Vec3 normal = CurvedSpine::direction(CurvedSpine::angle_of(72));
    for (double angle = -0.05; angle < 0.8; angle += 0.03) {
        sections.push_back(section(angle, normal));
    }
    for (const auto& [upper, lower] :
         std::vector<std::pair<VertebraCount, VertebraCount>>{{kL1, kL5}, {2, 1}, {3, kL5}}) {
        EXPECT_LT(error_pct(muscle_volume(sections, CurvedSpine::axis(), upper, lower),
                            true_volume_mm3(upper, lower)),
                  2);
    }
}

TEST(MuscleVolume, OfBlocksWithGapsIsRightAndSaysHowLargeTheGapsAre) {
    // Three slices at each disc, each block with a tilt of its own, 14 mm between the blocks.
    std::vector<MuscleSection> sections;
    for (int disc = -1; disc < 5; ++disc) {
        for (const double way_mm : {-5.0, 0.0, 5.0}) {
            const double angle =
                CurvedSpine::angle_of(disc * 36.0) + way_mm / (CurvedSpine::kRadiusMm - kBackMm);
            sections.push_back(
                section(angle, CurvedSpine::direction(CurvedSpine::angle_of(disc * 36.0))));
        }
    }
    const double truth = true_volume_mm3(kL1, kL5);
    const MuscleVolume volume = muscle_volume(sections, CurvedSpine::axis(), kL1, kL5);
    EXPECT_LT(error_pct(volume, truth), 2);
    EXPECT_NEAR(volume.largest_gap_mm, 27 - 10 - 4, 0.5);
    EXPECT_NEAR(volume.length_mm, 4 * 27, 0.5) << "shorter than the spine in front of it";
    EXPECT_GT(volume.integration_error_mm3, std::abs(volume.volume_mm3 - truth));
}

TEST(MuscleVolume, IsRefusedWhereMoreThanHalfABodyIsNotSeen) {
    std::vector<MuscleSection> sections = stack(4.4, 0);
    const auto between = [](double from, double to) {
        return [from, to](const MuscleSection& one) {
            const double angle =
                std::atan2(one.centroid_mm.z, CurvedSpine::kRadiusMm - one.centroid_mm.y);
            return angle > from && angle < to;
        };
    };
    std::erase_if(sections, between(0.3, 0.42));
    EXPECT_EQ(refusal([&] { muscle_volume(sections, CurvedSpine::axis(), kL1, kL5); }),
              ErrorCode::level_not_covered);
    EXPECT_LT(
        error_pct(muscle_volume(sections, CurvedSpine::axis(), 1, kL5), true_volume_mm3(1, 0)), 2)
        << "where nothing is missing";
    EXPECT_EQ(refusal([&] { muscle_volume({}, CurvedSpine::axis(), kL1, kL5); }),
              ErrorCode::level_not_covered);
    EXPECT_EQ(refusal([&] { muscle_volume(sections, CurvedSpine::axis(), kL1 + 1, kL5); }),
              ErrorCode::level_not_found);
}

TEST(MuscleVolume, DoesNotDependOnTheOrderOfSectionsNorOnARepeat) {
    std::vector<MuscleSection> sections = stack(4.4, 10);
    const MuscleVolume once = muscle_volume(sections, CurvedSpine::axis(), kL1, kL5);
    std::ranges::reverse(sections);
    EXPECT_DOUBLE_EQ(muscle_volume(sections, CurvedSpine::axis(), kL1, kL5).volume_mm3,
                     once.volume_mm3);
    sections.push_back(sections.at(7));
    EXPECT_NEAR(muscle_volume(sections, CurvedSpine::axis(), kL1, kL5).volume_mm3,
                once.volume_mm3,
                1e-6 * once.volume_mm3);
}

}  // namespace
}  // namespace paraspinal
