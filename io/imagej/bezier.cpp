// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/bezier.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

constexpr double kFlatness = 0.01;
constexpr int kMaxHalvings = 10;

RoiPoint middle(const RoiPoint& a, const RoiPoint& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

double distance_to_segment(const RoiPoint& point, const RoiPoint& from, const RoiPoint& to) {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length2 : 0;
    const double place = std::clamp(along, 0.0, 1.0);
    return std::hypot(point.x - from.x - place * dx, point.y - from.y - place * dy);
}

template <std::size_t Count>
bool is_flat(const std::array<RoiPoint, Count>& points) {
    return std::all_of(points.begin() + 1, points.end() - 1, [&points](const RoiPoint& control) {
        return distance_to_segment(control, points.front(), points.back()) < kFlatness;
    });
}

// De Casteljau: the middles of the middles; their first and last points make up the halves.
template <std::size_t Count>
void append_curve(RoiPath& path, const std::array<RoiPoint, Count>& points, int halvings) {
    if (halvings == kMaxHalvings || is_flat(points)) {
        path.push_back(points.back());
        return;
    }
    std::array<RoiPoint, Count> row = points;
    std::array<RoiPoint, Count> first{};
    std::array<RoiPoint, Count> second{};
    for (std::size_t left = Count; left > 0; --left) {
        first.at(Count - left) = row.front();
        second.at(left - 1) = row.at(left - 1);
        for (std::size_t i = 0; i + 1 < left; ++i) {
            row.at(i) = middle(row.at(i), row.at(i + 1));
        }
    }
    append_curve(path, first, halvings + 1);
    append_curve(path, second, halvings + 1);
}

}  // namespace

void append_quadratic(RoiPath& path, const std::array<RoiPoint, 3>& points) {
    append_curve(path, points, 0);
}

void append_cubic(RoiPath& path, const std::array<RoiPoint, 4>& points) {
    append_curve(path, points, 0);
}

}  // namespace paraspinal
