// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/flag.h"
#include "core/measurement.h"
#include "core/slice.h"
#include "core/study.h"
#include "pipeline/study/level/level_evidence.h"
#include "pipeline/study/measure_fat.h"
#include "pipeline/study/qc_flag.h"
#include "pipeline/study/series/image_contrast.h"
#include "risk/model/risk_estimate.h"
#include "segmentation/fat/threshold_fat.h"
#include "segmentation/outline/outline.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace paraspinal {

/// Whose study a result belongs to; all of it may be empty when the headers say nothing.
struct StudyIdentity {
    Patient patient;
    std::string study_uid;
    std::string study_date;       ///< YYYYMMDD or empty.
    std::string patient_group{};  ///< As Study::patient_group.
    std::string accession_number{};
    std::filesystem::path file{};  ///< Of the measured image; of any image of a failed study.
};

struct StudyReport;

/// The slice at the level if the vertebrae have to be counted otherwise.
struct AlternativeLevel {
    std::string vertebra;  ///< As named in the report that this belongs to, such as "L2" for L3.
    std::shared_ptr<const StudyReport> report;  ///< Null where it cannot be measured.
    std::string failure;                        ///< Why, for people.
};

/// Everything known about one measured study.
struct StudyReport {
    StudyIdentity study;
    std::string series_uid;
    std::string slice_uid;  ///< As `slice_uid(const SliceHeader&)`.
    std::string series_description;
    int series_number = 0;
    SliceHeader source;  ///< The measured slice: its file, frame and acquisition.
    LevelEvidence level;
    std::optional<LevelView> level_view;  ///< What the level was found on, when it was.
    ImageSlice slice;                     ///< Modality values as read, before bias correction.
    std::string outline_source = "model";
    std::string outline_model;  ///< OutlineModel::description(), empty when not used.
    Outlines outlines;  ///< What was measured: without epimuscular fat when that was asked for.
    bool bias_corrected = true;
    double fat_share = FatOptions{}.reference_share;  ///< That was asked for.
    std::optional<FatThreshold> fat_threshold;        ///< As FatMeasurement::threshold.
    Mask fat;                                         ///< 1 where a paraspinal-muscle pixel is fat.
    SliceMeasurement measurement;
    FatEvidence fat_evidence;
    ImageContrast contrast;
    MeasurementIntervals intervals;
    std::optional<RiskEstimate> risk;
    std::optional<AlternativeLevel> alternative;  ///< Where the names are in doubt; study_result.
    std::vector<QcFlag> flags;  ///< Sorted by name; not empty means status "flagged".
};

/// A study that could not be measured.
struct StudyFailure {
    StudyIdentity study;
    ErrorCode code = ErrorCode::internal;
    std::string message;  ///< Error::what().
    std::string cause{};  ///< Error::message(): without the files and places that it passed.
};

using StudyOutcome = std::variant<StudyReport, StudyFailure>;

}  // namespace paraspinal
