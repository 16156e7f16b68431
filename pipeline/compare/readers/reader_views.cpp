// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/reader_views.h"

#include "core/error.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/review/run_folder.h"

#include <set>
#include <utility>

namespace paraspinal {
namespace {

constexpr const char* kLabelsFile = "labels.nii.gz";

ReaderView view_of_run(const StudyRecord& record, const std::filesystem::path& study_folder) {
    ReaderView view{.labels = study_folder / kLabelsFile};
    view.has_numbers = record.status != "failed";
    view.measurement = record.measurement;
    view.muscles = record.muscles;
    return view;
}

ReaderView view_of(const Reading* reading,
                   const StudyRecord& record,
                   const std::filesystem::path& folder,
                   const std::filesystem::path& study_folder) {
    if (reading == nullptr) {
        return {};
    }
    ReaderView view;
    if (reading->decision != Decision::rejected && is_outdated(*reading, record.measurement)) {
        view.is_outdated = true;
    } else if (reading->decision == Decision::accepted) {
        view = view_of_run(record, study_folder);
    } else if (reading->decision == Decision::corrected) {
        view.has_numbers = true;
        view.measurement = reading->measurement;
        view.muscles = reading->muscles;
        view.labels = folder / reading->outlines / kLabelsFile;
        view.touched = reading->touched;
    }
    view.decision = reading->decision;
    view.is_blind = reading->is_blind;
    return view;
}

}  // namespace

std::vector<ReadStudy> read_views(const std::filesystem::path& folder,
                                  const std::vector<std::string>& readers) {
    const std::set<std::string> different(readers.begin(), readers.end());
    if (readers.size() < 2 || different.size() < readers.size()) {
        throw Error(ErrorCode::usage,
                    "--readers takes two different names or more, such as anna,ben,model");
    }
    if (different.contains(kLatestReading)) {
        throw Error(ErrorCode::usage,
                    "--readers compares people: 'latest' is no reader, but whoever decided last");
    }
    const std::vector<ListedStudy> listed_studies = list_studies(folder);
    std::vector<ChosenReadings> chosen;
    for (const std::string& reader : readers) {
        chosen.emplace_back(std::vector<std::filesystem::path>{folder}, reader);
    }
    std::vector<ReadStudy> studies;
    for (const ListedStudy& listed : listed_studies) {
        const StudyRecord record = current_record(folder, listed);
        const std::filesystem::path study_folder = folder / listed.folder;
        ReadStudy study{.study_uid = listed.study_uid, .views = {}};
        for (std::size_t i = 0; i < readers.size(); ++i) {
            study.views.push_back(
                readers[i] == kNoReading
                    ? view_of_run(record, study_folder)
                    : view_of(chosen[i].of(listed.study_uid), record, folder, study_folder));
        }
        studies.push_back(std::move(study));
    }
    return studies;
}

}  // namespace paraspinal
