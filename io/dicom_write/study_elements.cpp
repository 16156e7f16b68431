// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/study_elements.h"

#include "io/dicom_write/derived_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <memory>
#include <vector>

namespace paraspinal::dicom {
namespace {

// Type 2: present in every object, perhaps without a value.
std::vector<DcmTagKey> required() {
    return {DCM_PatientName,
            DCM_PatientID,
            DCM_PatientBirthDate,
            DCM_PatientSex,
            DCM_StudyDate,
            DCM_StudyTime,
            DCM_ReferringPhysicianName,
            DCM_StudyID,
            DCM_AccessionNumber};
}

std::vector<DcmTagKey> optional() {
    return {DCM_IssuerOfPatientID,
            DCM_IssuerOfPatientIDQualifiersSequence,
            DCM_PatientBirthTime,
            DCM_OtherPatientIDsSequence,
            DCM_EthnicGroup,
            DCM_PatientComments,
            DCM_PatientIdentityRemoved,
            DCM_DeidentificationMethod,
            DCM_DeidentificationMethodCodeSequence,
            DCM_LongitudinalTemporalInformationModified,
            DCM_StudyDescription,
            DCM_IssuerOfAccessionNumberSequence,
            DCM_PatientAge,
            DCM_PatientSize,
            DCM_PatientWeight,
            DCM_TimezoneOffsetFromUTC};
}

// NOLINTNEXTLINE(*-easily-swappable-parameters): in the order of copy_study.
void copy(DcmDataset& image, DcmDataset& object, const DcmTagKey& tag) {
    object.findAndDeleteElement(tag);
    DcmElement* found = nullptr;
    if (image.findAndGetElement(tag, found).bad()) {
        return;
    }
    auto copied = std::unique_ptr<DcmElement>(OFstatic_cast(DcmElement*, found->clone()));
    check(object.insert(copied.get(), OFTrue), "patient and study");
    static_cast<void>(copied.release());  // The data set owns it now.
}

}  // namespace

void copy_study(DcmDataset& image, DcmDataset& object) {
    copy(image, object, DCM_SpecificCharacterSet);
    copy(image, object, DCM_StudyInstanceUID);
    for (const DcmTagKey& tag : required()) {
        copy(image, object, tag);
        if (!object.tagExists(tag)) {
            check(object.insertEmptyElement(tag), "patient and study");
        }
    }
    for (const DcmTagKey& tag : optional()) {
        copy(image, object, tag);
    }
}

void forget_study(DcmDataset& object) {
    for (const DcmTagKey& tag : required()) {
        check(object.insertEmptyElement(tag), "patient and study");
    }
    for (const DcmTagKey& tag : optional()) {
        object.findAndDeleteElement(tag);
    }
}

}  // namespace paraspinal::dicom
