// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/scan.h"

#include "core/patient_groups.h"
#include "core/person_names.h"
#include "core/text.h"
#include "io/dicom/acquisition.h"
#include "io/dicom/directory.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom/frames.h"
#include "io/dicom/kind.h"
#include "io/dicom/patient_age.h"
#include "io/digest.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

using dicom::number;
using dicom::text;
using dicom::whole_number;

// YYYYMMDD; ACR-NEMA and some archives put points between (PS3.5 6.2).
std::string date(DcmItem& dataset, const DcmTagKey& tag) {
    constexpr std::size_t kWithPoints = 10;
    std::string value = text(dataset, tag);
    if (value.size() == kWithPoints && value[4] == '.' && value[7] == '.') {
        std::erase(value, '.');
    }
    return value;
}

// What patient and date are the same of, is one examination; without them what lies in one folder.
std::string study_uid(DcmItem& dataset, const std::filesystem::path& file) {
    std::string stated = text(dataset, DCM_StudyInstanceUID);
    if (!stated.empty()) {
        return stated;
    }
    const std::string id = plain_patient_id(text(dataset, DCM_PatientID));
    const std::string day = date(dataset, DCM_StudyDate);
    std::error_code ignored;
    const std::string examination =
        id.empty() || is_id_of_everybody(id) || day.empty()
            ? std::filesystem::weakly_canonical(file, ignored).parent_path().string()
            : id + " of " + day;
    return std::string(kUnnamedStudy) + uid_name(examination);
}

// Names may have an alphabetic, an ideographic and a phonetic form (PS3.5 6.2.1): the same name,
// of which some devices send one and others all.
std::string one_form_of_name(const std::string& name) {
    const std::string alphabetic = name.substr(0, name.find('='));
    return alphabetic.empty() ? name : alphabetic;
}

AgeSources age_sources(DcmItem& dataset) {
    return {.stated_age = text(dataset, DCM_PatientAge),
            .birth_date = date(dataset, DCM_PatientBirthDate),
            .study_date = date(dataset, DCM_StudyDate)};
}

// PS3.3 C.7.1.1 has M, F and O; exports write words and small letters too.
std::string sex_of(const std::string& stated) {
    constexpr std::array<std::string_view, 3> kSexes{"male", "female", "other"};
    const std::string plain = lower_case(stated);
    for (const std::string_view sex : kSexes) {
        if (plain == sex || plain == sex.substr(0, 1)) {
            return {static_cast<char>(sex.front() - 'a' + 'A')};
        }
    }
    return {};
}

Patient read_patient(DcmItem& dataset) {
    Patient patient;
    patient.id = text(dataset, DCM_PatientID);
    patient.sex = sex_of(text(dataset, DCM_PatientSex));
    patient.name = one_form_of_name(text(dataset, DCM_PatientName));
    patient.birth_date = date(dataset, DCM_PatientBirthDate);
    patient.age_years = age_years(age_sources(dataset));
    patient.height_m = number(dataset, DCM_PatientSize);
    patient.weight_kg = number(dataset, DCM_PatientWeight);
    return patient;
}

Series read_series(const dicom::OpenFile& opened, const Study& study, SliceHeader common) {
    DcmItem& dataset = opened.dataset();
    common.patient = study.patient;
    common.study_date = study.study_date;
    common.accession_number = study.accession_number;
    common.series_description = text(dataset, DCM_SeriesDescription);
    common.assumptions = dicom::assumptions_of(opened);
    if (is_unnamed_study(study.study_uid)) {
        common.assumptions.emplace_back(
            "it states no study instance UID; images of one patient ID and study date, or else of "
            "one folder, were taken for one study");
    }
    if (are_contradictory(age_sources(dataset))) {
        common.assumptions.emplace_back(
            "its age is not that of its birth date and study date; the stated age was taken");
    }
    common.sop_instance_uid = dicom::instance_uid(opened);
    common.sop_class_uid = text(dataset, DCM_SOPClassUID);
    common.instance_number = whole_number(dataset, DCM_InstanceNumber).value_or(0);
    common.size = {.rows = whole_number(dataset, DCM_Rows).value_or(0),
                   .cols = whole_number(dataset, DCM_Columns).value_or(0)};
    common.acquisition = dicom::read_acquisition(dataset);

    Series series;
    series.series_uid = text(dataset, DCM_SeriesInstanceUID);
    series.description = common.series_description;
    series.series_number = whole_number(dataset, DCM_SeriesNumber).value_or(0);
    series.frame_of_reference_uid = text(dataset, DCM_FrameOfReferenceUID);
    series.slices = dicom::read_frames(dataset, common);
    return series;
}

// What is no image, such as a report, may spell its patient in its own way and is not asked.
bool may_be_mr_image(DcmItem& dataset) {
    const std::string sop_class = text(dataset, DCM_SOPClassUID);
    const std::string modality = text(dataset, DCM_Modality);
    return dicom::is_mr_image_class(sop_class) ||
           (sop_class.empty() && (modality.empty() || modality == "MR"));
}

}  // namespace

FileIdentity identify_dicom(const std::filesystem::path& file) {
    const dicom::OpenFile opened = dicom::open_file_until_series(file);
    DcmItem& dataset = opened.dataset();
    const Patient patient = read_patient(dataset);
    FileIdentity identity{.study_uid = study_uid(dataset, file),
                          .patient_id = patient.id,
                          .sop_instance_uid = text(dataset, DCM_SOPInstanceUID)};
    if (is_unnamed_study(identity.study_uid)) {
        // Only an image makes a study, and the start of a header does not tell what it is of.
        const auto refusal = dicom::refusal_of(dicom::open_file(file));
        if (refusal && refusal->code == ErrorCode::not_an_image) {
            throw Error(refusal->code, refusal->reason);
        }
    }
    if (may_be_mr_image(dataset)) {
        identity.person = person_text(patient, date(dataset, DCM_StudyDate));
        identity.accession_number = text(dataset, DCM_AccessionNumber);
    }
    return identity;
}

FileScan scan_dicom(const std::filesystem::path& file) {
    const dicom::OpenFile opened = dicom::open_file(file);
    DcmItem& dataset = opened.dataset();
    FileScan scan;
    Study study;
    study.study_uid = study_uid(dataset, file);
    study.study_date = date(dataset, DCM_StudyDate);
    study.accession_number = text(dataset, DCM_AccessionNumber);
    study.patient = read_patient(dataset);
    if (const auto refusal = dicom::refusal_of(opened)) {
        scan.skipped = dicom::missing_files_of_directory(dataset, file);
        scan.skipped.push_back({.file = file,
                                .code = refusal->code,
                                .reason = refusal->reason,
                                .study_uid = text(dataset, DCM_StudyInstanceUID)});
        // An image that cannot be read belongs to its study; what is no image does not.
        if (refusal->code != ErrorCode::not_an_image) {
            study.left_out = scan.skipped;
            scan.study = std::move(study);
        }
        return scan;
    }
    SliceHeader common;
    common.file = file;
    study.series.push_back(read_series(opened, study, std::move(common)));
    scan.study = std::move(study);
    return scan;
}

}  // namespace paraspinal
