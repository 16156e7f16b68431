// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/analyze_slice.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace paraspinal {

/// What `measure` refuses before the work. All throw Error usage.

/// Outlines are drawn on one slice of one study; on others they would give wrong numbers.
void require_one_slice(const AnalyzeOptions& analyze, std::size_t studies);

/// Who asks for DICOM objects of NIfTI would otherwise look for files that never come.
void require_dicom(const std::vector<Study>& studies);

/// The tables of `folder` would take the place of those of a batch, and the next batch would undo
/// that.
void require_no_batch(const std::filesystem::path& folder);

}  // namespace paraspinal
