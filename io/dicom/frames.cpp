// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/frames.h"

#include "io/dicom/acquisition.h"
#include "io/dicom/elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>

namespace paraspinal::dicom {
namespace {

// Scanners write direction cosines with 6 decimals or more; 1e-3 is 0.06 degrees.
constexpr double kDirectionTolerance = 1e-3;

bool are_perpendicular_units(const Vec3& a, const Vec3& b) {
    return std::abs(length(a) - 1) < kDirectionTolerance &&
           std::abs(length(b) - 1) < kDirectionTolerance &&
           std::abs(dot(a, b)) < kDirectionTolerance;
}

SliceHeader read_frame(const FrameGroups& groups, const SliceHeader& common, std::size_t frame) {
    SliceHeader slice = common;
    slice.frame = static_cast<int>(frame);
    DcmItem* const position = group_item(groups, DCM_PlanePositionSequence);
    DcmItem* const orientation = group_item(groups, DCM_PlaneOrientationSequence);
    slice.plane = position != nullptr && orientation != nullptr
                      ? read_plane(*position, *orientation)
                      : std::nullopt;
    DcmItem* const measures = group_item(groups, DCM_PixelMeasuresSequence);
    slice.spacing = measures != nullptr ? read_spacing(*measures) : std::nullopt;
    for (DcmItem* const level : {groups.shared, groups.per_frame}) {
        if (level != nullptr) {
            read_frame_acquisition(*level, slice.acquisition);
        }
    }
    return slice;
}

}  // namespace

std::optional<PixelSpacing> read_spacing(DcmItem& item) {
    const auto values = numbers(item, DCM_PixelSpacing, 2);
    if (!values || values->at(0) <= 0 || values->at(1) <= 0) {
        return std::nullopt;
    }
    return PixelSpacing{.row_mm = values->at(0), .col_mm = values->at(1)};
}

std::optional<ImagePlane> read_plane(DcmItem& position, DcmItem& orientation) {
    const auto origin = numbers(position, DCM_ImagePositionPatient, 3);
    const auto cosines = numbers(orientation, DCM_ImageOrientationPatient, 6);
    if (!origin || !cosines) {
        return std::nullopt;
    }
    const Vec3 along_columns{cosines->at(0), cosines->at(1), cosines->at(2)};
    const Vec3 along_rows{cosines->at(3), cosines->at(4), cosines->at(5)};
    if (!are_perpendicular_units(along_columns, along_rows)) {
        return std::nullopt;
    }
    return ImagePlane{.origin_mm = {origin->at(0), origin->at(1), origin->at(2)},
                      .along_columns = normalized(along_columns),
                      .along_rows = normalized(along_rows)};
}

std::vector<FrameGroups> functional_groups(DcmItem& dataset) {
    std::vector<FrameGroups> frames;
    DcmItem* const shared = first_item(dataset, DCM_SharedFunctionalGroupsSequence);
    for (DcmItem* const frame : items(dataset, DCM_PerFrameFunctionalGroupsSequence)) {
        frames.push_back({.per_frame = frame, .shared = shared});
    }
    return frames;
}

DcmItem* group_item(const FrameGroups& groups, const DcmTagKey& sequence) {
    for (DcmItem* const level : {groups.per_frame, groups.shared}) {
        if (level != nullptr) {
            if (DcmItem* const found = first_item(*level, sequence)) {
                return found;
            }
        }
    }
    return nullptr;
}

std::vector<SliceHeader> read_frames(DcmItem& dataset, const SliceHeader& common) {
    const std::vector<FrameGroups> frames = functional_groups(dataset);
    std::vector<SliceHeader> slices;
    if (frames.empty()) {
        slices.push_back(common);
        slices.back().spacing = read_spacing(dataset);
        slices.back().plane = read_plane(dataset, dataset);
        return slices;
    }
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        slices.push_back(read_frame(frames[frame], common, frame));
        slices.back().frames_in_file = static_cast<int>(frames.size());
    }
    return slices;
}

}  // namespace paraspinal::dicom
