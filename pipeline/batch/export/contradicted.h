// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flag.h"
#include "core/id_contradictions.h"
#include "pipeline/batch/study_record.h"

namespace paraspinal {

/// `record` with the flag `contradiction` in its rows: several ledgers together, or studies that
/// came later, say that nobody knows whose it is. They are "flagged" then, but for
/// `accession_number_contradiction`. Rows of an ID that stands for several people
/// (patient_id_contradiction) lose their risk too, for `risk_identity_contradiction`.
StudyRecord contradicted(StudyRecord record, Flag contradiction);

/// The same for what its keys stand for.
StudyRecord contradicted(StudyRecord record, const KeyContradictions& contradictions);

}  // namespace paraspinal
