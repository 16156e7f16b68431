// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/deidentify.h"

#include "io/dicom/elements.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/study_elements.h"
#include "io/pseudonyms.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <string>
#include <vector>

namespace paraspinal::dicom {
namespace {

// SOP classes and the like are the same for everybody.
bool is_of_a_standard(const std::string& uid, const DcmTagKey& tag) {
    return uid.starts_with("1.2.840.10008.") || tag == DCM_CodingSchemeUID;
}

void hide(DcmItem& item, const Pseudonyms& pseudonyms);

void hide_in_items(DcmSequenceOfItems& sequence, const Pseudonyms& pseudonyms) {
    for (unsigned long i = 0; i < sequence.card(); ++i) {
        hide(*sequence.getItem(i), pseudonyms);
    }
}

void hide_value(DcmElement& element, const Pseudonyms& pseudonyms) {
    OFString value;
    switch (element.ident()) {
        case EVR_UI:
            element.getOFString(value, 0);
            if (!is_of_a_standard(value, element.getTag())) {
                check(element.putString(pseudonyms.dicom_uid(value).c_str()), "UID");
            }
            break;
        case EVR_PN:
        case EVR_DA:
        case EVR_TM:
        case EVR_DT: check(element.clear(), "name or date"); break;
        default: break;
    }
}

void hide(DcmItem& item, const Pseudonyms& pseudonyms) {
    for (unsigned long i = 0; i < item.card(); ++i) {
        DcmElement& element = *item.getElement(i);
        if (auto* const sequence = dynamic_cast<DcmSequenceOfItems*>(&element)) {
            hide_in_items(*sequence, pseudonyms);
        } else {
            // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): there is one below `card`.
            hide_value(element, pseudonyms);
        }
    }
}

void say_so(DcmDataset& object) {
    put(object, DCM_PatientIdentityRemoved, "YES");
    put(object, DCM_LongitudinalTemporalInformationModified, "REMOVED");
    put(object, DCM_DeidentificationMethod, kDeidentificationMethod);
    DcmItem* code = nullptr;
    check(object.findOrCreateSequenceItem(DCM_DeidentificationMethodCodeSequence, code), "method");
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): `check` throws where there is none.
    put_code(*code, {"113100", "DCM", "Basic Application Confidentiality Profile"});
}

}  // namespace

void deidentify(DcmDataset& object, const Pseudonyms& pseudonyms) {
    const std::string patient = pseudonyms.patient(text(object, DCM_PatientID));
    forget_study(object);
    hide(object, pseudonyms);
    put(object, DCM_PatientID, patient);
    put(object, DCM_PatientName, patient.empty() ? patient : patient + "^");
    // These must have a value.
    put(object, DCM_ContentDate, kUnknownDate);
    put(object, DCM_ContentTime, kUnknownTime);
    say_so(object);
}

}  // namespace paraspinal::dicom
