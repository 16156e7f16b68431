// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/serve_studies.h"

namespace paraspinal {

/// Measures the study with `request.drawing`, as `measure --outlines` does with the options of
/// `work`, and keeps that as a correction of its reader (keep_correction.h). The result of the run
/// stays as it is; returns its record, as the reading was made beside it. Throws Error as
/// read_own_outlines, whatever keeps the study from being measured so, and output_not_writable.
StudyRecord take_drawing(const StudyRequest& request, const StudyWork& work, Models& models);

}  // namespace paraspinal
