// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/segmentation.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/derived_uid.h"
#include "io/dicom_write/segments.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmfg/fgderimg.h>
#include <dcmtk/dcmfg/fgfracon.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

namespace paraspinal {
namespace {

using dicom::check;

CodeSequenceMacro code(const CodedConcept& meant) {
    return {meant.code, meant.scheme, meant.meaning};
}

DcmSegTypes::E_SegmentAlgoType algorithm_type(OutlineOrigin origin) {
    switch (origin) {
        case OutlineOrigin::model: return DcmSegTypes::SAT_AUTOMATIC;
        case OutlineOrigin::operator_drawn: return DcmSegTypes::SAT_MANUAL;
        case OutlineOrigin::operator_trimmed: return DcmSegTypes::SAT_SEMIAUTOMATIC;
    }
    return DcmSegTypes::SAT_UNKNOWN;
}

// At most 16 characters, the limit of VR DS (PS3.5, 6.2).
OFString decimal_string(double value) {
    constexpr std::size_t kLongest = 16;
    std::array<char, 40> text{};
    for (int digits = 15; digits > 0; --digits) {
        const auto [end, failure] = std::to_chars(
            text.data(), text.data() + text.size(), value, std::chars_format::general, digits);
        if (end - text.data() <= static_cast<std::ptrdiff_t>(kLongest)) {
            return {text.data(), static_cast<std::size_t>(end - text.data())};
        }
    }
    return "0";
}

Uint16 add_segment(DcmSegmentation& document, const Segment& input, const Provenance& provenance) {
    DcmSegment* segment = nullptr;
    check(DcmSegment::create(segment,
                             input.label,
                             code(input.category),
                             code(input.type),
                             algorithm_type(input.origin),
                             input.algorithm),
          "segment");
    if (input.side != Side::none) {
        // The segment takes the modifier over.
        segment->getSegmentedPropertyTypeModifierCode().push_back(
            std::make_unique<CodeSequenceMacro>(code(laterality_code(input.side))).release());
    }
    if (input.color) {
        const auto [lightness, a, b] = *input.color;
        check(segment->setRecommendedDisplayCIELabValue(lightness, a, b), "color");
    }
    check(segment->setTrackingID(input.label), "tracking");
    check(segment->setTrackingUID(object_uid(provenance, "segment " + input.label)), "tracking");
    Uint16 number = 0;
    check(document.addSegment(segment, number), "segment");
    return number;
}

// The frame that the outlines were drawn on, as every frame of ours refers to it.
std::unique_ptr<FGDerivationImage> derivation(DcmDataset& image, const SliceHeader& source) {
    auto group = std::make_unique<FGDerivationImage>();
    DerivationImageItem* item = nullptr;
    check(group->addDerivationImageItem(
              CodeSequenceMacro("113076", "DCM", "Segmentation"), "Outlines", item),
          "derivation");
    SourceImageItem* reference = nullptr;
    check(item->addSourceImageItem(
              &image,
              CodeSequenceMacro("121322", "DCM", "Source image for image processing operation"),
              reference),
          "source image");
    if (source.frames_in_file > 1) {
        check(reference->getImageSOPInstanceReference().addReferencedFrameNumber(
                  static_cast<Uint16>(source.frame + 1)),
              "source frame");
    }
    return group;
}

void add_shared_geometry(DcmSegmentation& document, const SegmentationContent& content) {
    FGPixelMeasures measures;
    check(measures.setPixelSpacing(decimal_string(content.spacing.row_mm) + "\\" +
                                   decimal_string(content.spacing.col_mm)),
          "pixel spacing");
    check(measures.setSliceThickness(decimal_string(content.slice_thickness_mm)),
          "slice thickness");
    check(document.addForAllFrames(measures), "pixel measures");
    const Vec3 x = content.plane.along_columns;
    const Vec3 y = content.plane.along_rows;
    const std::unique_ptr<FGPlaneOrientationPatient> orientation(
        FGPlaneOrientationPatient::createMinimal(decimal_string(x.x),
                                                 decimal_string(x.y),
                                                 decimal_string(x.z),
                                                 decimal_string(y.x),
                                                 decimal_string(y.y),
                                                 decimal_string(y.z)));
    check(document.addForAllFrames(*orientation), "orientation");
}

void add_frames(DcmSegmentation& document,
                std::vector<Segment> segments,
                const ImagePlane& plane,
                const Provenance& provenance,
                FGDerivationImage& derived_from) {
    const Vec3 origin = plane.origin_mm;
    const std::unique_ptr<FGPlanePosPatient> position(FGPlanePosPatient::createMinimal(
        decimal_string(origin.x), decimal_string(origin.y), decimal_string(origin.z)));
    for (Segment& segment : segments) {
        const Uint16 number = add_segment(document, segment, provenance);
        FGFrameContent frame;
        check(frame.setStackID("1"), "stack");
        check(frame.setInStackPositionNumber(1), "stack position");
        check(frame.setDimensionIndexValues(number, 0), "dimension");
        check(frame.setDimensionIndexValues(1, 1), "dimension");
        OFVector<FGBase*> groups;
        groups.push_back(position.get());
        groups.push_back(&frame);
        groups.push_back(&derived_from);
        check(document.addFrame(segment.pixels.data(), number, groups), "frame");
    }
}

std::unique_ptr<DcmSegmentation> new_document(ImageSize size, const Provenance& provenance) {
    ContentIdentificationMacro* identification = nullptr;
    check(ContentIdentificationMacro::create("1",
                                             "PARASPINAL",
                                             "Paraspinal muscles. Research use only.",
                                             "paraspinal^",
                                             identification),
          "content identification");
    const std::unique_ptr<ContentIdentificationMacro> owned(identification);
    const IODGeneralEquipmentModule::EquipmentInfo equipment(
        "paraspinal", "paraspinal", "none", provenance.software_version);
    DcmSegmentation* document = nullptr;
    check(DcmSegmentation::createBinarySegmentation(document,
                                                    static_cast<Uint16>(size.rows),
                                                    static_cast<Uint16>(size.cols),
                                                    equipment,
                                                    *identification),
          "creation");
    std::unique_ptr<DcmSegmentation> result(document);
    const std::string dimension = object_uid(provenance, "dimension");
    check(result->getDimensions().addDimensionIndex(
              DCM_ReferencedSegmentNumber, dimension, DCM_SegmentIdentificationSequence, "segment"),
          "dimension");
    check(result->getDimensions().addDimensionIndex(
              DCM_ImagePositionPatient, dimension, DCM_PlanePositionSequence, "position"),
          "dimension");
    return result;
}

void set_place(DcmSegmentation& document, DcmDataset& image, const Provenance& provenance) {
    check(document.getFrameOfReference().setFrameOfReferenceUID(provenance.frame_of_reference_uid),
          "frame of reference");
    // Nothing is written without one; write_object puts ours in its place.
    check(document.getSeries().setSeriesNumber("1"), "series");
    check(document.getStudy().setStudyInstanceUID(dicom::text(image, DCM_StudyInstanceUID)),
          "study");
}

// Common Instance Reference (PS3.3, C.12.2), which the library leaves to its user.
// NOLINTNEXTLINE(*-easily-swappable-parameters): what is written first, as in all of io/derived.
void refer_to(DcmDataset& object, DcmDataset& image) {
    DcmItem* series = nullptr;
    DcmItem* instance = nullptr;
    check(object.findOrCreateSequenceItem(DCM_ReferencedSeriesSequence, series), "reference");
    check(series->findOrCreateSequenceItem(DCM_ReferencedInstanceSequence, instance), "reference");
    const auto copy = [&image](DcmItem& to, const DcmTagKey& tag, const DcmTagKey& from) {
        check(to.putAndInsertString(tag, dicom::text(image, from).c_str()), "reference");
    };
    copy(*series, DCM_SeriesInstanceUID, DCM_SeriesInstanceUID);
    copy(*instance, DCM_ReferencedSOPClassUID, DCM_SOPClassUID);
    copy(*instance, DCM_ReferencedSOPInstanceUID, DCM_SOPInstanceUID);
}

void require_same_grid(const SliceHeader& source, ImageSize size) {
    if (source.size != size) {
        throw Error(ErrorCode::outline_mismatch,
                    source.file.string() + ": " + std::to_string(source.size.rows) + " x " +
                        std::to_string(source.size.cols) + " pixels, the outlines are on " +
                        std::to_string(size.rows) + " x " + std::to_string(size.cols));
    }
}

}  // namespace

void write_dicom_segmentation(const std::filesystem::path& file,
                              const SegmentationContent& content,
                              const Provenance& provenance) {
    require_same_grid(provenance.source, content.labels.size());
    const dicom::OpenFile image = dicom::open_file(provenance.source.file);
    std::vector<Segment> segments = segments_of(content);
    if (segments.empty()) {
        throw Error(ErrorCode::outline_mismatch, "nothing is outlined, so there is no segment");
    }
    const std::unique_ptr<DcmSegmentation> document =
        new_document(content.labels.size(), provenance);
    set_place(*document, image.dataset(), provenance);
    add_shared_geometry(*document, content);
    const auto derived_from = derivation(image.dataset(), provenance.source);
    add_frames(*document, std::move(segments), content.plane, provenance, *derived_from);

    DcmFileFormat object;
    check(document->writeDataset(*object.getDataset()), "writing");
    refer_to(*object.getDataset(), image.dataset());
    dicom::write_object(file,
                        object,
                        image.dataset(),
                        {.name = "seg",
                         .series_number = "9001",
                         .series_description = "Paraspinal muscles (research use)"},
                        provenance);
}

}  // namespace paraspinal
