// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/vertebra_changes_csv.h"

#include "core/text.h"
#include "core/unit.h"
#include "io/tables/write_csv.h"
#include "pipeline/follow/pair_words.h"

namespace paraspinal {
namespace {

const std::vector<std::string>& columns() {
    static const std::vector<std::string> names{"patient_id",
                                                "pair",
                                                "from_study_date",
                                                "to_study_date",
                                                "vertebra",
                                                "from_reduction_pct",
                                                "to_reduction_pct",
                                                "increase_pct",
                                                "smallest_real_increase_pct",
                                                "from_grade",
                                                "to_grade",
                                                "new_deformity_suspected",
                                                "relation_to_treated",
                                                "flags",
                                                "from_study_uid",
                                                "to_study_uid"};
    return names;
}

std::string percent(double value) {
    return fixed_text(value, kUnitPercent.decimals);
}

std::vector<std::string> cells_of(const Examination& from,
                                  const Examination& to,
                                  const ExaminationPair& pair,
                                  const VertebraChange& change,
                                  const std::string& relation) {
    return {from.row.get("patient_id"),
            std::string(pair.kind),
            from.row.get("study_date"),
            to.row.get("study_date"),
            change.vertebra,
            percent(change.from_reduction_pct),
            percent(change.to_reduction_pct),
            percent(change.to_reduction_pct - change.from_reduction_pct),
            percent(change.smallest_real_increase_pct),
            std::to_string(change.from_grade),
            std::to_string(change.to_grade),
            std::string(new_deformity_name(change.deformity)),
            relation,
            flag_names(pair, ";"),
            from.row.get("study_uid"),
            to.row.get("study_uid")};
}

}  // namespace

std::string vertebra_changes_csv(const FollowUp& result, const TreatedLevels& treated) {
    std::vector<std::vector<std::string>> rows;
    for (const ExaminationPair& pair : result.pairs) {
        const Examination& from = result.examinations[pair.from];
        const Examination& to = result.examinations[pair.to];
        auto relations = relations_to_treated(pair.vertebrae, treated(from.row.get("patient_id")));
        for (const VertebraChange& change : pair.vertebrae) {
            rows.push_back(cells_of(from, to, pair, change, relations[change.vertebra]));
        }
    }
    return csv_text(columns(), rows);
}

std::string new_deformity_words(const ExaminationPair& pair) {
    std::vector<std::string> words;
    for (const VertebraChange& change : pair.vertebrae) {
        if (change.deformity != NewDeformity::no) {
            words.push_back(
                change.vertebra + " (reduction " +
                fixed_text(change.from_reduction_pct, kUnitPercent.shown_decimals) + " to " +
                fixed_text(change.to_reduction_pct, kUnitPercent.shown_decimals) + " %" +
                (change.deformity == NewDeformity::yes ? ")" : "; if they compare)"));
        }
    }
    return joined(words, ", ");
}

}  // namespace paraspinal
