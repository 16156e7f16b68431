// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/measurement.h"
#include "core/slice.h"
#include "pipeline/study/composition.h"
#include "pipeline/study/outlines/estimate_intervals.h"
#include "segmentation/fat/clipping.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/epimuscular_fat.h"
#include "segmentation/fat/threshold_fat.h"
#include "segmentation/outline/outline.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What one fat method finds in the muscles as they were measured.
struct MethodFat {
    FatThreshold threshold;
    SliceMeasurement measurement;
};

/// What the fat of a slice would be by other definitions, and what its threshold rests on.
struct FatEvidence {
    MuscleRoi roi = MuscleRoi::fascial;  ///< What was measured.
    SliceMeasurement fascial;            ///< Inside the outlines.
    /// Without the fat between muscle and fascia; empty when no fat was measured.
    SliceMeasurement muscle;
    std::vector<MethodFat> by_method;  ///< In the order of methods; those with a threshold.
    double disagreement_pct = 0;       ///< As fat_disagreement_pct, in the measured muscles.
    /// Pixels of the outlined muscles, bias-corrected, ascending.
    std::vector<double> muscle_values;
    std::optional<FatScale> scale;       ///< From lean muscle to the fat it was compared with.
    Mask lean;                           ///< 1 where an outlined muscle is as dark as lean muscle.
    Clipping clipping;                   ///< Of the slice as stored.
    double dark_band = 0;                ///< dark_band_depth of it.
    std::optional<double> fraction_pct;  ///< fat_fraction_pct of the measured muscles.
    std::optional<SeenFat> fat;  ///< What muscle was compared with, when the slice shows some.
    Composition composition;     ///< Of what was measured.
};

/// 90 % intervals; see docs/intervals.md.
struct MeasurementIntervals {
    std::optional<Interval> csa_cm2;  ///< Absent when the operator outlined all muscles.
    std::optional<Interval> fdr_pct;  ///< Of the threshold alone when she did; absent without one.
    std::optional<Interval> fat_fraction_pct;  ///< As fdr_pct.
    std::optional<Interval> vb_cm2;            ///< Absent without a vertebral body of the network.
};

struct FatMeasurement {
    LabelMap labels;  ///< The outlines that were measured.
    Mask fat;         ///< 1 where a pixel of a measured muscle is fat.
    /// Absent when the method compares with fat and the slice shows none: then FDR is not measured.
    std::optional<FatThreshold> threshold;
    SliceMeasurement measurement;
    FatEvidence evidence;
    MeasurementIntervals intervals;
};

struct MeasureFatOptions {
    BiasOptions bias;
    FatOptions fat;
    MuscleRoi roi = MuscleRoi::fascial;
};

/// Finds the fat in the muscles that `outlines` has on `slice`, and measures both.
/// The threshold is that of the whole compartment, whatever is measured.
/// Throws Error as correct_bias and analyze_fat, and fat_threshold_failed when nothing is left of
/// the muscle that was asked for, or when it cannot be told without a threshold.
FatMeasurement measure_fat(const ImageSlice& slice,
                           const Outlines& outlines,
                           const MeasureFatOptions& options);

/// The same when `even`, as correct_bias makes it of `slice`, is there already: correcting takes
/// the most time, and outlines do not change it.
FatMeasurement measure_fat(const ImageSlice& slice,
                           const ImageSlice& even,
                           const Outlines& outlines,
                           const MeasureFatOptions& options);

}  // namespace paraspinal
