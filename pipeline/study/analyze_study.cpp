// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/analyze_study.h"

#include "core/patient_groups.h"
#include "io/crash_guard.h"
#include "io/nifti/scan.h"

#include <new>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

// OpenCV and ITK have exceptions of their own for it, told apart here by their words, so that
// neither library's headers are needed.
bool is_memory_error(const std::exception& error) {
    const std::string_view text = error.what();
    return dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
           text.find("Insufficient memory") != std::string_view::npos ||
           text.find("Failed to allocate memory") != std::string_view::npos;
}

}  // namespace

StudyReport analyze_study(const Study& study, const AnalyzeOptions& options, Models& models) {
    return analyze_study(prepare_study(study, options, models), options, models);
}

StudyReport analyze_study(const PreparedStudy& prepared,
                          const AnalyzeOptions& options,
                          Models& models) {
    return analyze_level(prepared, options.slice.level, options, models);
}

std::string study_place(const std::string& study_uid, const std::filesystem::path& file) {
    return "study " + study_uid +
           (has_nifti_name(file) ? " (file " + file.string() + ")" : std::string());
}

void leave_out_if_it_crashed(const Study& study) {
    if (died_of("study " + study_key(study.study_uid, study.patient_group))) {
        throw Error(ErrorCode::crashed,
                    "the program crashed at this study, or was killed; please report it");
    }
}

StudyFailure study_failure(const StudyIdentity& study, const std::exception& error) {
    if (const auto* const known = dynamic_cast<const Error*>(&error)) {
        // What is missing may be under another person.
        const std::string split = study.patient_group.empty()
                                      ? ""
                                      : ". Files with this study instance UID state several people "
                                        "or examinations; this row holds those of one";
        const std::string unnamed =
            is_unnamed_study(study.study_uid)
                ? ". Its files state no study instance UID; those of one patient ID and study date "
                  "were taken for one study, without these those of one folder: put the series of "
                  "one examination into one folder"
                : "";
        const auto with_more = [&](std::string text) {
            text.resize(text.find_last_not_of(". ") + 1);
            return text + split + unnamed;
        };
        const bool has_more = !split.empty() || !unnamed.empty();
        return {.study = study,
                .code = known->code(),
                .message = has_more ? with_more(known->what()) : known->what(),
                .cause = has_more ? with_more(known->message()) : known->message()};
    }
    const std::string place = study_place(study.study_uid, study.file) + ": ";
    if (is_memory_error(error)) {
        return {.study = study,
                .code = ErrorCode::out_of_memory,
                .message = place + "there is not enough memory for this study"};
    }
    return {.study = study,
            .code = ErrorCode::internal,
            .message = place + "internal error: " + error.what()};
}

}  // namespace paraspinal
