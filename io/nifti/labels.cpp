// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/labels.h"

#include "core/error.h"
#include "core/plane.h"
#include "core/text.h"
#include "io/nifti/volume.h"
#include "io/read_slice.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace paraspinal {
namespace {

struct Voxel {
    int slice = -1;  // Negative: outside.
    PixelIndex pixel;
};

// Planes may be shifted against each other, as those of an oblique stack of axial slices.
class Grid {
  public:
    explicit Grid(const NiftiVolume& volume) : volume_(volume) {
        if (!volume.first_plane || !volume.spacing || !(volume.slice_spacing_mm > 0)) {
            throw Error(ErrorCode::missing_geometry,
                        "the label map has no place in the patient (" +
                            (volume.geometry_fault.empty() ? "neither sform nor qform"
                                                           : volume.geometry_fault) +
                            ")");
        }
        normal_ = normal(*volume.first_plane);
        step_mm_ = dot(volume.slice_step_mm, normal_);
    }

    [[nodiscard]] Voxel at(const Vec3& place_mm) const {
        const double height_mm = dot(place_mm - volume_.first_plane->origin_mm, normal_);
        const auto slice = nearest_index(height_mm / step_mm_, volume_.slices);
        if (!slice) {
            return {};
        }
        const auto pixel = nearest_pixel({.plane = *plane_of_slice(volume_, *slice),
                                          .spacing = *volume_.spacing,
                                          .size = volume_.size},
                                         place_mm);
        return pixel ? Voxel{*slice, *pixel} : Voxel{};
    }

  private:
    const NiftiVolume& volume_;
    Vec3 normal_;
    double step_mm_ = 0;
};

// "1 multifidus right, 2 left, 3 erector spinae right, 4 left, 5 vertebral body, ..."
std::string values_and_names() {
    std::string text;
    for (const StructureKind& kind : structure_kinds()) {
        const bool sides = has_sides(kind);
        text += (text.empty() ? "" : ", ") + std::to_string(static_cast<int>(kind.right)) + " " +
                with_spaces(kind.name) + (sides ? " right" : "");
        if (sides) {
            text += ", " + std::to_string(static_cast<int>(kind.left)) + " left";
        }
    }
    return text;
}

Structure structure_of(float value) {
    if (!(value >= 0 && value <= static_cast<float>(kStructures.size())) ||
        value != std::floor(value)) {
        throw Error(ErrorCode::outline_mismatch,
                    "the label map has values other than 0 to " +
                        std::to_string(kStructures.size()) + " (" + values_and_names() + ")");
    }
    return static_cast<Structure>(static_cast<int>(value));
}

}  // namespace

LabelMap read_nifti_labels(const std::filesystem::path& file, const ImageSlice& slice) {
    const NiftiVolume volume = read_nifti_header(file);
    if (std::max(volume.size.rows, volume.size.cols) > kMaxSidePixels) {
        throw Error(ErrorCode::image_too_large, "the planes of the label map are too large");
    }
    const Grid grid(volume);
    Image<Voxel> voxels(slice.intensity.size());
    std::set<int> planes;
    for (int row = 0; row < voxels.rows; ++row) {
        for (int col = 0; col < voxels.cols; ++col) {
            const PixelPosition center{.row = static_cast<double>(row),
                                       .col = static_cast<double>(col)};
            const Voxel voxel = grid.at(patient_from_pixel(slice.plane, slice.spacing, center));
            voxels[{row, col}] = voxel;
            if (voxel.slice >= 0) {
                planes.insert(voxel.slice);
            }
        }
    }
    if (planes.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "the label map and the slice do not overlap in the patient; choose the slice "
                    "that it belongs to with --slice");
    }
    LabelMap labels(slice.intensity.size());
    read_nifti_planes(file, planes, [&](int plane, const Image<float>& values) {
        for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
            if (voxels.pixels[i].slice == plane) {
                labels.pixels[i] = structure_of(values[voxels.pixels[i].pixel]);
            }
        }
    });
    if (std::ranges::all_of(labels.pixels,
                            [](Structure label) { return label == Structure::background; })) {
        throw Error(ErrorCode::outline_mismatch,
                    "the label map has no label on this slice; choose the slice that it belongs "
                    "to with --slice");
    }
    return labels;
}

}  // namespace paraspinal
