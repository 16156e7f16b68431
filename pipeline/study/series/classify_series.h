// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/study.h"
#include "pipeline/study/qc_flag.h"
#include "pipeline/study/series/split_stacks.h"

#include <string>
#include <vector>

namespace paraspinal {

/// What a stack is good for: axial T2 is measured, sagittal T2 shows the level, others neither.
enum class SeriesKind { axial_t2, sagittal_t2, other };

struct Classification {
    SeriesKind kind = SeriesKind::other;
    /// Why a stack is of kind other: fat_suppressed; not_axial; missing_geometry;
    /// missing_pixel_spacing; weighting_unknown where nothing speaks for or against T2, as in
    /// NIfTI; or not_t2_weighted for T1, diffusion, localizers, derived images and the rest.
    /// Meaningless for the other kinds.
    ErrorCode code = ErrorCode::not_t2_weighted;
    std::string reason;           ///< The code in words and numbers; empty unless kind is other.
    std::string evidence;         ///< What the decision rests on; empty when kind is other.
    std::vector<QcFlag> flags{};  ///< Doubts that every slice of the stack shares.
};

/// What is known of a series beside its headers.
struct SeriesStatement {
    /// What a table beside the images calls it; empty: nothing.
    std::string description;
    /// The operator says that it is an axial, or a sagittal, T2 series.
    bool is_axial_t2 = false;
    bool is_sagittal_t2 = false;
};

/// Judges one stack of `series` from its headers. The header's numbers (TR, TE, TI, b-value) rule;
/// names (series description, protocol, sequence) decide where numbers are missing, and add to the
/// reasons against a stack: whatever is named fat-suppressed or localizer is not measured.
/// Where both leave the weighting open, `statement` decides: its description, then the operator.
/// The result never quotes a description, which may hold anything.
Classification classify(const Series& series,
                        const Stack& stack,
                        const SeriesStatement& statement = {});

/// Angle between the slice and the axial plane, [0, 90] degrees; the slice must have a plane.
double degrees_off_axial(const SliceHeader& slice);
/// The same against the sagittal plane.
double degrees_off_sagittal(const SliceHeader& slice);

/// T2-weighted spin echo: TE and TR at least these. Clinical axial T2 of the lumbar spine has TE
/// 80-120 ms (doi:10.1007/BF01578254) and TR above 2000 ms; T1-weighted and proton-density spin
/// echo stay below TE 40 ms. Our limits lie between, nearer to the others' side of the gap.
inline constexpr double kMinT2EchoTimeMs = 60;
inline constexpr double kMinT2RepetitionTimeMs = 1500;

/// Above this echo time only fluid is left (MR myelography uses 500 ms and more; muscle's T2 is
/// about 35 ms), so that muscle and fat cannot be told apart. Our choice.
inline constexpr double kMaxT2EchoTimeMs = 300;

/// Thicker slices are projections (myelography slabs); axial spine slices have 3-5 mm. Our choice.
inline constexpr double kMaxSliceThicknessMm = 15;

/// A stack counts as axial or sagittal up to this angle. Disc-angled slices reach about 30 degrees
/// at L5/S1; beyond, the cross-section of a muscle grows by more than 1/cos(30) = 15 %.
inline constexpr double kMaxTiltDeg = 30;

}  // namespace paraspinal
