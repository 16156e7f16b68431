// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/analyze_slice.h"
#include "pipeline/study/models.h"
#include "pipeline/study/study_report.h"

#include <exception>
#include <filesystem>
#include <string>

namespace paraspinal {

/// The whole way of one study: choose the slice, read it, outline, find the fat, measure.
/// Reads the pixels of the middle sagittal slices, to find the level, and of the chosen slice.
/// Throws Error with the study, series and slice it happened in.
StudyReport analyze_study(const Study& study, const AnalyzeOptions& options, Models& models);

/// The same of a study that is prepared.
StudyReport analyze_study(const PreparedStudy& prepared,
                          const AnalyzeOptions& options,
                          Models& models);

/// Throws Error crashed where a process before this one died of the study (run_guarded).
void leave_out_if_it_crashed(const Study& study);

/// "study UID" for messages; with the file, which is all the name that a NIfTI study has.
std::string study_place(const std::string& study_uid, const std::filesystem::path& file);

/// The failure that an exception stands for: its code where it is an Error, out_of_memory, or
/// internal.
StudyFailure study_failure(const StudyIdentity& study, const std::exception& error);

}  // namespace paraspinal
