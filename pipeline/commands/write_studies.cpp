// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/write_studies.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "io/crash_guard.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/report/notice.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/analyze_study.h"

#include <variant>

namespace paraspinal {

std::vector<Files> write_studies(std::vector<StudyOutcome>& outcomes,
                                 std::vector<FurtherSlices>& further,
                                 const std::vector<Study>& studies,
                                 const std::filesystem::path& folder,
                                 OutputOptions outputs) {
    std::vector<Files> written(outcomes.size());
    const auto add = [](Files& files, const Files& more) {
        files.insert(files.end(), more.begin(), more.end());
    };
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        StudyOutcome& outcome = outcomes[i];
        outputs.earlier = sent_objects(folder, study_folder_name(identity_of(outcome)));
        if (auto* const report = std::get_if<StudyReport>(&outcome)) {
            if (died_of("output of study " +
                        study_key(report->study.study_uid, report->study.patient_group))) {
                outcome = study_failure(
                    report->study,
                    Error(ErrorCode::crashed,
                          "study " + report->study.study_uid +
                              ": the program crashed while it wrote what was measured; please "
                              "report it"));
                continue;
            }
            add(written[i], write_study_outputs(folder, *report, outputs));
        }
        add(written[i], write_further_outputs(folder, identity_of(outcome), further[i], outputs));
        if (const auto* const failure = std::get_if<StudyFailure>(&outcome)) {
            remove_study_outputs(folder, failure->study);
            add(written[i], write_notice(folder, *failure, studies[i], outputs));
        }
    }
    return written;
}

}  // namespace paraspinal
