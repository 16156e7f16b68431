// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/segments.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

// DICOM PS3.16 CID 7150.
CodedConcept anatomical_structure() {
    return {"91723000", "SCT", "Anatomical Structure"};
}
CodedConcept tissue() {
    return {"85756007", "SCT", "Tissue"};
}

Segment segment_of(const SegmentationContent& content, Structure structure) {
    const auto origin = content.origins.find(structure);
    Segment segment{.label = std::string(label_name(structure)),
                    .category = anatomical_structure(),
                    .type = anatomy_code(structure),
                    .side = side_of(structure),
                    .pixels = std::vector<std::uint8_t>(content.labels.pixels.size())};
    const auto color = content.colors.find(structure);
    if (color != content.colors.end()) {
        segment.color = color->second;
    }
    segment.origin = origin != content.origins.end() ? origin->second : OutlineOrigin::model;
    if (segment.origin != OutlineOrigin::operator_drawn) {
        segment.algorithm = content.outline_algorithm;
    }
    std::ranges::transform(
        content.labels.pixels,
        segment.pixels.begin(),
        [structure](Structure label) -> std::uint8_t { return label == structure ? 1 : 0; });
    return segment;
}

}  // namespace

std::vector<Segment> segments_of(const SegmentationContent& content) {
    std::vector<Segment> segments;
    segments.reserve(kStructures.size() + 1);
    for (const Structure structure : kStructures) {
        segments.push_back(segment_of(content, structure));
    }
    segments.push_back({.label = "intramuscular_fat",
                        .category = tissue(),
                        .type = fat_code(),
                        .color = content.fat_color,
                        .algorithm = content.fat_algorithm,
                        .pixels = {content.fat.pixels.begin(), content.fat.pixels.end()}});
    std::erase_if(segments, [](const Segment& segment) {
        return std::ranges::find(segment.pixels, 1) == segment.pixels.end();
    });
    return segments;
}

}  // namespace paraspinal
