// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/contradicted.h"

#include "pipeline/batch/renew_risks.h"

#include <utility>

namespace paraspinal {
namespace {

bool is_of_image(Flag flag) {
    return flag_subject(flag) == FlagSubject::image;
}

void add_contradiction(NamedCells& line, Flag contradiction) {
    line.add_flag("qc_flags", contradiction);
    line.add_flag(is_of_image(contradiction) ? "image_flags" : "risk_flags", contradiction);
    if (contradiction != Flag::patient_id_contradiction || line.get("risk_pct").empty()) {
        return;
    }
    line = with_risk(std::move(line), {});
    line.add_flag("qc_flags", Flag::risk_identity_contradiction);
    line.add_flag("risk_flags", Flag::risk_identity_contradiction);
}

}  // namespace

StudyRecord contradicted(StudyRecord record, Flag contradiction) {
    record.status = is_of_image(contradiction) && record.status == "ok" ? "flagged" : record.status;
    add_contradiction(record.measurement, contradiction);
    for (LevelLine& level : record.levels) {
        if (level.own) {
            add_contradiction(*level.own, contradiction);
        }
    }
    return record;
}

StudyRecord contradicted(StudyRecord record, const KeyContradictions& contradictions) {
    if (!contradictions.patient_id.empty()) {
        record = contradicted(std::move(record), Flag::patient_id_contradiction);
    }
    if (!contradictions.accession_number.empty()) {
        record = contradicted(std::move(record), Flag::accession_number_contradiction);
    }
    return record;
}

}  // namespace paraspinal
