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

// Scanners write direction cosines with 6 decimals or more, converters with as few as two: then a
// length is wrong by up to 0.9 %, an angle by 0.6 degrees. What is beyond is no rounding.
constexpr double kDirectionTolerance = 0.02;

bool are_perpendicular_units(const Vec3& a, const Vec3& b) {
    return std::abs(length(a) - 1) < kDirectionTolerance &&
           std::abs(length(b) - 1) < kDirectionTolerance &&
           std::abs(dot(a, b)) < kDirectionTolerance;
}

std::string plane_fault(DcmItem* position, DcmItem* orientation) {
    if (position == nullptr || !is_stated(*position, DCM_ImagePositionPatient)) {
        return "no position in its header";
    }
    if (orientation == nullptr || !is_stated(*orientation, DCM_ImageOrientationPatient)) {
        return "no orientation in its header";
    }
    return numbers(*position, DCM_ImagePositionPatient, 3) &&
                   numbers(*orientation, DCM_ImageOrientationPatient, 6)
               ? "the directions of its rows and columns are no unit vectors at right angles"
               : "its position or orientation is not made of numbers";
}

std::string spacing_fault(DcmItem* measures) {
    return measures == nullptr || !is_stated(*measures, DCM_PixelSpacing)
               ? "no pixel spacing in its header"
               : "its pixel spacing is not two numbers above zero";
}

// Spacing and plane of a slice from the items that hold them, each nullptr where it is absent.
void read_geometry(SliceHeader& slice, DcmItem* measures, DcmItem* position, DcmItem* orientation) {
    slice.spacing = measures != nullptr ? read_spacing(*measures) : std::nullopt;
    slice.plane = position != nullptr && orientation != nullptr
                      ? read_plane(*position, *orientation)
                      : std::nullopt;
    slice.geometry_fault = !slice.plane     ? plane_fault(position, orientation)
                           : !slice.spacing ? spacing_fault(measures)
                                            : "";
}

SliceHeader read_frame(const FrameGroups& groups, const SliceHeader& common, std::size_t frame) {
    SliceHeader slice = common;
    slice.frame = static_cast<int>(frame);
    read_geometry(slice,
                  group_item(groups, DCM_PixelMeasuresSequence),
                  group_item(groups, DCM_PlanePositionSequence),
                  group_item(groups, DCM_PlaneOrientationSequence));
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
    const Vec3 columns = normalized(along_columns);
    return ImagePlane{.origin_mm = {origin->at(0), origin->at(1), origin->at(2)},
                      .along_columns = columns,
                      .along_rows = normalized(along_rows - dot(along_rows, columns) * columns)};
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
        read_geometry(slices.back(), &dataset, &dataset, &dataset);
        return slices;
    }
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        slices.push_back(read_frame(frames[frame], common, frame));
        slices.back().frames_in_file = static_cast<int>(frames.size());
    }
    return slices;
}

}  // namespace paraspinal::dicom
