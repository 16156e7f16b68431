// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/run_lengths.h"

#include "core/error.h"

#include <algorithm>

namespace paraspinal {
namespace {

template <class Pixel>
std::vector<std::int64_t> runs_of(const Image<Pixel>& image) {
    std::vector<std::int64_t> runs;
    for (auto start = image.pixels.begin(); start != image.pixels.end();) {
        const auto end = std::find_if(
            start, image.pixels.end(), [start](Pixel pixel) { return pixel != *start; });
        runs.push_back(static_cast<std::int64_t>(*start));
        runs.push_back(end - start);
        start = end;
    }
    return runs;
}

}  // namespace

std::vector<std::int64_t> run_lengths(const LabelMap& labels) {
    return runs_of(labels);
}

std::vector<std::int64_t> run_lengths(const Mask& mask) {
    return runs_of(mask);
}

LabelMap labels_from_runs(const std::vector<std::int64_t>& runs, ImageSize size) {
    LabelMap labels(size);
    const auto refuse = [] {
        throw Error(ErrorCode::outline_mismatch, "these outlines are not those of this image");
    };
    auto place = labels.pixels.begin();
    for (std::size_t i = 0; i + 1 < runs.size(); i += 2) {
        const std::int64_t value = runs[i];
        const std::int64_t count = runs[i + 1];
        const bool is_label = value >= 0 && value <= static_cast<std::int64_t>(kStructures.size());
        if (!is_label || count < 1 || count > labels.pixels.end() - place) {
            refuse();
        }
        place = std::fill_n(place, count, static_cast<Structure>(value));
    }
    if (place != labels.pixels.end() || runs.size() % 2 != 0) {
        refuse();
    }
    return labels;
}

}  // namespace paraspinal
