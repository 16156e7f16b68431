// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "tests/support/dicom_phantom.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// An image that an outline object refers to.
struct PhantomReference {
    std::string sop_instance_uid;
    int frame = 0;  ///< From 1; 0: not stated.
};

/// A segment as writers describe it: codes of SNOMED CT, empty when absent.
struct PhantomSegment {
    int number = 1;
    std::string label;
    std::string type_code;
    std::string side_code;
    bool in_region = false;  ///< Codes as anatomic region instead of as property type.
};

struct PhantomSegmentFrame {
    int segment = 1;
    ImagePlane plane;
    Image<std::uint16_t> values;  ///< As stored.
    std::vector<PhantomReference> images;
};

/// A DICOM Segmentation. `changes` are made last; `frame_changes` in the groups of the first frame.
struct SegmentationPhantom {
    std::string study_uid = DicomPhantom().study_uid;
    std::string frame_of_reference_uid = DicomPhantom().study_uid + ".9";
    std::string type = "BINARY";
    int bits = 1;
    int largest_fraction = 255;
    ImageSize size;
    PixelSpacing spacing;
    bool has_place = true;
    bool shares_groups = false;  ///< Plane and images of the first frame, stated once for all.
    std::vector<PhantomSegment> segments;
    std::vector<PhantomSegmentFrame> frames;
    Syntax syntax = Syntax::explicit_little;
    std::vector<DicomElement> changes;
};

void write_segmentation(const std::filesystem::path& file, const SegmentationPhantom& phantom);

struct PhantomContour {
    std::vector<Vec3> points_mm;
    std::string type = "CLOSED_PLANAR";
    std::vector<PhantomReference> images;
    std::optional<int> stated_points;  ///< Else as many as there are.
    std::optional<std::string> data;   ///< Instead of the points.
};

struct PhantomRoi {
    int number = 1;
    std::string name;
    std::vector<PhantomContour> contours;
};

/// A DICOM RT Structure Set.
struct StructureSetPhantom {
    std::string study_uid = DicomPhantom().study_uid;
    std::string frame_of_reference_uid = DicomPhantom().study_uid + ".9";
    std::vector<PhantomRoi> rois;
    Syntax syntax = Syntax::implicit_little;  ///< Long contours need it.
    std::vector<DicomElement> changes;
};

void write_structure_set(const std::filesystem::path& file, const StructureSetPhantom& phantom);

}  // namespace paraspinal::testing
