// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/outline_file.h"

#include "core/error.h"
#include "core/plane.h"
#include "core/text.h"
#include "io/dicom_outlines/segmentation_object.h"
#include "io/imagej/roi_mask.h"
#include "pipeline/study/outlines/own_outlines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <variant>

namespace paraspinal {
namespace {

// ROIs are read whole before their canvas is known.
struct Drawn {
    OutlineSlices labels;
    std::vector<StructureRoi> rois;
};

void put(const Mask& mask, Structure structure, Image<std::uint16_t>& values) {
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        if (mask.pixels[i] == 0) {
            continue;
        }
        if (values.pixels[i] != 0 && values.pixels[i] != static_cast<std::uint16_t>(structure)) {
            throw Error(ErrorCode::outline_mismatch,
                        "two structures share pixels; an outline that is compared holds each once");
        }
        values.pixels[i] = static_cast<std::uint16_t>(structure);
    }
}

bool is_same_place(const std::optional<ImageFrame>& one, const std::optional<ImageFrame>& other) {
    return one.has_value() == other.has_value() &&
           (!one || (one->size == other->size && lies_in_plane(*one, other->plane)));
}

OutlineSlices slices_of(const DicomDrawing& drawing) {
    OutlineSlices labels{.slices = {}, .table = default_label_table()};
    for (const DrawnPart& part : drawing.parts) {
        const auto* const pixels = std::get_if<SegmentPart>(&part.shape);
        if (pixels == nullptr) {
            throw Error(ErrorCode::usage,
                        "a DICOM RT Structure Set has contours without pixels; measure the study "
                        "with it ('measure --outlines') and compare labels.nii.gz");
        }
        const Mask mask = read_part(drawing.file, *pixels);
        auto slice = std::ranges::find_if(labels.slices, [&](const LabelSlice& one) {
            return is_same_place(one.grid, pixels->grid) && one.values.size() == mask.size();
        });
        if (slice == labels.slices.end()) {
            labels.slices.push_back(
                {.values = Image<std::uint16_t>(mask.size()), .grid = pixels->grid});
            slice = labels.slices.end() - 1;
        }
        put(mask, part.structure, slice->values);
    }
    return labels;
}

// The canvas that holds an ROI.
ImageSize extent_of(const ImageJRoi& roi) {
    ImageSize size{.rows = 1, .cols = 1};
    const auto grow = [&size](double row, double col) {
        size.rows = std::max(size.rows, static_cast<int>(std::ceil(row)) + 1);
        size.cols = std::max(size.cols, static_cast<int>(std::ceil(col)) + 1);
    };
    if (const auto* const oval = std::get_if<RoiOval>(&roi.shape)) {
        grow(oval->top + oval->height, oval->left + oval->width);
        return size;
    }
    for (const RoiPath& path : std::get<std::vector<RoiPath>>(roi.shape)) {
        for (const RoiPoint& point : path) {
            grow(point.y, point.x);
        }
    }
    return size;
}

void draw_rois(const ImageSize& canvas, Drawn& drawn) {
    LabelSlice slice{.values = Image<std::uint16_t>(canvas), .grid = std::nullopt};
    for (const StructureRoi& one : drawn.rois) {
        put(roi_mask(one.roi, canvas), one.structure, slice.values);
    }
    drawn.labels = {.slices = {std::move(slice)}, .table = default_label_table()};
}

Drawn read_drawn(const std::filesystem::path& file, const LabelTable& table) {
    if (is_label_file(file)) {
        return {.labels = {.slices = read_label_slices(file), .table = table}, .rois = {}};
    }
    OwnOutlines own = read_own_outlines({.outlines = file, .roi_names = {}});
    if (auto* const rois = std::get_if<std::vector<StructureRoi>>(&own)) {
        return {.labels = {}, .rois = std::move(*rois)};
    }
    return within("file " + file.string(), [&] {
        return Drawn{.labels = slices_of(std::get<DicomDrawing>(own)), .rois = {}};
    });
}

bool has_place(const Drawn& drawn) {
    return !drawn.labels.slices.empty() && drawn.labels.slices.front().grid.has_value();
}

}  // namespace

bool is_outline_name(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 3> kEnds{".dcm", ".roi", ".zip"};
    const std::string name = lower_case(file.filename().string());
    return is_label_file(file) ||
           std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

std::pair<OutlineSlices, OutlineSlices> read_outline_pair(const std::filesystem::path& first,
                                                          const std::filesystem::path& second,
                                                          const LabelTable& table) {
    Drawn one = read_drawn(first, table);
    Drawn other = read_drawn(second, table);
    if (has_place(one) != has_place(other)) {
        throw Error(ErrorCode::outline_mismatch,
                    "PNG files and ROIs of ImageJ have no place in the patient, so that nobody can "
                    "tell which pixels of the other file are theirs; compare them with their like, "
                    "or labels.nii.gz of 'measure --outlines'");
    }
    ImageSize canvas{.rows = 1, .cols = 1};
    for (const Drawn* const drawn : {&one, &other}) {
        for (const StructureRoi& roi : drawn->rois) {
            const ImageSize extent = extent_of(roi.roi);
            canvas.rows = std::max(canvas.rows, extent.rows);
            canvas.cols = std::max(canvas.cols, extent.cols);
        }
        for (const LabelSlice& slice : drawn->labels.slices) {
            canvas.rows = std::max(canvas.rows, slice.values.rows);
            canvas.cols = std::max(canvas.cols, slice.values.cols);
        }
    }
    for (Drawn* const drawn : {&one, &other}) {
        if (!drawn->rois.empty()) {
            draw_rois(canvas, *drawn);
        }
    }
    return {std::move(one.labels), std::move(other.labels)};
}

}  // namespace paraspinal
