// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/report_outlines.h"

#include "core/error.h"
#include "io/dicom_write/derived_object.h"
#include "io/imagej/trace_outline.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmsr/dsrdoctr.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace paraspinal {
namespace {

using dicom::check;

// Prefix by which OHIF knows a closed outline (its @cornerstonejs/adapters, versions 1 to 3).
constexpr const char* kFreehandOutline = "Cornerstone3DTools@^0.1.0:PlanarFreehandROI:";

Mask mask_of(const Segment& segment, ImageSize size) {
    Mask mask(size);
    mask.pixels = segment.pixels;
    return mask;
}

// Positive for outer borders, negative for holes: rows are counted downwards.
double signed_area_px(const RoiPath& path) {
    double twice = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const RoiPoint& next = path[(i + 1) % path.size()];
        twice += path[i].x * next.y - next.x * path[i].y;
    }
    return twice / 2;
}

// One outline of all that belongs to the structure, and of nothing else.
bool is_one_outline(const std::vector<RoiPath>& outer, const Segment& segment) {
    const auto inside = std::accumulate(segment.pixels.begin(), segment.pixels.end(), 0L);
    return outer.size() == 1 && std::lround(signed_area_px(outer.front())) == inside;
}

DSRCodedEntryValue source_of_measurement() {
    return {"121112", "DCM", "Source of Measurement"};
}

// The cursor is at the number, before and after.
void add_polyline(DSRDocumentTree& tree, const RoiPath& path, const DSRImageReferenceValue& image) {
    check(tree.addChildContentItem(
              DSRTypes::RT_inferredFrom, DSRTypes::VT_SCoord, source_of_measurement()),
          "outline");
    DSRSpatialCoordinatesValue polyline(DSRTypes::GT_Polyline);
    for (const RoiPoint& point : path) {
        polyline.getGraphicDataList().addItem(static_cast<Float32>(point.x),
                                              static_cast<Float32>(point.y));
    }
    // PS3.3 C.18.6.1.2: closed by its first point.
    polyline.getGraphicDataList().addItem(static_cast<Float32>(path.front().x),
                                          static_cast<Float32>(path.front().y));
    check(tree.getCurrentContentItem().setSpatialCoordinates(polyline), "outline");
    check(tree.addChildContentItem(
              DSRTypes::RT_selectedFrom, DSRTypes::VT_Image, DSRCodedEntryValue()),
          "outlined image");
    check(tree.getCurrentContentItem().setImageReference(image), "outlined image");
    tree.goUp();
    tree.goUp();
}

std::vector<Structure> regions_of(const ReportedGroup& group, const ReportedNumber& number) {
    return group.structure ? std::vector{*group.structure} : number.regions;
}

}  // namespace

const Segment& segment_of(const std::vector<Segment>& segments, Structure structure) {
    const auto found = std::ranges::find(segments, label_name(structure), &Segment::label);
    if (found == segments.end()) {
        throw Error(ErrorCode::internal,
                    "a measured structure has no segment: " + std::string(label_name(structure)));
    }
    return *found;
}

std::vector<RoiPath> outer_paths(const Segment& segment, ImageSize size) {
    std::vector<RoiPath> paths = trace_outline(mask_of(segment, size));
    std::erase_if(paths, [](const RoiPath& path) { return signed_area_px(path) < 0; });
    std::ranges::stable_sort(paths, std::greater(), signed_area_px);
    return paths;
}

std::string tracking_identifier(const ReportedGroup& group,
                                const std::vector<Segment>& segments,
                                ImageSize size) {
    if (!group.structure) {
        return group.name;
    }
    const Segment& segment = segment_of(segments, *group.structure);
    return is_one_outline(outer_paths(segment, size), segment) ? kFreehandOutline + group.name
                                                               : group.name;
}

void add_outlines(DSRDocumentTree& tree,
                  const MeasurementReportContent& content,
                  const std::vector<Segment>& segments,
                  ImageSize size,
                  const DSRImageReferenceValue& image) {
    const DSRCodedEntryValue measurement_group("125007", "DCM", "Measurement Group");
    std::size_t node = tree.gotoNamedNode(measurement_group);
    for (const ReportedGroup& group : content.groups) {
        for (const ReportedNumber& number : group.numbers) {
            if (tree.gotoNode(node) == 0 ||
                tree.gotoNamedNodeInSubTree(
                    {number.name.code, number.name.scheme, number.name.meaning}) == 0) {
                throw Error(ErrorCode::internal, "a number is missing: " + number.name.meaning);
            }
            for (const Structure structure : regions_of(group, number)) {
                for (const RoiPath& path : outer_paths(segment_of(segments, structure), size)) {
                    add_polyline(tree, path, image);
                }
            }
        }
        tree.gotoNode(node);
        node = tree.gotoNextNamedNode(measurement_group, false);
    }
}

}  // namespace paraspinal
