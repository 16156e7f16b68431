// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/muscle_back.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>

namespace paraspinal {
namespace {

constexpr std::size_t kOuterColumns = 5;

double mean(const std::vector<double>& values, std::size_t from, std::size_t to) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
    const auto last = values.begin() + static_cast<std::ptrdiff_t>(to);
    return std::accumulate(first, last, 0.0) / static_cast<double>(to - from);
}

// Columns without muscle, between two with, get what lies on the straight line between these.
std::vector<double> without_gaps(const std::map<int, double>& edge) {
    std::vector<double> filled;
    for (auto next = edge.begin(); next != edge.end(); ++next) {
        if (next != edge.begin()) {
            const auto last = std::prev(next);
            const int gap = next->first - last->first;
            for (int step = 1; step < gap; ++step) {
                filled.push_back(
                    std::lerp(last->second, next->second, static_cast<double>(step) / gap));
            }
        }
        filled.push_back(next->second);
    }
    return filled;
}

}  // namespace

MuscleBack::Place MuscleBack::place_of(PixelIndex at) const {
    const Vec3 here = patient_from_pixel(
        plane_, spacing_, {.row = static_cast<double>(at.row), .col = static_cast<double>(at.col)});
    const double step = std::max(spacing_.row_mm, spacing_.col_mm);
    return {.column = static_cast<int>(std::lround(here.x / step)), .backwards_mm = here.y};
}

MuscleBack::MuscleBack(const ImageSlice& slice, const LabelMap& labels, double flank_mm)
    : plane_(slice.plane), spacing_(slice.spacing) {
    std::map<int, double> edge;
    double pixels = 0;
    double columns = 0;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            if (is_paraspinal_muscle(labels[{.row = row, .col = col}])) {
                const Place place = place_of({.row = row, .col = col});
                const auto entry = edge.try_emplace(place.column, place.backwards_mm).first;
                entry->second = std::max(entry->second, place.backwards_mm);
                pixels += 1;
                columns += place.column;
            }
        }
    }
    const double step_mm = std::max(spacing_.row_mm, spacing_.col_mm);
    const auto flank = static_cast<std::size_t>(std::lround(flank_mm / step_mm));
    const std::vector<double> inner = without_gaps(edge);
    const std::size_t outer = std::min(kOuterColumns, inner.size());
    edge_mm_.assign(flank, mean(inner, 0, outer));
    edge_mm_.insert(edge_mm_.end(), inner.begin(), inner.end());
    edge_mm_.insert(edge_mm_.end(), flank, mean(inner, inner.size() - outer, inner.size()));
    first_column_ = edge.begin()->first - static_cast<int>(flank);
    middle_mm_ = step_mm * columns / pixels;
}

bool MuscleBack::is_behind(PixelIndex at) const {
    const Place place = place_of(at);
    const auto index = static_cast<std::size_t>(place.column - first_column_);
    return place.column >= first_column_ && index < edge_mm_.size() &&
           place.backwards_mm > edge_mm_[index];
}

double MuscleBack::left_of_middle_mm(PixelIndex at) const {
    return place_of(at).column * std::max(spacing_.row_mm, spacing_.col_mm) - middle_mm_;
}

}  // namespace paraspinal
