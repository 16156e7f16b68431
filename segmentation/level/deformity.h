// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/find_vertebrae.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace paraspinal {

/// The highest body that is judged.
inline constexpr VertebraCount kT11 = 6;
inline constexpr std::size_t kJudgedBodies = 7;  ///< L5 to T11.

/// Heights of a healthy body over the posterior height of L3, by BodyPart.
using NormalHeights = std::array<double, kBodyParts>;

/// Those of all bodies, by VertebraCount from L5.
using NormalShape = std::array<NormalHeights, kJudgedBodies>;

/// As this program measures the 12 healthy subjects of docs/vertebrae.md, medians:
/// `scripts/evaluate_bone --normals`.
inline constexpr NormalShape kNormalShape{{{1.054, 0.899, 0.907},
                                           {1.016, 0.896, 0.970},
                                           {1.022, 0.913, 1.000},
                                           {1.008, 0.950, 0.994},
                                           {0.964, 0.922, 0.966},
                                           {0.871, 0.866, 0.913},
                                           {0.799, 0.808, 0.878}}};

/// Posterior height over depth of the same healthy bodies, by VertebraCount from L5: a fracture
/// takes height and leaves the depth.
inline constexpr std::array<double, kJudgedBodies> kNormalBackOverDepth{
    0.809, 0.827, 0.874, 0.899, 0.921, 0.890, 0.846};

/// Which height lost most.
enum class DeformityKind {
    none,       ///< Less than 20 % are missing.
    wedge,      ///< The anterior height.
    biconcave,  ///< The middle height.
    crush,      ///< The posterior height too, against the neighbors.
};
/// "none", "wedge", "biconcave", "crush".
std::string_view deformity_name(DeformityKind kind);

/// How far a body has lost height, as its shape in one examination tells: nothing says whether it
/// broke lately, long ago, or ever.
struct Deformity {
    /// Heights of a healthy body of this size, by BodyPart: its size is the median of that of up to
    /// two measured neighbors on each side that are not flat for their depth. Absent where there
    /// are fewer than two.
    std::optional<std::array<double, kBodyParts>> expected_mm;
    /// Share of the height that is missing, of the part that lost most; may be below zero.
    double reduction = 0;
    double reduction_low = 0;   ///< Lower end of its 90 % interval, from measured errors.
    double reduction_high = 0;  ///< Upper end.
    DeformityKind kind = DeformityKind::none;

    /// Genant's grade of a reduction: 0 below 20 %, 1 below 25 %, 2 below 40 %, else 3
    /// (doi:10.1002/jbmr.5650080915).
    static int grade_of(double reduction);
    [[nodiscard]] int grade() const { return grade_of(reduction); }
    [[nodiscard]] int grade_low() const { return grade_of(reduction_low); }
    [[nodiscard]] int grade_high() const { return grade_of(reduction_high); }
};

/// A body from T11 to L5 and what its shape comes to; or why that is not known.
struct JudgedBody {
    const Vertebra* vertebra = nullptr;
    std::optional<ShapeDoubt> doubt;
    std::optional<Deformity> deformity;
};

/// Judges the bodies of `spine`, which must outlive the result, from head to feet.
///
/// The anterior and the middle height are held against the posterior one, as `normal` has it; the
/// posterior one against the neighbors. Where it lost 20 % itself, all are held against these.
///
/// A body whose posterior height is 20 % below that of a healthy one of its depth is flat: it is no
/// neighbor, and its interval reaches up to that loss. Where fewer than two neighbors are left to a
/// flat body, all bodies that are not flat tell its size; without two of these it is size_doubtful.
std::vector<JudgedBody> judged_bodies(const Spine& spine, const NormalShape& normal = kNormalShape);

/// How many bodies are deformed (grade 1 or more), and may be by the intervals of their grades.
struct DeformityCount {
    int measured = 0;
    int deformed = 0;
    int low = 0;
    int high = 0;
};
DeformityCount count_deformed(const std::vector<JudgedBody>& bodies);

}  // namespace paraspinal
