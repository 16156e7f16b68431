// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/batch/study_record.h"
#include "pipeline/study/add_risk.h"

#include <cstdint>
#include <functional>

namespace paraspinal {

/// What risks are estimated from, as add_risk. Both null: there is no clinical table, so that no
/// study has a risk.
struct RiskSource {
    RiskEstimator* estimator = nullptr;
    const ClinicalTable* clinical = nullptr;
};

/// Whether measurements.csv has all of a measurement that the risk of `model` may rest on: values
/// of the image stand there with their intervals.
bool rests_on_tables(const RiskModel& model);

/// The line of measurements.csv of a measured study, or of a correction of one, as it would be if
/// its risk were estimated from `source` now. Cells of other columns stay.
NamedCells with_risk(NamedCells line, const RiskSource& source);

struct RenewedRisks {
    std::int64_t estimated = 0;  ///< Studies whose risk was estimated again.
    std::int64_t changed = 0;    ///< Those of them that now have another one, or other doubts.
};

/// Estimates from `source` the risk of each study in `ledger` that was measured as `options` say
/// and whose risk rests on something else than `options.risk_fingerprint`. All that it rests on is
/// in the ledger, so no image is read. What changes, the record and measurement.json, is what
/// measuring the study again would make it. A study whose measurement.json is damaged
/// counts as changed, so that it is measured again. May be cut off anywhere: the next call goes on.
/// Ends early, between studies, when `should_stop`. Throws Error output_not_writable.
RenewedRisks renew_risks(Ledger& ledger,
                         const BatchOptions& options,
                         const RiskSource& source,
                         const std::function<bool()>& should_stop);

}  // namespace paraspinal
