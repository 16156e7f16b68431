// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/contradicted.h"

#include "core/text.h"
#include "pipeline/batch/renew_risks.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

void add_flag(NamedCells& line, Flag flag, std::initializer_list<const char*> columns) {
    for (const char* const column : columns) {
        std::vector<std::string> flags = split(line.get(column), ';');
        std::erase(flags, "");
        flags.emplace_back(flag_name(flag));
        std::ranges::sort(flags);
        const auto repeated = std::ranges::unique(flags);
        flags.erase(repeated.begin(), repeated.end());
        line.set(column, joined(flags, ";"));
    }
}

void add_contradiction(NamedCells& line, Flag contradiction) {
    add_flag(line, contradiction, {"qc_flags", "image_flags"});
    if (line.get("status") == "ok") {
        line.set("status", "flagged");
    }
    if (contradiction != Flag::patient_id_contradiction || line.get("risk_pct").empty()) {
        return;
    }
    line = with_risk(std::move(line), {});
    add_flag(line, Flag::risk_identity_contradiction, {"qc_flags", "risk_flags"});
}

}  // namespace

StudyRecord contradicted(StudyRecord record, Flag contradiction) {
    record.status = record.status == "ok" ? "flagged" : record.status;
    add_contradiction(record.measurement, contradiction);
    for (LevelLine& level : record.levels) {
        if (level.own) {
            add_contradiction(*level.own, contradiction);
        }
    }
    return record;
}

}  // namespace paraspinal
