// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/read_case.h"

#include "core/error.h"
#include "io/find_studies.h"
#include "io/png_image.h"
#include "io/read_slice.h"
#include "pipeline/compare/labels/label_slices.h"
#include "pipeline/compare/labels/match_cases.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

ImageSlice read_png_slice(const std::filesystem::path& file, const ReadCaseOptions& options) {
    if (!options.pixel_mm) {
        throw Error(ErrorCode::usage,
                    "PNG images do not state the size of their pixels; give --pixel-mm");
    }
    const Image<std::uint16_t> gray = read_png(file);
    if (std::min(gray.rows, gray.cols) < kMinSidePixels) {
        throw Error(ErrorCode::image_too_small,
                    "file " + file.string() + ": the image is too small");
    }
    ImageSlice slice;
    slice.intensity = Image<float>(gray.size());
    std::ranges::copy(gray.pixels, slice.intensity.pixels.begin());
    slice.spacing = {.row_mm = *options.pixel_mm, .col_mm = *options.pixel_mm};
    return slice;  // The default plane is that of a radiological display.
}

std::vector<SliceHeader> headers_of(const CaseFiles& files, const ReadCaseOptions& options) {
    std::vector<SliceHeader> headers;
    for (const Study& study : find_studies({files.images}).studies) {
        for (const Series& series : study.series) {
            headers.insert(headers.end(), series.slices.begin(), series.slices.end());
        }
    }
    // The mask may lie among the images.
    std::erase_if(headers, [&](const SliceHeader& header) {
        return std::filesystem::equivalent(header.file, files.mask);
    });
    for (SliceHeader& header : headers) {
        if (!header.spacing && options.pixel_mm) {
            header.spacing = {.row_mm = *options.pixel_mm, .col_mm = *options.pixel_mm};
        }
    }
    return headers;
}

bool is_empty(const LabelMap& labels) {
    return std::ranges::all_of(
        labels.pixels, [](Structure structure) { return structure == Structure::background; });
}

// A PNG says nothing about its place, so there must be no doubt which image it belongs to.
std::vector<SliceHeader> only_of_size(std::vector<SliceHeader> headers, ImageSize size) {
    std::erase_if(headers, [&](const SliceHeader& header) { return header.size != size; });
    if (headers.size() != 1) {
        throw Error(ErrorCode::outline_mismatch,
                    "a PNG mask needs exactly one image of its size, here are " +
                        std::to_string(headers.size()) + "; use a NIfTI mask for several");
    }
    return headers;
}

ImageFrame grid_of(const SliceHeader& header) {
    if (!header.spacing || !header.plane) {
        static_cast<void>(read_slice(header));  // Throws, saying what is missing and what to do.
    }
    return {.plane = header.plane.value(), .spacing = header.spacing.value(), .size = header.size};
}

std::vector<ReferenceSlice> slices_on(const std::vector<SliceHeader>& headers,
                                      const std::vector<LabelSlice>& labels,
                                      const CaseFiles& files,
                                      const ReadCaseOptions& options) {
    std::vector<ReferenceSlice> slices;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const SliceHeader& header = headers[i];
        const ImageFrame grid = grid_of(header);
        std::optional<LabelMap> reference = labels_on_grid(labels, grid, options.labels);
        if (reference && !is_empty(*reference)) {
            const std::string number = headers.size() > 1 ? "#" + std::to_string(i + 1) : "";
            slices.push_back({.name = files.name + number,
                              .slice = read_slice(header),
                              .reference = std::move(*reference)});
        }
    }
    return slices;
}

ReferenceCase read_png_case(const CaseFiles& files,
                            const std::vector<LabelSlice>& labels,
                            const ReadCaseOptions& options) {
    ImageSlice slice = read_png_slice(files.images, options);
    if (labels.front().grid) {
        throw Error(ErrorCode::outline_mismatch,
                    "a PNG image has no place in the patient; its mask must be a PNG too");
    }
    const ImageFrame grid{
        .plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()};
    std::optional<LabelMap> reference = labels_on_grid(labels, grid, options.labels);
    if (!reference) {
        throw Error(ErrorCode::outline_mismatch, "image and mask differ in size");
    }
    ReferenceCase result;
    if (is_empty(*reference)) {
        result.without_reference = 1;
    } else {
        result.slices.push_back(
            {.name = files.name, .slice = std::move(slice), .reference = std::move(*reference)});
    }
    return result;
}

}  // namespace

ReferenceCase read_case(const CaseFiles& files, const ReadCaseOptions& options) {
    const std::vector<LabelSlice> labels = read_label_slices(files.mask);
    ReferenceCase result;
    if (has_png_name(files.images)) {
        result = read_png_case(files, labels, options);
    } else {
        std::vector<SliceHeader> headers = headers_of(files, options);
        if (!labels.front().grid) {
            headers = only_of_size(std::move(headers), labels.front().values.size());
        }
        result.slices = slices_on(headers, labels, files, options);
        result.without_reference = static_cast<std::int64_t>(headers.size() - result.slices.size());
    }
    result.unnamed_values = unnamed_values(labels, options.labels);
    return result;
}

}  // namespace paraspinal
