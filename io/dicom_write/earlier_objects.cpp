// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/earlier_objects.h"

#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/provenance.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>

namespace paraspinal {
namespace {

using dicom::new_item;
using dicom::put;

constexpr const char* kSegmentation = "seg";
constexpr const char* kReport = "sr";
constexpr const char* kNotice = "notice";

// So that an object does not grow without end; each of them names as many that are older still.
constexpr int kResultsNamed = 20;

void put_reference(DcmItem& item, const EarlierObject& earlier) {
    put(item, DCM_ReferencedSOPClassUID, earlier.sop_class_uid);
    put(item, DCM_ReferencedSOPInstanceUID, earlier.sop_instance_uid);
}

bool is_replaced_by(const std::string& name, const EarlierObject& earlier) {
    return name == kNotice || earlier.name == name ||
           (earlier.name == kNotice && (name == kSegmentation || name.starts_with("sc")));
}

Provenance after(std::vector<EarlierObject> earlier, Provenance provenance) {
    provenance.result_digest += after_text(earlier);
    provenance.earlier = std::move(earlier);
    return provenance;
}

// As write_object has it.
std::string written_uid(const Provenance& provenance, const std::string& name) {
    const std::string uid = object_uid(provenance, name);
    return provenance.pseudonyms ? provenance.pseudonyms->dicom_uid(uid) : uid;
}

// nullptr: it has a series of its own.
const EarlierObject* first_of_series(const Provenance& provenance, const std::string& name) {
    if (provenance.pseudonyms || (name != kSegmentation && name != kReport)) {
        return nullptr;
    }
    const auto& earlier = provenance.earlier;
    const auto found = std::find_if(earlier.rbegin(), earlier.rend(), [&](const auto& object) {
        return object.name == name && object.software_version == provenance.software_version &&
               (name == kReport ||
                object.frame_of_reference_uid == provenance.frame_of_reference_uid);
    });
    return found == earlier.rend() ? nullptr : &*found;
}

// PS3.3 C.12.2: what is referred to is listed by series.
void list_in_series(DcmDataset& object, const EarlierObject& earlier) {
    DcmItem& series = new_item(object, DCM_ReferencedSeriesSequence);
    put(series, DCM_SeriesInstanceUID, earlier.series_uid);
    put_reference(new_item(series, DCM_ReferencedInstanceSequence), earlier);
}

}  // namespace

std::string after_text(const std::vector<EarlierObject>& earlier) {
    std::string text;
    for (const EarlierObject& object : earlier) {
        text += " after " + object.sop_instance_uid;
    }
    return text;
}

std::vector<EarlierObject> replaced_by(const std::string& name,
                                       const std::vector<EarlierObject>& earlier) {
    std::vector<EarlierObject> replaced;
    for (const EarlierObject& object : earlier) {
        if (object.result > earlier.back().result - kResultsNamed && is_replaced_by(name, object)) {
            replaced.push_back(object);
        }
    }
    return replaced;
}

EarlierObject read_earlier_object(const std::filesystem::path& file) {
    return dicom::earlier_object(dicom::open_file(file).dataset(), file);
}

EarlierResults split_last(const std::vector<EarlierObject>& earlier) {
    EarlierResults results;
    for (const EarlierObject& object : earlier) {
        const bool is_last = object.result == earlier.back().result;
        (is_last ? results.last : results.before).push_back(object);
    }
    return results;
}

Provenance in_place_of(const std::vector<EarlierObject>& earlier, const Provenance& provenance) {
    if (earlier.empty()) {
        return provenance;
    }
    const EarlierResults results = split_last(earlier);
    const Provenance same = after(results.before, provenance);
    const bool is_same = std::ranges::any_of(results.last, [&same](const EarlierObject& object) {
        return object.sop_instance_uid == written_uid(same, object.name);
    });
    return is_same ? same : after(earlier, provenance);
}

int result_number(const Provenance& provenance) {
    return provenance.earlier.empty() ? 1 : provenance.earlier.back().result + 1;
}

std::string series_uid(const Provenance& provenance,
                       const std::string& name,
                       const std::string& series_name) {
    const EarlierObject* const first = first_of_series(provenance, name);
    return first != nullptr ? first->series_uid : object_uid(provenance, series_name + " series");
}

bool joins_series(const Provenance& provenance, const std::string& name) {
    return first_of_series(provenance, name) != nullptr;
}

namespace dicom {

EarlierObject earlier_object(DcmDataset& object, const std::filesystem::path& file) {
    return {.name = with_spaces(file.stem().string()),
            .sop_class_uid = text(object, DCM_SOPClassUID),
            .sop_instance_uid = text(object, DCM_SOPInstanceUID),
            .series_uid = text(object, DCM_SeriesInstanceUID),
            .software_version = text(object, DCM_SoftwareVersions),
            .frame_of_reference_uid = text(object, DCM_FrameOfReferenceUID)};
}

void refer_to_earlier(DcmDataset& object, const std::string& name, const Provenance& provenance) {
    for (const EarlierObject& earlier : replaced_by(name, provenance.earlier)) {
        if (name == kReport) {
            DcmItem& study = new_item(object, DCM_PredecessorDocumentsSequence);
            put(study, DCM_StudyInstanceUID, text(object, DCM_StudyInstanceUID));
            DcmItem& series = new_item(study, DCM_ReferencedSeriesSequence);
            put(series, DCM_SeriesInstanceUID, earlier.series_uid);
            put_reference(new_item(series, DCM_ReferencedSOPSequence), earlier);
            continue;
        }
        DcmItem& reference = new_item(object, DCM_ReferencedInstanceSequence);
        put_reference(reference, earlier);
        put_code(new_item(reference, DCM_PurposeOfReferenceCodeSequence),
                 {kReplacedCode, kOwnScheme, "Earlier result that this one replaces"});
        if (name == kSegmentation) {
            list_in_series(object, earlier);
        }
    }
}

}  // namespace dicom
}  // namespace paraspinal
