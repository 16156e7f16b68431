// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/spine_axis.h"

#include "core/quantile.h"
#include "pipeline/study/level/find_level.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace paraspinal {
namespace {

// Heights are looked for by halving; this many leave less than a thousandth of a millimeter.
constexpr int kHalvings = 24;

Vec3 between(const Vec3& from, const Vec3& to, double share) {
    return from + share * (to - from);
}

// "L3/4" of L3 and L4, "L5/S1".
std::string disc_name(VertebraCount above) {
    const std::string upper = vertebra_name(above);
    const std::string lower = vertebra_name(above - 1);
    return upper + "/" + (upper.front() == lower.front() ? lower.substr(1) : lower);
}

}  // namespace

std::optional<SpineAxis> SpineAxis::of(const Spine& spine) {
    std::vector<Station> stations;
    std::vector<double> heights_mm;
    for (const Vertebra& vertebra : spine.vertebrae) {
        if (vertebra.count >= kL5 && vertebra.inferior_endplate) {
            stations.push_back({.count = vertebra.count,
                                .plane = vertebra.inferior_endplate->plane,
                                .body_height_mm = vertebra.place.height_mm});
            heights_mm.push_back(vertebra.place.height_mm);
        }
    }
    if (stations.size() < 2) {
        return std::nullopt;
    }
    SpineAxis axis(std::move(stations));
    axis.body_height_mm_ = quantile(heights_mm, 0.5);
    const Vertebra* const s1 = spine.at(kS1);
    const Station& lowest = axis.stations_.front();
    if (s1 != nullptr && lowest.count == kL5) {
        const Vec3 top = s1->place.center_mm + (s1->place.height_mm / 2) * s1->place.up;
        axis.sacral_disc_mm_ = std::max(0.0, -signed_distance_mm(lowest.plane, top));
    }
    return axis;
}

std::size_t SpineAxis::station_below(double height) const {
    std::size_t index = 0;
    while (index + 2 < stations_.size() && stations_[index + 1].count <= height) {
        ++index;
    }
    return index;
}

Plane SpineAxis::plane_at(double height) const {
    const std::size_t index = station_below(height);
    const Station& below = stations_[index];
    const Station& above = stations_[index + 1];
    const double share = (height - below.count) / (above.count - below.count);
    if (share < 0 || share > 1) {
        const Station& last = share < 0 ? below : above;
        const double step_mm =
            length(above.plane.point_mm - below.plane.point_mm) / (above.count - below.count);
        return {
            .point_mm = last.plane.point_mm + ((height - last.count) * step_mm) * last.plane.normal,
            .normal = last.plane.normal};
    }
    return {.point_mm = between(below.plane.point_mm, above.plane.point_mm, share),
            .normal = normalized(between(below.plane.normal, above.plane.normal, share))};
}

double SpineAxis::height_of(const Vec3& point_mm) const {
    const auto is_above = [&](double height) {
        return signed_distance_mm(plane_at(height), point_mm) > 0;
    };
    constexpr double kBeyond = 20;  // More vertebrae than anybody has.
    double low = -kBeyond;
    double high = kBeyond;
    // Planes that come together may be crossed twice; the stations tell which crossing is meant.
    for (std::size_t i = 0; i + 1 < stations_.size(); ++i) {
        if (is_above(stations_[i].count) && !is_above(stations_[i + 1].count)) {
            low = stations_[i].count;
            high = stations_[i + 1].count;
            break;
        }
    }
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (is_above(middle) ? low : high) = middle;
    }
    return (low + high) / 2;
}

Vec3 SpineAxis::direction_at(double height) const {
    return plane_at(height).normal;
}

std::optional<Plane> SpineAxis::endplate(VertebraCount count) const {
    const auto found = std::ranges::find(stations_, count, &Station::count);
    return found == stations_.end() ? std::nullopt : std::optional(found->plane);
}

double SpineAxis::meeting_height(const ImageFrame& image) const {
    const Vec3 middle = patient_from_pixel(
        image.plane,
        image.spacing,
        {.row = (image.size.rows - 1) / 2.0, .col = (image.size.cols - 1) / 2.0});
    const Plane cut = plane_of(image.plane, plane_at(height_of(middle)).normal);
    const auto is_above = [&](double height) {
        return signed_distance_mm(cut, plane_at(height).point_mm) > 0;
    };
    // From the middle of the image outward, so that the nearest place is met first.
    constexpr double kStep = 0.25;
    constexpr int kSteps = 40;
    const double start = height_of(middle);
    for (int step = 0; step < kSteps; ++step) {
        for (const double side : {1.0, -1.0}) {
            double low = start + side * step * kStep;
            double high = low + side * kStep;
            if (low > high) {
                std::swap(low, high);
            }
            if (is_above(low) || !is_above(high)) {
                continue;
            }
            for (int i = 0; i < kHalvings; ++i) {
                const double half = (low + high) / 2;
                (is_above(half) ? high : low) = half;
            }
            return (low + high) / 2;
        }
    }
    return start;  // A plane along the spine meets it nowhere; no axial slice is that.
}

void SpineAxis::name(SpinePlace& place) const {
    const Vec3 at = plane_at(place.height).point_mm;
    const Station& lowest = stations_.front();
    if (place.height < lowest.count) {
        const double below_mm = -signed_distance_mm(lowest.plane, at);
        if (!sacral_disc_mm_) {
            place.name = "below " + vertebra_name(lowest.count);
            place.is_lumbar = below_mm <= (lowest.count > kL5 ? lowest.body_height_mm : kFarMm);
        } else if (below_mm >= *sacral_disc_mm_) {
            place.name = vertebra_name(kS1);
        } else {
            place.name = disc_name(lowest.count);
            place.is_disc = true;
            place.fraction = below_mm / *sacral_disc_mm_;
            place.is_lumbar = true;
        }
        return;
    }
    const bool is_last = place.height >= stations_.back().count;
    const std::size_t index = is_last ? stations_.size() - 1 : station_below(place.height);
    const Station& body = stations_[index];
    const double above_mm = length(at - body.plane.point_mm);
    if (above_mm <= body.body_height_mm) {
        place.name = vertebra_name(body.count);
        place.fraction = 1 - above_mm / body.body_height_mm;
        place.is_lumbar = body.count <= kL1;
    } else if (is_last || stations_[index + 1].count != body.count + 1) {
        place.name = "above " + vertebra_name(body.count);
    } else {
        const double disc_mm =
            length(stations_[index + 1].plane.point_mm - body.plane.point_mm) - body.body_height_mm;
        place.name = disc_name(body.count + 1);
        place.is_disc = true;
        place.fraction = std::clamp(1 - (above_mm - body.body_height_mm) / disc_mm, 0.0, 1.0);
        place.is_lumbar = body.count < kL1;
    }
}

SpinePlace SpineAxis::place_of(const ImageFrame& image) const {
    SpinePlace place;
    place.height = meeting_height(image);
    place.tilt_deg = line_angle_deg(normal(image.plane), direction_at(place.height));
    name(place);
    return place;
}

}  // namespace paraspinal
