// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flag.h"
#include "pipeline/batch/study_record.h"

namespace paraspinal {

/// `record` with the flag `contradiction` in its rows, which are "flagged" then: several ledgers
/// together say that nobody knows whose it is. Rows of an ID that stands for several people
/// (patient_id_contradiction) lose their risk too, for `risk_identity_contradiction`.
StudyRecord contradicted(StudyRecord record, Flag contradiction);

}  // namespace paraspinal
