// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/study_follow_up.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "io/tables/cell_text.h"
#include "io/tables/csv.h"
#include "pipeline/follow/follow_patients.h"
#include "pipeline/tables/run_table.h"

#include <algorithm>
#include <set>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Study UIDs of patients with several rows.
std::set<std::string> repeated_studies(const fs::path& run) {
    const fs::path file = run_table_file(run);
    std::map<std::string, std::vector<std::string>> studies;
    within(file.string(), [&] {
        CsvReader reader(file);
        check_run_columns(reader.columns());
        const std::size_t uid = reader.required_column("study_uid");
        const auto patient = reader.column("patient_id");
        while (patient && reader.next()) {
            studies[plain_patient_id(without_guard(reader.cell(*patient)))].emplace_back(
                reader.cell(uid));
        }
    });
    std::set<std::string> repeated;
    for (const auto& [patient, uids] : studies) {
        if (!patient.empty() && uids.size() > 1) {
            repeated.insert(uids.begin(), uids.end());
        }
    }
    return repeated;
}

std::string heading_of(const FollowUp& result, const ExaminationPair& pair) {
    return result.examinations[pair.from].date + " to " + result.examinations[pair.to].date + " (" +
           span_text(*pair.years) + ")";
}

}  // namespace

EarlierExaminations earlier_examinations(const fs::path& run) {
    EarlierExaminations by_study;
    const std::set<std::string> repeated = repeated_studies(run);
    if (repeated.empty()) {
        return by_study;
    }
    const FollowUp result = follow_patients(read_examinations({run}, &repeated), {});
    for (const ExaminationPair& pair : result.pairs) {
        if (std::ranges::find(pair.flags, &pair_flag("patient_ids_differ")) == pair.flags.end()) {
            by_study[pair.slices.to.get("study_uid")].push_back(
                {.study_uid = pair.slices.from.get("study_uid"),
                 .heading = heading_of(result, pair),
                 .summary = change_summary(pair),
                 .table = pair_table(pair)});
        }
    }
    return by_study;
}

}  // namespace paraspinal
