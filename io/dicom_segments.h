// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"
#include "io/dicom_segmentation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace paraspinal {

/// A concept of SNOMED CT, the coding scheme SCT of DICOM.
struct SnomedConcept {
    const char* code;
    const char* meaning;
};

inline constexpr SnomedConcept kSnomedRight{.code = "24028007", .meaning = "Right"};
inline constexpr SnomedConcept kSnomedLeft{.code = "7771000", .meaning = "Left"};

/// One segment of a segmentation object: what it is and where.
struct Segment {
    std::string label;
    SnomedConcept category;
    SnomedConcept type;
    Side side = Side::none;
    std::vector<std::uint8_t> pixels;  ///< 1 inside; row by row.
};

/// The segments of `content` that are not empty: structures in the order of kStructures, then the
/// fat inside the muscles.
std::vector<Segment> segments_of(const SegmentationContent& content);

}  // namespace paraspinal
