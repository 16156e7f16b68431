// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/archive.h"

#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/node/client/archive_client_internal.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>

namespace paraspinal {
namespace {

DcmDataset identifier(const char* level) {
    DcmDataset dataset;
    dataset.putAndInsertString(DCM_QueryRetrieveLevel, level);
    return dataset;
}

DcmTagKey tag_of(ArchiveKey key) {
    return key == ArchiveKey::study_uid ? DCM_StudyInstanceUID : DCM_AccessionNumber;
}

}  // namespace

Archive::Archive(const Peer& peer, const ClientOptions& options, const Destination& destination)
    : client_(std::make_unique<ArchiveClient>(peer, options, destination)) {}

Archive::~Archive() = default;

std::vector<std::string> Archive::find_studies(ArchiveKey key, const std::string& value) {
    DcmDataset question = identifier("STUDY");
    question.putAndInsertString(DCM_AccessionNumber, "");
    question.putAndInsertString(DCM_StudyInstanceUID, "");
    question.putAndInsertString(tag_of(key), value.c_str());
    std::vector<std::string> studies;
    client_->find(question, [&](DcmDataset& answer) {
        const std::string uid = dicom::text(answer, DCM_StudyInstanceUID);
        if (may_be_asked(uid) &&
            lower_case(dicom::text(answer, tag_of(key))) == lower_case(value)) {
            studies.push_back(uid);
        }
    });
    std::ranges::sort(studies);
    studies.erase(std::unique(studies.begin(), studies.end()), studies.end());
    return studies;
}

std::vector<ArchivedSeries> Archive::find_mr_series(const std::string& study_uid) {
    DcmDataset question = identifier("SERIES");
    question.putAndInsertString(DCM_StudyInstanceUID, study_uid.c_str());
    question.putAndInsertString(DCM_SeriesInstanceUID, "");
    question.putAndInsertString(DCM_Modality, "MR");
    question.putAndInsertString(DCM_NumberOfSeriesRelatedInstances, "");
    std::vector<ArchivedSeries> series;
    client_->find(question, [&](DcmDataset& answer) {
        const std::string uid = dicom::text(answer, DCM_SeriesInstanceUID);
        if (may_be_asked(uid) && dicom::text(answer, DCM_Modality) == "MR") {
            series.push_back({.series_uid = uid,
                              .instances = parse_integer(
                                  dicom::text(answer, DCM_NumberOfSeriesRelatedInstances))});
        }
    });
    std::ranges::sort(series, {}, &ArchivedSeries::series_uid);
    return series;
}

Retrieved Archive::retrieve(const std::string& study_uid, const std::string& series_uid) {
    DcmDataset wanted = identifier("SERIES");
    wanted.putAndInsertString(DCM_StudyInstanceUID, study_uid.c_str());
    wanted.putAndInsertString(DCM_SeriesInstanceUID, series_uid.c_str());
    return client_->retrieve(wanted);
}

bool may_be_asked(std::string_view value) {
    constexpr std::size_t kLongest = 64;
    return !value.empty() && value.size() <= kLongest &&
           std::ranges::all_of(value, [](char letter) {
               return letter >= ' ' && letter <= '~' && letter != '*' && letter != '?' &&
                      letter != '\\';
           });
}

}  // namespace paraspinal
