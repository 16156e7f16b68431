// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/dicom_write/measurement_report.h"
#include "io/dicom_write/segments.h"
#include "io/imagej/roi.h"

#include <string>
#include <vector>

class DSRDocumentTree;
class DSRImageReferenceValue;

namespace paraspinal {

/// The segment of a structure. Throws Error internal when it has none.
const Segment& segment_of(const std::vector<Segment>& segments, Structure structure);

/// The outer borders of a segment along the edges of its pixels, the largest first. Holes are left
/// out, as a DICOM polyline has none. Coordinates as those of SCOORD (PS3.3 C.18.6): (0, 0) is the
/// upper left corner of the first pixel.
std::vector<RoiPath> outer_paths(const Segment& segment, ImageSize size);

/// The tracking identifier of a group. One outline that encloses just the pixels of its structure
/// is called as OHIF calls what was drawn there freehand, and OHIF then takes it over as one of its
/// own measurements, with the area of the outline. Any other would get another area than ours, and
/// has the name of the group alone.
std::string tracking_identifier(const ReportedGroup& group,
                                const std::vector<Segment>& segments,
                                ImageSize size);

/// Adds to each number of the finished tree the outlines that it was measured on, as polylines on
/// `image`: "inferred from", PS3.16 TID 320.
void add_outlines(DSRDocumentTree& tree,
                  const MeasurementReportContent& content,
                  const std::vector<Segment>& segments,
                  ImageSize size,
                  const DSRImageReferenceValue& image);

}  // namespace paraspinal
