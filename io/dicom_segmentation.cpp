// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_segmentation.h"

#include "core/error.h"
#include "io/derived_uid.h"
#include "io/dicom_file.h"
#include "io/dicom_segments.h"
#include "io/output_file.h"

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

CodeSequenceMacro code(const SnomedConcept& meant) {
    return {meant.code, "SCT", meant.meaning};
}

void check(const OFCondition& condition, const char* what) {
    if (condition.bad()) {
        throw Error(ErrorCode::internal,
                    std::string("the segmentation object: ") + what + ": " + condition.text());
    }
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

Uint16 add_segment(DcmSegmentation& document,
                   const Segment& input,
                   const SegmentationContent& content) {
    DcmSegment* segment = nullptr;
    check(DcmSegment::create(
              segment,
              input.label,
              code(input.category),
              code(input.type),
              content.is_automatic ? DcmSegTypes::SAT_AUTOMATIC : DcmSegTypes::SAT_SEMIAUTOMATIC,
              content.algorithm),
          "segment");
    if (input.side != Side::none) {
        // The segment takes the modifier over.
        segment->getSegmentedPropertyTypeModifierCode().push_back(
            std::make_unique<CodeSequenceMacro>(
                code(input.side == Side::right ? kSnomedRight : kSnomedLeft))
                .release());
    }
    check(segment->setTrackingID(input.label), "tracking");
    OFString series;
    check(document.getSeries().getSeriesInstanceUID(series), "series");
    check(segment->setTrackingUID(derived_uid(std::string(series) + input.label)), "tracking");
    Uint16 number = 0;
    check(document.addSegment(segment, number), "segment");
    return number;
}

// The frame that the outlines were drawn on, as every frame of ours refers to it.
std::unique_ptr<FGDerivationImage> derivation(DcmDataset& image, const DicomSource& source) {
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
                const SegmentationContent& content,
                FGDerivationImage& derived_from) {
    const Vec3 origin = content.plane.origin_mm;
    const std::unique_ptr<FGPlanePosPatient> position(FGPlanePosPatient::createMinimal(
        decimal_string(origin.x), decimal_string(origin.y), decimal_string(origin.z)));
    for (Segment& segment : segments) {
        const Uint16 number = add_segment(document, segment, content);
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

std::unique_ptr<DcmSegmentation> new_document(const SegmentationContent& content,
                                              const std::string& uid_root) {
    const std::string version = content.software_version;
    const IODGeneralEquipmentModule::EquipmentInfo equipment(
        "paraspinal", "paraspinal", "none", version);
    ContentIdentificationMacro* identification = nullptr;
    check(ContentIdentificationMacro::create("1",
                                             "PARASPINAL",
                                             "Paraspinal muscles. Research use only.",
                                             "paraspinal^",
                                             identification),
          "content identification");
    const std::unique_ptr<ContentIdentificationMacro> owned(identification);
    DcmSegmentation* document = nullptr;
    check(DcmSegmentation::createBinarySegmentation(document,
                                                    static_cast<Uint16>(content.labels.rows),
                                                    static_cast<Uint16>(content.labels.cols),
                                                    equipment,
                                                    *identification),
          "creation");
    std::unique_ptr<DcmSegmentation> result(document);
    check(result->getSOPCommon().setSOPInstanceUID(derived_uid(uid_root + " seg")), "UID");
    check(result->getSeries().setSeriesInstanceUID(derived_uid(uid_root + " series")),
          "series UID");
    check(result->getSeries().setSeriesNumber("9001"), "series number");
    check(result->getSeries().setSeriesDescription("Paraspinal muscles (research use)"),
          "series description");
    const std::string dimension = derived_uid(uid_root + " dimension");
    check(result->getDimensions().addDimensionIndex(
              DCM_ReferencedSegmentNumber, dimension, DCM_SegmentIdentificationSequence, "segment"),
          "dimension");
    check(result->getDimensions().addDimensionIndex(
              DCM_ImagePositionPatient, dimension, DCM_PlanePositionSequence, "position"),
          "dimension");
    return result;
}

std::string text_of(DcmDataset& dataset, const DcmTagKey& tag) {
    OFString value;
    dataset.findAndGetOFString(tag, value);
    return value;
}

// The library puts the clock there; an object made twice of one study must be the same.
void set_dates(DcmDataset& object, const dicom::OpenFile& source) {
    DcmDataset& image = source.dataset();
    const std::string date = text_of(image, DCM_StudyDate);
    const std::string time = text_of(image, DCM_StudyTime);
    constexpr const char* kUnknownDate = "19000101";
    check(object.putAndInsertString(DCM_ContentDate, date.empty() ? kUnknownDate : date.c_str()),
          "date");
    check(object.putAndInsertString(DCM_ContentTime, time.empty() ? "000000" : time.c_str()),
          "time");
    for (const DcmTagKey& tag : {DCM_InstanceCreationDate,
                                 DCM_InstanceCreationTime,
                                 DCM_SeriesDate,
                                 DCM_SeriesTime,
                                 DCM_TimezoneOffsetFromUTC}) {
        object.findAndDeleteElement(tag);
    }
}

// Common Instance Reference (PS3.3, C.12.2), which the library leaves to its user.
void refer_to(DcmDataset& object, const dicom::OpenFile& source) {
    DcmDataset& image = source.dataset();
    DcmItem* series = nullptr;
    DcmItem* instance = nullptr;
    check(object.findOrCreateSequenceItem(DCM_ReferencedSeriesSequence, series), "reference");
    check(series->findOrCreateSequenceItem(DCM_ReferencedInstanceSequence, instance), "reference");
    const auto copy = [&image](DcmItem& to, const DcmTagKey& tag, const DcmTagKey& from) {
        check(to.putAndInsertString(tag, text_of(image, from).c_str()), "reference");
    };
    copy(*series, DCM_SeriesInstanceUID, DCM_SeriesInstanceUID);
    copy(*instance, DCM_ReferencedSOPClassUID, DCM_SOPClassUID);
    copy(*instance, DCM_ReferencedSOPInstanceUID, DCM_SOPInstanceUID);
}

void require_same_grid(DcmDataset& image, ImageSize size, const std::filesystem::path& file) {
    Uint16 rows = 0;
    Uint16 cols = 0;
    image.findAndGetUint16(DCM_Rows, rows);
    image.findAndGetUint16(DCM_Columns, cols);
    if (rows != size.rows || cols != size.cols) {
        throw Error(ErrorCode::outline_mismatch,
                    file.string() + ": " + std::to_string(rows) + " x " + std::to_string(cols) +
                        " pixels, the outlines are on " + std::to_string(size.rows) + " x " +
                        std::to_string(size.cols));
    }
}

}  // namespace

void write_dicom_segmentation(const std::filesystem::path& file,
                              const DicomSource& source,
                              const SegmentationContent& content) {
    const dicom::OpenFile image = dicom::open_file(source.file);
    DcmDataset& header = image.dataset();
    require_same_grid(header, content.labels.size(), source.file);
    std::vector<Segment> segments = segments_of(content);
    if (segments.empty()) {
        throw Error(ErrorCode::outline_mismatch, "nothing is outlined, so there is no segment");
    }
    const std::string uid_root = text_of(header, DCM_SOPInstanceUID) + "#" +
                                 std::to_string(source.frame) + " " + content.algorithm + " " +
                                 content.software_version;
    const std::unique_ptr<DcmSegmentation> document = new_document(content, uid_root);
    check(document->importFromSourceImage(header), "patient and study");
    add_shared_geometry(*document, content);
    const auto derived_from = derivation(header, source);
    add_frames(*document, std::move(segments), content, *derived_from);

    DcmFileFormat object;
    check(document->writeDataset(*object.getDataset()), "writing");
    set_dates(*object.getDataset(), image);
    refer_to(*object.getDataset(), image);
    write_file_with(file, [&object](const std::filesystem::path& part) {
        const OFCondition saved = object.saveFile(part.c_str(), EXS_LittleEndianExplicit);
        if (saved.bad()) {
            throw Error(ErrorCode::output_not_writable,
                        part.string() + ": " + saved.text() + "; check permissions and disk space");
        }
    });
}

}  // namespace paraspinal
