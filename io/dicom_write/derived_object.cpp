// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/derived_object.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom_write/deidentify.h"
#include "io/dicom_write/study_elements.h"
#include "io/output_file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>

namespace paraspinal::dicom {
namespace {

// So that who looks at the list of series tells the results apart: the number of the first result
// in the series, as a series has one description.
std::string description(const ObjectKind& kind, const Provenance& provenance) {
    std::string text = provenance.series_prefix + kind.series_description;
    const auto first = std::ranges::find(provenance.earlier,
                                         series_uid(provenance, kind.name, kind.series_name),
                                         &EarlierObject::series_uid);
    return with_result_number(
        std::move(text),
        first == provenance.earlier.end() ? result_number(provenance) : first->result);
}

void put_series(DcmDataset& object, const ObjectKind& kind, const Provenance& provenance) {
    put(object, DCM_SOPInstanceUID, object_uid(provenance, kind.name));
    put(object, DCM_SeriesInstanceUID, series_uid(provenance, kind.name, kind.series_name));
    put(object,
        DCM_SeriesNumber,
        std::to_string(parse_integer(kind.series_number).value_or(0) + provenance.series_shift));
    put(object, DCM_SeriesDescription, description(kind, provenance));
    put(object,
        DCM_InstanceNumber,
        joins_series(provenance, kind.name) ? std::to_string(result_number(provenance))
                                            : kind.instance_number);
    put(object, DCM_Manufacturer, "paraspinal");
    put(object, DCM_ManufacturerModelName, "paraspinal");
    put(object, DCM_DeviceSerialNumber, "none");
    put(object, DCM_SoftwareVersions, provenance.software_version);
}

// The library puts the clock there.
void put_dates(DcmDataset& object, const Provenance& provenance) {
    const std::array from_the_clock{DCM_InstanceCreationDate,
                                    DCM_InstanceCreationTime,
                                    DCM_SeriesDate,
                                    DCM_SeriesTime,
                                    DCM_TimezoneOffsetFromUTC};
    for (const DcmTagKey& tag : from_the_clock) {
        object.findAndDeleteElement(tag);
    }
    put(object, DCM_ContentDate, provenance.content_date);
    put(object, DCM_ContentTime, provenance.content_time);
}

}  // namespace

void put_code(DcmItem& item, const CodedConcept& code) {
    put(item, DCM_CodeValue, code.code);
    put(item, DCM_CodingSchemeDesignator, code.scheme);
    put(item, DCM_CodeMeaning, code.meaning);
}

std::string with_result_number(std::string description, int number) {
    const std::size_t end = std::min(description.size(), description.rfind(" ("));
    const std::size_t begin = std::min(end, description.find(", no. "));
    return description.replace(
        begin, end - begin, number == 1 ? "" : ", no. " + std::to_string(number));
}

void write_object(const std::filesystem::path& file,
                  DcmFileFormat& object,
                  DcmDataset& image,
                  const ObjectKind& kind,
                  const Provenance& provenance) {
    DcmDataset& dataset = *object.getDataset();
    put_series(dataset, kind, provenance);
    put_dates(dataset, provenance);
    copy_study(image, dataset);
    if (provenance.pseudonyms) {
        deidentify(dataset, *provenance.pseudonyms);
    }
    refer_to_earlier(dataset, kind.name, provenance);  // These UIDs are as they went out.
    write_file_with(file, [&object](const std::filesystem::path& part) {
        const OFCondition saved = object.saveFile(part.c_str(), EXS_LittleEndianExplicit);
        if (saved.bad()) {
            throw Error(ErrorCode::output_not_writable,
                        part.string() + ": " + saved.text() + "; check permissions and disk space");
        }
    });
}

}  // namespace paraspinal::dicom
