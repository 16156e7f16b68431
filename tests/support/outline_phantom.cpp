// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/outline_phantom.h"

#include "core/text.h"
#include "tests/support/dicom_put.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace paraspinal::testing {
namespace {

void put_common(DcmItem& item, const std::string& study_uid, const char* modality) {
    put(item, DCM_Modality, modality);
    put(item, DCM_SOPInstanceUID, study_uid + ".77.1");
    put(item, DCM_SeriesInstanceUID, study_uid + ".77");
    put(item, DCM_StudyInstanceUID, study_uid);
    put(item, DCM_PatientName, "PHANTOM^PAULA");
    put(item, DCM_PatientID, "P1");
}

void put_code(DcmItem& item, const std::string& code) {
    put(item, DCM_CodeValue, code);
    put(item, DCM_CodingSchemeDesignator, "SCT");
    put(item, DCM_CodeMeaning, "some meaning");
}

void put_references(DcmItem& parent,
                    const DcmTagKey& sequence,
                    const std::vector<PhantomReference>& images) {
    for (const PhantomReference& image : images) {
        DcmItem& item = new_item(parent, sequence);
        put(item, DCM_ReferencedSOPClassUID, UID_MRImageStorage);
        put(item, DCM_ReferencedSOPInstanceUID, image.sop_instance_uid);
        if (image.frame > 0) {
            put(item, DCM_ReferencedFrameNumber, std::to_string(image.frame));
        }
    }
}

void put_segment(DcmItem& item, const PhantomSegment& segment) {
    put_short(item, DCM_SegmentNumber, segment.number);
    put(item, DCM_SegmentLabel, segment.label);
    if (segment.type_code.empty()) {
        return;
    }
    DcmItem& type = new_item(item, DCM_SegmentedPropertyTypeCodeSequence);
    put_code(type, segment.in_region ? "71616004" : segment.type_code);
    DcmItem& anatomy = segment.in_region ? new_item(item, DCM_AnatomicRegionSequence) : type;
    put_code(anatomy, segment.type_code);
    if (!segment.side_code.empty()) {
        put_code(new_item(anatomy,
                          segment.in_region ? DCM_AnatomicRegionModifierSequence
                                            : DCM_SegmentedPropertyTypeModifierCodeSequence),
                 segment.side_code);
    }
}

void put_place(DcmItem& groups, const SegmentationPhantom& phantom, const PhantomSegmentFrame& of) {
    if (phantom.has_place) {
        put_position(new_item(groups, DCM_PlanePositionSequence), of.plane);
        put_orientation(new_item(groups, DCM_PlaneOrientationSequence), of.plane);
        put_spacing(new_item(groups, DCM_PixelMeasuresSequence), phantom.spacing);
    }
    if (!of.images.empty()) {
        put_references(
            new_item(groups, DCM_DerivationImageSequence), DCM_SourceImageSequence, of.images);
    }
}

void put_frames(DcmItem& dataset, const SegmentationPhantom& phantom) {
    if (phantom.shares_groups) {
        put_place(
            new_item(dataset, DCM_SharedFunctionalGroupsSequence), phantom, phantom.frames.front());
    }
    for (const PhantomSegmentFrame& frame : phantom.frames) {
        DcmItem& groups = new_item(dataset, DCM_PerFrameFunctionalGroupsSequence);
        if (!phantom.shares_groups) {
            put_place(groups, phantom, frame);
        }
        if (phantom.type != "LABELMAP") {
            put_short(new_item(groups, DCM_SegmentIdentificationSequence),
                      DCM_ReferencedSegmentNumber,
                      frame.segment);
        }
    }
}

// Bits run on from frame to frame without a gap.
std::vector<Uint8> packed(const SegmentationPhantom& phantom) {
    std::vector<Uint8> bytes;
    std::size_t count = 0;
    for (const PhantomSegmentFrame& frame : phantom.frames) {
        for (const std::uint16_t value : frame.values.pixels) {
            if (phantom.bits == 1) {
                bytes.resize(count / 8 + 1);
                bytes.back() = static_cast<Uint8>(bytes.back() | (value & 1U) << count % 8);
                ++count;
            } else {
                bytes.push_back(static_cast<Uint8>(value));
                if (phantom.bits == 16) {
                    bytes.push_back(static_cast<Uint8>(value >> 8U));
                }
            }
        }
    }
    return bytes;
}

std::string data_of(const PhantomContour& contour) {
    std::string data;
    for (const Vec3& point : contour.points_mm) {
        for (const double value : {point.x, point.y, point.z}) {
            data += (data.empty() ? "" : "\\") + fixed_text(value, 9);
        }
    }
    return data;
}

}  // namespace

void write_segmentation(const std::filesystem::path& file, const SegmentationPhantom& phantom) {
    DcmFileFormat format;
    DcmDataset& dataset = *format.getDataset();
    put(dataset, DCM_SOPClassUID, UID_SegmentationStorage);
    put_common(dataset, phantom.study_uid, "SEG");
    put(dataset, DCM_FrameOfReferenceUID, phantom.frame_of_reference_uid);
    put(dataset, DCM_SegmentationType, phantom.type);
    if (phantom.type == "FRACTIONAL") {
        put_short(dataset, DCM_MaximumFractionalValue, phantom.largest_fraction);
    }
    put_short(dataset, DCM_SamplesPerPixel, 1);
    put(dataset, DCM_PhotometricInterpretation, "MONOCHROME2");
    put_short(dataset, DCM_Rows, phantom.size.rows);
    put_short(dataset, DCM_Columns, phantom.size.cols);
    put_short(dataset, DCM_BitsAllocated, phantom.bits);
    put_short(dataset, DCM_BitsStored, phantom.bits);
    put_short(dataset, DCM_HighBit, phantom.bits - 1);
    put_short(dataset, DCM_PixelRepresentation, 0);
    put(dataset, DCM_NumberOfFrames, std::to_string(phantom.frames.size()));
    for (const PhantomSegment& segment : phantom.segments) {
        put_segment(new_item(dataset, DCM_SegmentSequence), segment);
    }
    put_frames(dataset, phantom);
    put_pixels(dataset, packed(phantom), phantom.bits == 16 ? 16 : 8);
    change(dataset, phantom.changes);
    save(format, file, phantom.syntax);
}

void write_structure_set(const std::filesystem::path& file, const StructureSetPhantom& phantom) {
    DcmFileFormat format;
    DcmDataset& dataset = *format.getDataset();
    put(dataset, DCM_SOPClassUID, UID_RTStructureSetStorage);
    put_common(dataset, phantom.study_uid, "RTSTRUCT");
    for (const PhantomRoi& roi : phantom.rois) {
        DcmItem& named = new_item(dataset, DCM_StructureSetROISequence);
        put(named, DCM_ROINumber, std::to_string(roi.number));
        put(named, DCM_ReferencedFrameOfReferenceUID, phantom.frame_of_reference_uid);
        put(named, DCM_ROIName, roi.name);
        DcmItem& drawn = new_item(dataset, DCM_ROIContourSequence);
        put(drawn, DCM_ReferencedROINumber, std::to_string(roi.number));
        for (const PhantomContour& contour : roi.contours) {
            DcmItem& item = new_item(drawn, DCM_ContourSequence);
            put_references(item, DCM_ContourImageSequence, contour.images);
            put(item, DCM_ContourGeometricType, contour.type);
            const auto points = static_cast<int>(contour.points_mm.size());
            put(item,
                DCM_NumberOfContourPoints,
                std::to_string(contour.stated_points.value_or(points)));
            put(item, DCM_ContourData, contour.data.value_or(data_of(contour)));
        }
    }
    change(dataset, phantom.changes);
    save(format, file, phantom.syntax);
}

}  // namespace paraspinal::testing
