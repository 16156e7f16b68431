// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/segmentation_object.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom/frames.h"
#include "io/dicom_outlines/segment_pixels.h"
#include "io/dicom_write/coded_concept.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

using dicom::items;
using dicom::text;

bool is_any_of(const std::vector<DcmItem*>& codes, const CodedConcept& meant) {
    return std::ranges::any_of(codes, [&meant](DcmItem* code) {
        return text(*code, DCM_CodeValue) == meant.code &&
               text(*code, DCM_CodingSchemeDesignator) == meant.scheme;
    });
}

// Writers put the anatomy into the type of the segment or into its region, and the side likewise.
std::vector<DcmItem*> anatomy_codes(DcmItem& segment) {
    std::vector<DcmItem*> codes = items(segment, DCM_SegmentedPropertyTypeCodeSequence);
    const std::vector<DcmItem*> regions = items(segment, DCM_AnatomicRegionSequence);
    codes.insert(codes.end(), regions.begin(), regions.end());
    return codes;
}

std::vector<DcmItem*> side_codes(const std::vector<DcmItem*>& anatomy) {
    std::vector<DcmItem*> codes;
    for (DcmItem* const code : anatomy) {
        for (const DcmTagKey& tag :
             {DCM_SegmentedPropertyTypeModifierCodeSequence, DCM_AnatomicRegionModifierSequence}) {
            const std::vector<DcmItem*> modifiers = items(*code, tag);
            codes.insert(codes.end(), modifiers.begin(), modifiers.end());
        }
    }
    return codes;
}

std::optional<Structure> coded_structure(const std::vector<DcmItem*>& anatomy) {
    const std::vector<DcmItem*> sides = side_codes(anatomy);
    const bool is_right = is_any_of(sides, laterality_code(Side::right));
    const bool is_left = is_any_of(sides, laterality_code(Side::left));
    for (const Structure structure : kStructures) {
        const Side side = side_of(structure);
        const bool is_this_side =
            is_right == (side == Side::right) && is_left == (side == Side::left);
        if (is_this_side && is_any_of(anatomy, anatomy_code(structure))) {
            return structure;
        }
    }
    return std::nullopt;
}

std::vector<SegmentMeaning> read_segments(DcmDataset& dataset) {
    std::vector<SegmentMeaning> segments;
    std::set<int> numbers;
    for (DcmItem* const item : items(dataset, DCM_SegmentSequence)) {
        const std::vector<DcmItem*> anatomy = anatomy_codes(*item);
        const int number = dicom::whole_number(*item, DCM_SegmentNumber).value_or(-1);
        if (number < 0 || !numbers.insert(number).second) {
            throw Error(ErrorCode::malformed_file, "its segments are not numbered");
        }
        segments.push_back({.number = number,
                            .label = text(*item, DCM_SegmentLabel),
                            .coded = coded_structure(anatomy),
                            .is_fat = is_any_of(anatomy, fat_code())});
    }
    if (segments.empty()) {
        throw Error(ErrorCode::malformed_file, "it describes no segment");
    }
    return segments;
}

std::vector<dicom::FrameGroups> read_groups(DcmDataset& dataset) {
    std::vector<dicom::FrameGroups> groups = dicom::functional_groups(dataset);
    const int frames = dicom::whole_number(dataset, DCM_NumberOfFrames).value_or(-1);
    if (groups.empty() || std::cmp_not_equal(frames, groups.size())) {
        throw Error(ErrorCode::malformed_file,
                    "its number of frames contradicts its functional groups");
    }
    return groups;
}

std::optional<ImageFrame> read_grid(const dicom::FrameGroups& groups, ImageSize size) {
    DcmItem* const position = dicom::group_item(groups, DCM_PlanePositionSequence);
    DcmItem* const orientation = dicom::group_item(groups, DCM_PlaneOrientationSequence);
    DcmItem* const measures = dicom::group_item(groups, DCM_PixelMeasuresSequence);
    if (position == nullptr && orientation == nullptr) {
        return std::nullopt;
    }
    const auto plane = position != nullptr && orientation != nullptr
                           ? dicom::read_plane(*position, *orientation)
                           : std::nullopt;
    const auto spacing = measures != nullptr ? dicom::read_spacing(*measures) : std::nullopt;
    if (!plane || !spacing) {
        throw Error(ErrorCode::malformed_file, "the place or spacing of a frame is damaged");
    }
    return ImageFrame{.plane = *plane, .spacing = *spacing, .size = size};
}

std::vector<ImageReference> read_images(const dicom::FrameGroups& groups) {
    DcmItem* const derivation = dicom::group_item(groups, DCM_DerivationImageSequence);
    return derivation == nullptr
               ? std::vector<ImageReference>()
               : dicom::read_references(items(*derivation, DCM_SourceImageSequence));
}

int segment_of(const dicom::FrameGroups& groups) {
    DcmItem* const identification = dicom::group_item(groups, DCM_SegmentIdentificationSequence);
    return identification == nullptr
               ? -1
               : dicom::whole_number(*identification, DCM_ReferencedSegmentNumber).value_or(-1);
}

// The segments that have pixels in a frame; 0 is the background of a label map.
std::vector<int> segments_in(const Image<std::uint16_t>& pixels,
                             dicom::SegmentEncoding::Type type,
                             const dicom::FrameGroups& groups) {
    std::array<bool, std::numeric_limits<std::uint16_t>::max() + 1> is_there{};
    for (const std::uint16_t value : pixels.pixels) {
        is_there.at(value) = true;
    }
    std::vector<int> segments;
    for (int value = 1; std::cmp_less(value, is_there.size()); ++value) {
        if (is_there.at(static_cast<std::size_t>(value))) {
            const bool is_label_map = type == dicom::SegmentEncoding::Type::label_map;
            segments.push_back(is_label_map ? value : segment_of(groups));
        }
    }
    return segments;
}

void require_described(int segment, const std::vector<SegmentMeaning>& segments) {
    if (std::ranges::find(segments, segment, &SegmentMeaning::number) == segments.end()) {
        throw Error(ErrorCode::malformed_file,
                    "it has pixels of a segment that it does not describe");
    }
}

void add_parts(SegmentationObject& object,
               const dicom::OpenFile& opened,
               const dicom::SegmentEncoding& encoding) {
    const std::vector<dicom::FrameGroups> groups = read_groups(opened.dataset());
    for (int frame = 0; std::cmp_less(frame, groups.size()); ++frame) {
        const dicom::FrameGroups& group = groups[static_cast<std::size_t>(frame)];
        const auto pixels = dicom::read_segment_frame(opened, encoding, frame);
        for (const int segment : segments_in(pixels, encoding.type, group)) {
            require_described(segment, object.segments);
            object.parts.push_back({.segment = segment,
                                    .frame = frame,
                                    .grid = read_grid(group, encoding.size),
                                    .images = read_images(group)});
        }
    }
}

}  // namespace

SegmentationObject read_segmentation(const std::filesystem::path& file) {
    const dicom::OpenFile opened = dicom::open_file_with_pixels(file);
    DcmDataset& dataset = opened.dataset();
    const dicom::SegmentEncoding encoding = dicom::read_segment_encoding(opened);
    SegmentationObject object{.study_uid = text(dataset, DCM_StudyInstanceUID),
                              .frame_of_reference_uid = text(dataset, DCM_FrameOfReferenceUID),
                              .size = encoding.size,
                              .segments = read_segments(dataset)};
    add_parts(object, opened, encoding);
    return object;
}

Mask read_part(const std::filesystem::path& file, const SegmentPart& part) {
    const dicom::OpenFile opened = dicom::open_file_with_pixels(file);
    const dicom::SegmentEncoding encoding = dicom::read_segment_encoding(opened);
    const auto pixels = dicom::read_segment_frame(opened, encoding, part.frame);
    const bool is_label_map = encoding.type == dicom::SegmentEncoding::Type::label_map;
    Mask mask(encoding.size);
    std::ranges::transform(pixels.pixels, mask.pixels.begin(), [&](std::uint16_t value) {
        return static_cast<std::uint8_t>(value == (is_label_map ? part.segment : 1) ? 1 : 0);
    });
    return mask;
}

}  // namespace paraspinal
