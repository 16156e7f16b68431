// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/structure_set.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

using dicom::items;
using dicom::text;

// All at once: asked one by one, DCMTK would look for each number from the start. Long contours in
// files with explicit VR are stored as UN, whose length has 32 bits.
std::string contour_text(DcmItem& contour) {
    DcmElement* element = nullptr;
    if (contour.findAndGetElement(DCM_ContourData, element).bad()) {
        return {};
    }
    Uint8* bytes = nullptr;
    if (element->ident() == EVR_UN && element->getUint8Array(bytes).good() && bytes != nullptr) {
        return {bytes, std::next(bytes, element->getLength())};
    }
    char* value = nullptr;
    return element->getString(value).good() && value != nullptr ? value : "";
}

// Throws nothing; nullopt for text that is no list of finite numbers.
std::optional<std::vector<double>> numbers_in(std::string_view list) {
    std::vector<double> numbers;
    while (true) {
        const std::size_t end = std::min(list.find('\\'), list.size());
        const std::optional<double> number = parse_number(trimmed(list.substr(0, end)));
        if (!number) {
            return std::nullopt;
        }
        numbers.push_back(*number);
        if (end == list.size()) {
            return numbers;
        }
        list.remove_prefix(end + 1);
    }
}

std::vector<Vec3> read_points(DcmItem& contour) {
    const auto numbers = numbers_in(contour_text(contour));
    if (!numbers || numbers->size() % 3 != 0) {
        throw Error(ErrorCode::malformed_file, "its contour data is no list of points");
    }
    const std::size_t count = numbers->size() / 3;
    const auto stated = dicom::whole_number(contour, DCM_NumberOfContourPoints);
    if (!stated || std::cmp_not_equal(*stated, count)) {
        throw Error(ErrorCode::malformed_file,
                    "the number of points of a contour contradicts its data");
    }
    std::vector<Vec3> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        points[i] = {(*numbers)[3 * i], (*numbers)[3 * i + 1], (*numbers)[3 * i + 2]};
    }
    return points;
}

void add_contours(StructureSetRoi& roi, DcmItem& roi_contour) {
    for (DcmItem* const contour : items(roi_contour, DCM_ContourSequence)) {
        const std::string type = text(*contour, DCM_ContourGeometricType);
        if (type != "CLOSED_PLANAR" && type != "CLOSEDPLANAR_XOR") {
            roi.has_open_contours = true;
            continue;
        }
        roi.contours.push_back(
            {.points_mm = read_points(*contour),
             .images = dicom::read_references(items(*contour, DCM_ContourImageSequence)),
             .is_xor = type == "CLOSEDPLANAR_XOR"});
    }
}

// In the order of the file; `numbers` finds them again.
std::vector<StructureSetRoi> read_rois(DcmDataset& dataset, std::map<int, std::size_t>& numbers) {
    std::vector<StructureSetRoi> rois;
    for (DcmItem* const item : items(dataset, DCM_StructureSetROISequence)) {
        const auto number = dicom::whole_number(*item, DCM_ROINumber);
        if (!number || !numbers.emplace(*number, rois.size()).second) {
            throw Error(ErrorCode::malformed_file, "its ROIs are not numbered");
        }
        rois.push_back({.number = *number,
                        .name = text(*item, DCM_ROIName),
                        .frame_of_reference_uid = text(*item, DCM_ReferencedFrameOfReferenceUID)});
    }
    return rois;
}

std::vector<std::string> read_study_uids(DcmDataset& dataset) {
    std::vector<std::string> uids{text(dataset, DCM_StudyInstanceUID)};
    for (DcmItem* const frame : items(dataset, DCM_ReferencedFrameOfReferenceSequence)) {
        for (DcmItem* const study : items(*frame, DCM_RTReferencedStudySequence)) {
            uids.push_back(text(*study, DCM_ReferencedSOPInstanceUID));
        }
    }
    return uids;
}

}  // namespace

StructureSet read_structure_set(const std::filesystem::path& file) {
    const dicom::OpenFile opened = dicom::open_file(file);
    if (!opened.complete) {
        throw Error(ErrorCode::malformed_file, "it ends too early; export it again");
    }
    DcmDataset& dataset = opened.dataset();
    std::map<int, std::size_t> places;
    StructureSet set{.study_uids = read_study_uids(dataset), .rois = read_rois(dataset, places)};
    for (DcmItem* const item : items(dataset, DCM_ROIContourSequence)) {
        const auto place =
            places.find(dicom::whole_number(*item, DCM_ReferencedROINumber).value_or(-1));
        if (place == places.end()) {
            throw Error(ErrorCode::malformed_file, "it has contours of an ROI that is not there");
        }
        StructureSetRoi& roi = set.rois[place->second];
        within("ROI number " + std::to_string(roi.number), [&] { add_contours(roi, *item); });
    }
    return set;
}

}  // namespace paraspinal
