// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"
#include "io/dicom_write/coded_concept.h"
#include "io/dicom_write/segmentation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One segment of a segmentation object: what it is and where. Its number is its place, from 1.
struct Segment {
    std::string label;
    CodedConcept category;
    CodedConcept type;
    Side side = Side::none;
    OutlineOrigin origin = OutlineOrigin::model;
    std::optional<CielabColor> color{};
    std::string algorithm;             ///< Empty for what was drawn by hand.
    std::vector<std::uint8_t> pixels;  ///< 1 inside; row by row.
};

/// The segments of `content` that are not empty: structures in the order of kStructures, then the
/// fat inside the muscles.
std::vector<Segment> segments_of(const SegmentationContent& content);

}  // namespace paraspinal
