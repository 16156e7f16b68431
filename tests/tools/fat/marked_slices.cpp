// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/marked_slices.h"

#include "io/find_studies.h"
#include "io/png_image.h"
#include "io/read_slice.h"
#include "segmentation/percentile.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace paraspinal::evaluation {
namespace {

ImageSlice read_image(const std::filesystem::path& file, const nlohmann::json& entry) {
    if (!has_png_name(file)) {
        return read_slice(find_studies({file}).studies.at(0).series.at(0).slices.at(0));
    }
    const Image<std::uint16_t> stored = read_png(file);
    const double pixel_mm = entry.at("pixel_mm");
    ImageSlice slice{.intensity = Image<float>(stored.size()),
                     .spacing = {.row_mm = pixel_mm, .col_mm = pixel_mm},
                     .plane = {}};
    std::ranges::copy(stored.pixels, slice.intensity.pixels.begin());
    return slice;
}

Box box_of(const nlohmann::json& corners) {
    return {.first = {.row = corners.at(1), .col = corners.at(0)},
            .last = {.row = corners.at(3), .col = corners.at(2)}};
}

}  // namespace

std::vector<MarkedSlice> read_marked_slices(const std::filesystem::path& marks,
                                            const std::filesystem::path& images) {
    std::ifstream stream(marks);
    const nlohmann::json all = nlohmann::json::parse(stream);
    std::vector<MarkedSlice> slices;
    for (const nlohmann::json& entry : all.at("slices")) {
        const std::string file = entry.at("file");
        MarkedSlice one{.file = file,
                        .slice = read_image(images / file, entry),
                        .boxes = {},
                        .has_dark_band = entry.contains("dark_band")};
        std::ranges::transform(entry.at("boxes"), std::back_inserter(one.boxes), box_of);
        slices.push_back(std::move(one));
    }
    return slices;
}

double median_in(const std::vector<Box>& boxes, const Image<float>& intensity) {
    std::vector<float> values;
    for (const Box& box : boxes) {
        for (int row = box.first.row; row < box.last.row; ++row) {
            for (int col = box.first.col; col < box.last.col; ++col) {
                values.push_back(intensity[{.row = row, .col = col}]);
            }
        }
    }
    return percentile(std::move(values), 0.5);
}

}  // namespace paraspinal::evaluation
