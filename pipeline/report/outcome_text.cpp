// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/outcome_text.h"

#include "core/patient_groups.h"
#include "core/text.h"
#include "io/digest.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace paraspinal {

std::string_view level_source_name(LevelSource source) {
    switch (source) {
        case LevelSource::sagittal: return "sagittal";
        case LevelSource::operator_choice: return "operator";
        case LevelSource::single_slice: return "single_slice";
    }
    throw Error(ErrorCode::internal, "level source without a name");
}

const StudyIdentity& identity_of(const StudyOutcome& outcome) {
    return std::visit([](const auto& result) -> const StudyIdentity& { return result.study; },
                      outcome);
}

bool is_of_image(FlagSubject subject) {
    return subject == FlagSubject::image || subject == FlagSubject::level;
}

bool is_of_risk(FlagSubject subject) {
    return subject == FlagSubject::risk;
}

std::string_view status_name(const StudyReport& report) {
    const auto casts_doubt = [](const QcFlag& flag) {
        return !is_of_risk(flag_subject(flag.flag));
    };
    return std::ranges::any_of(report.flags, casts_doubt) ? "flagged" : "ok";
}

std::string_view status_name(const StudyOutcome& outcome) {
    const auto* const report = std::get_if<StudyReport>(&outcome);
    return report != nullptr ? status_name(*report) : "failed";
}

std::vector<const StudyOutcome*> sorted_outcomes(const std::vector<StudyOutcome>& outcomes) {
    std::vector<const StudyOutcome*> sorted;
    std::ranges::transform(
        outcomes, std::back_inserter(sorted), [](const StudyOutcome& each) { return &each; });
    std::ranges::stable_sort(sorted, {}, [](const StudyOutcome* each) {
        const StudyIdentity& study = identity_of(*each);
        return std::tuple<std::string_view, std::string_view, std::string_view>(
            study.patient.id, study.study_uid, study.patient_group);
    });
    return sorted;
}

std::string flag_names_about(const StudyReport& report, bool (*is_wanted)(FlagSubject)) {
    std::vector<std::string> names;
    for (const QcFlag& flag : report.flags) {
        if (is_wanted(flag_subject(flag.flag))) {
            names.emplace_back(flag.name());
        }
    }
    return joined(names, ";");
}

std::string flag_names(const StudyReport& report) {
    return flag_names_about(report, [](FlagSubject) { return true; });
}

bool is_flag_of_estimate(std::string_view name) {
    const auto table = flag_table();
    const auto found = std::ranges::find(table, name, &FlagEntry::name);
    return found != table.end() && is_of_risk(found->subject) &&
           found->flag != Flag::accession_number_contradiction;
}

std::string study_folder_name(const StudyIdentity& study) {
    return uid_name(study_key(study.study_uid, study.patient_group));
}

std::string short_study_name(const StudyIdentity& study) {
    constexpr std::size_t kDigits = 16;
    return study_folder_name(study).substr(0, kDigits);
}

}  // namespace paraspinal
