// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/label_slices.h"

#include "core/error.h"
#include "core/slice.h"
#include "core/text.h"
#include "io/label_volume.h"
#include "io/png_image.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace paraspinal {
namespace {

Image<std::uint16_t> whole_numbers(const Image<float>& image) {
    Image<std::uint16_t> values(image.size());
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const float value = image.pixels[i];
        if (value < 0 || value > std::numeric_limits<std::uint16_t>::max() ||
            value != std::round(value)) {
            throw Error(ErrorCode::malformed_file,
                        "it is no label map: its values are not whole numbers from 0 to 65535");
        }
        values.pixels[i] = static_cast<std::uint16_t>(value);
    }
    return values;
}

Structure structure_of(std::uint16_t value, const LabelTable& table) {
    const auto row = table.find(value);
    return row == table.end() ? Structure::background : row->second;
}

LabelMap resampled(const LabelSlice& slice, const ImageFrame& grid, const LabelTable& table) {
    LabelMap labels(grid.size);
    for (int row = 0; row < grid.size.rows; ++row) {
        for (int col = 0; col < grid.size.cols; ++col) {
            const Vec3 point_mm =
                patient_from_pixel(grid.plane, grid.spacing, {.row = row * 1.0, .col = col * 1.0});
            if (const auto nearest = nearest_pixel(*slice.grid, point_mm)) {
                labels[{row, col}] = structure_of(slice.values[*nearest], table);
            }
        }
    }
    return labels;
}

LabelMap renamed(const LabelSlice& slice, const LabelTable& table) {
    LabelMap labels(slice.values.size());
    std::ranges::transform(slice.values.pixels, labels.pixels.begin(), [&](std::uint16_t value) {
        return structure_of(value, table);
    });
    return labels;
}

}  // namespace

bool is_label_file(const std::filesystem::path& file) {
    const std::string name = lower_case(file.filename().string());
    return name.ends_with(".nii") || name.ends_with(".nii.gz") || has_png_name(file);
}

std::vector<LabelSlice> read_label_slices(const std::filesystem::path& file) {
    if (has_png_name(file)) {
        return {{.values = read_png(file), .grid = std::nullopt}};
    }
    std::vector<LabelSlice> slices;
    read_label_volume(file, [&slices](const ImageSlice& plane) {
        slices.push_back(
            {.values = whole_numbers(plane.intensity),
             .grid = ImageFrame{
                 .plane = plane.plane, .spacing = plane.spacing, .size = plane.intensity.size()}});
    });
    return slices;
}

std::optional<LabelMap> labels_on_grid(const std::vector<LabelSlice>& slices,
                                       const ImageFrame& grid,
                                       const LabelTable& table) {
    for (const LabelSlice& slice : slices) {
        if (!slice.grid && slice.values.size() == grid.size) {
            return renamed(slice, table);
        }
        if (slice.grid && lies_in_plane(grid, slice.grid->plane)) {
            return resampled(slice, grid, table);
        }
    }
    return std::nullopt;
}

std::set<int> unnamed_values(const std::vector<LabelSlice>& slices, const LabelTable& table) {
    std::set<int> values;
    for (const LabelSlice& slice : slices) {
        values.insert(slice.values.pixels.begin(), slice.values.pixels.end());
    }
    std::erase_if(values, [&](int value) { return value == 0 || table.contains(value); });
    return values;
}

}  // namespace paraspinal
