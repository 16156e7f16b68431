// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/patients_csv.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/follow/pair_words.h"

#include <vector>

namespace paraspinal {
namespace {

// "csa_change_cm2" of "csa_cm2".
std::string change_column(std::string_view quantity) {
    std::string name(quantity);
    return name.insert(name.rfind('_'), "_change");
}

std::string verdict_column(std::string_view quantity) {
    return std::string(quantity.substr(0, quantity.rfind('_'))) + "_verdict";
}

std::vector<std::string> columns() {
    std::vector<std::string> names{
        "patient_id", "from_study_date", "to_study_date", "years", "flags"};
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        names.push_back(change_column(quantity.name));
        names.push_back(verdict_column(quantity.name));
    }
    return names;
}

std::vector<std::string> cells(const FollowUp& result, const ExaminationPair& pair) {
    constexpr int kYearDecimals = 2;
    const Examination& from = result.examinations[pair.from];
    std::vector<std::string> row{from.row.get("patient_id"),
                                 from.row.get("study_date"),
                                 result.examinations[pair.to].row.get("study_date"),
                                 pair.years ? fixed_text(*pair.years, kYearDecimals) : "",
                                 flag_names(pair, ";")};
    for (const Change& change : pair.changes) {
        row.push_back(change.difference
                          ? fixed_text(*change.difference, change.quantity->unit.decimals)
                          : "");
        row.emplace_back(verdict_name(change.verdict));
    }
    return row;
}

}  // namespace

std::string patients_csv(const FollowUp& result) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < result.pairs.size(); ++i) {
        const ExaminationPair& pair = result.pairs[i];
        // The consecutive pairs of a patient stand before that of her first and last examination.
        const bool has_more = i + 1 < result.pairs.size() && result.pairs[i + 1].from == pair.to;
        const bool is_last_step = i > 0 && result.pairs[i - 1].to == pair.from;
        if (pair.kind != "consecutive" || (!has_more && !is_last_step)) {
            rows.push_back(cells(result, pair));
        }
    }
    return csv_text(columns(), rows);
}

}  // namespace paraspinal
