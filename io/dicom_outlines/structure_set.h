// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "io/dicom_outlines/image_reference.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A closed line in the patient; the last point is joined to the first.
struct Contour {
    std::vector<Vec3> points_mm;
    std::vector<ImageReference> images;  ///< That it was drawn on; may be empty.
    /// CLOSEDPLANAR_XOR: a pixel is inside when an odd number of contours holds it. Otherwise
    /// contours are united, save that one inside another is a hole (PS3.3 C.8.8.6.3).
    bool is_xor = false;
};

/// An ROI of a structure set.
struct StructureSetRoi {
    int number = 0;
    std::string name;                    ///< UTF-8; free text.
    std::string frame_of_reference_uid;  ///< May be empty.
    std::vector<Contour> contours;
    bool has_open_contours = false;  ///< Points and open lines as well, which are left out here.
};

/// A DICOM RT Structure Set (PS3.3 A.19).
struct StructureSet {
    std::vector<std::string> study_uids;  ///< Its own, and those that it refers to.
    std::vector<StructureSetRoi> rois;
};

/// Reads the ROIs and their closed contours: CLOSED_PLANAR and CLOSEDPLANAR_XOR (PS3.3 C.8.8.6.3).
///
/// Throws Error malformed_file (contour data that is no list of points or contradicts their number,
/// contours of an ROI that is not there) and as dicom::open_file.
StructureSet read_structure_set(const std::filesystem::path& file);

}  // namespace paraspinal
