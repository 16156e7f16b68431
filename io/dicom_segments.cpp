// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_segments.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

// Sources: DICOM PS3.16 CID 7150 (categories), CID 244 (laterality), CID 6116 (erector spinae); for
// the rest the SNOMED CT international edition.
constexpr SnomedConcept kAnatomicalStructure{.code = "91723000", .meaning = "Anatomical Structure"};
constexpr SnomedConcept kTissue{.code = "85756007", .meaning = "Tissue"};
constexpr SnomedConcept kAdiposeTissue{.code = "55603005", .meaning = "Adipose tissue"};

SnomedConcept anatomy_of(Structure structure) {
    switch (structure) {
        case Structure::multifidus_right:
        case Structure::multifidus_left: return {.code = "5709001", .meaning = "Multifidus muscle"};
        case Structure::erector_spinae_right:
        case Structure::erector_spinae_left:
            return {.code = "44947003", .meaning = "Erector spinae muscle"};
        case Structure::psoas_right:
        case Structure::psoas_left: return {.code = "64038003", .meaning = "Psoas major muscle"};
        case Structure::vertebral_body:
        case Structure::background: break;
    }
    return {.code = "3572006", .meaning = "Body of vertebra"};
}

}  // namespace

std::vector<Segment> segments_of(const SegmentationContent& content) {
    std::vector<Segment> segments;
    const auto add = [&segments](Segment segment) {
        if (std::ranges::find(segment.pixels, 1) != segment.pixels.end()) {
            segments.push_back(std::move(segment));
        }
    };
    for (const Structure structure : kStructures) {
        std::vector<std::uint8_t> pixels(content.labels.pixels.size());
        std::ranges::transform(content.labels.pixels, pixels.begin(), [structure](Structure label) {
            return static_cast<std::uint8_t>(label == structure ? 1 : 0);
        });
        add({.label = std::string(label_name(structure)),
             .category = kAnatomicalStructure,
             .type = anatomy_of(structure),
             .side = side_of(structure),
             .pixels = std::move(pixels)});
    }
    add({.label = "intramuscular_fat",
         .category = kTissue,
         .type = kAdiposeTissue,
         .pixels = {content.fat.pixels.begin(), content.fat.pixels.end()}});
    return segments;
}

}  // namespace paraspinal
