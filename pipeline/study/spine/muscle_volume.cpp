// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/spine/muscle_volume.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/study/series/same_place.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace paraspinal {
namespace {

/// Median errors of an endplate as it is found: of the plane at its center, and of its angle.
/// Measured: docs/level.md, Accuracy.
constexpr double kEndplateMm = 0.8;
constexpr double kEndplateDeg = 2.2;

// A section across the spine, and how far along the muscle it lies from head to feet.
struct Station {
    double at_mm = 0;
    double area_mm2 = 0;
    std::optional<double> fat_mm2;
    double half_thickness_mm = 0;
    Vec3 centroid_mm;
    double height = 0;
};

std::vector<Station> stations_of(const std::vector<MuscleSection>& sections,
                                 const SpineAxis& axis) {
    std::vector<Station> stations;
    for (const MuscleSection& section : sections) {
        const double factor = tilt_factor(section, axis);
        Station station{.area_mm2 = factor * section.area_mm2,
                        .fat_mm2 = {},
                        .half_thickness_mm = section.thickness_mm / 2,
                        .centroid_mm = section.centroid_mm,
                        .height = axis.height_of(section.centroid_mm)};
        if (section.fat_area_mm2) {
            station.fat_mm2 = factor * *section.fat_area_mm2;
        }
        stations.push_back(station);
    }
    std::ranges::stable_sort(stations, std::ranges::greater{}, &Station::height);
    std::vector<Station> apart;
    for (Station& station : stations) {
        if (!apart.empty()) {
            const Station& last = apart.back();
            const Vec3 along =
                normalized(axis.direction_at(last.height) + axis.direction_at(station.height));
            // What lies beside the way, as centroids do by chance, does not make it longer.
            const double step_mm = dot(last.centroid_mm - station.centroid_mm, along);
            station.at_mm = last.at_mm + std::max(0.0, step_mm);
            if (step_mm < kSamePlaceMm) {  // The later one counts.
                station.at_mm = last.at_mm;
                apart.back() = station;
                continue;
            }
        }
        apart.push_back(station);
    }
    return apart;
}

Plane endplate_of(const SpineAxis& axis, VertebraCount count) {
    const std::optional<Plane> plane = axis.endplate(count);
    if (!plane) {
        throw Error(
            ErrorCode::level_not_found,
            "the sagittal series does not show the inferior endplate of " + vertebra_name(count));
    }
    return *plane;
}

// Where the muscle passes through `plane`, in the coordinate of the stations.
double crossing_mm(const std::vector<Station>& stations, const Plane& plane) {
    for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
        const double before = signed_distance_mm(plane, stations[i].centroid_mm);
        const double after = signed_distance_mm(plane, stations[i + 1].centroid_mm);
        if (before >= 0 && after < 0) {
            const double share = before / (before - after);
            return stations[i].at_mm + share * (stations[i + 1].at_mm - stations[i].at_mm);
        }
    }
    const double first = signed_distance_mm(plane, stations.front().centroid_mm);
    return first < 0
               ? stations.front().at_mm + first
               : stations.back().at_mm + signed_distance_mm(plane, stations.back().centroid_mm);
}

// Twice the second divided difference about station `i`; 0 at the ends, which have none.
double bend(const std::vector<Station>& stations, std::size_t i) {
    if (i == 0 || i + 1 >= stations.size()) {
        return 0;
    }
    const double before_mm = stations[i].at_mm - stations[i - 1].at_mm;
    const double after_mm = stations[i + 1].at_mm - stations[i].at_mm;
    const double before = (stations[i].area_mm2 - stations[i - 1].area_mm2) / before_mm;
    const double after = (stations[i + 1].area_mm2 - stations[i].area_mm2) / after_mm;
    return 2 * (after - before) / (before_mm + after_mm);
}

// Volume by which the muscle may be cut off too early or late at `plane`.
double end_error_mm3(const std::vector<Station>& stations, const Plane& plane, double at_mm) {
    const auto nearest = std::ranges::min_element(
        stations, {}, [at_mm](const Station& station) { return std::abs(station.at_mm - at_mm); });
    const double aside_mm = length(nearest->centroid_mm - plane.point_mm);
    const double turned = std::tan(kEndplateDeg * std::numbers::pi / 180);
    return std::hypot(kEndplateMm, turned * aside_mm) * nearest->area_mm2;
}

// The part of the way from `from_mm` to `to_mm` between stations `i` and `i` + 1.
void add_between(MuscleVolume& sum,
                 const std::vector<Station>& stations,
                 std::size_t i,
                 double from_mm,
                 double to_mm) {
    const Station& a = stations[i];
    const Station& b = stations[i + 1];
    const double first_mm = std::max(a.at_mm, from_mm);
    const double last_mm = std::min(b.at_mm, to_mm);
    if (last_mm <= first_mm) {
        return;
    }
    const double step_mm = b.at_mm - a.at_mm;
    const double inside_mm = last_mm - first_mm;
    const double share = ((first_mm + last_mm) / 2 - a.at_mm) / step_mm;
    sum.volume_mm3 += inside_mm * std::lerp(a.area_mm2, b.area_mm2, share);
    if (sum.fat_mm3 && a.fat_mm2 && b.fat_mm2) {
        *sum.fat_mm3 += inside_mm * std::lerp(*a.fat_mm2, *b.fat_mm2, share);
    } else {
        sum.fat_mm3.reset();
    }
    const double bend_mm2 = std::max(std::abs(bend(stations, i)), std::abs(bend(stations, i + 1)));
    constexpr double kTrapezoid = 12;  // Its error is bend x step^3 / 12.
    sum.integration_error_mm3 += bend_mm2 * step_mm * step_mm * inside_mm / kTrapezoid;
    const double covered_mm = (first_mm == a.at_mm ? a.half_thickness_mm : 0) +
                              (last_mm == b.at_mm ? b.half_thickness_mm : 0);
    sum.largest_gap_mm = std::max(sum.largest_gap_mm, inside_mm - covered_mm);
}

// The end beyond `last`, whose neighbor inside is `next`.
void add_beyond(MuscleVolume& sum, const Station& last, const Station& next, double length_mm) {
    if (length_mm <= 0) {
        return;
    }
    sum.volume_mm3 += length_mm * last.area_mm2;
    if (sum.fat_mm3 && last.fat_mm2) {
        *sum.fat_mm3 += length_mm * *last.fat_mm2;
    } else {
        sum.fat_mm3.reset();
    }
    const double slope_mm = std::abs((last.area_mm2 - next.area_mm2) / (last.at_mm - next.at_mm));
    sum.integration_error_mm3 += slope_mm * length_mm * length_mm / 2;
    sum.largest_gap_mm = std::max(sum.largest_gap_mm, length_mm - last.half_thickness_mm);
}

}  // namespace

double muscle_tilt_deg(const MuscleSection& section, const SpineAxis& axis) {
    return line_angle_deg(section.slice_normal,
                          axis.direction_at(axis.height_of(section.centroid_mm)));
}

double tilt_factor(const MuscleSection& section, const SpineAxis& axis) {
    return std::abs(
        dot(section.slice_normal, axis.direction_at(axis.height_of(section.centroid_mm))));
}

MuscleVolume muscle_volume(const std::vector<MuscleSection>& sections,
                           const SpineAxis& axis,
                           VertebraCount upper,
                           VertebraCount lower) {
    const Plane top = endplate_of(axis, upper);
    const Plane bottom = endplate_of(axis, lower);
    const std::vector<Station> stations = stations_of(sections, axis);
    if (stations.size() < 2) {
        throw Error(ErrorCode::level_not_covered, "fewer than two slices show the muscle");
    }
    const double from_mm = crossing_mm(stations, top);
    const double to_mm = crossing_mm(stations, bottom);
    MuscleVolume sum{.fat_mm3 = 0, .length_mm = to_mm - from_mm};
    add_beyond(
        sum, stations.front(), stations[1], std::min(stations.front().at_mm, to_mm) - from_mm);
    for (std::size_t i = 0; i + 1 < stations.size(); ++i) {
        add_between(sum, stations, i, from_mm, to_mm);
    }
    add_beyond(sum,
               stations.back(),
               stations[stations.size() - 2],
               to_mm - std::max(stations.back().at_mm, from_mm));
    sum.ends_error_mm3 =
        std::hypot(end_error_mm3(stations, top, from_mm), end_error_mm3(stations, bottom, to_mm));
    sum.sections = static_cast<int>(std::ranges::count_if(stations, [&](const Station& station) {
        return station.at_mm >= from_mm && station.at_mm <= to_mm;
    }));
    if (sum.sections == 0) {
        throw Error(ErrorCode::level_not_covered,
                    "no slice shows the muscle between the two endplates");
    }
    if (sum.largest_gap_mm > axis.body_height_mm() / 2) {
        throw Error(
            ErrorCode::level_not_covered,
            "slices leave " + fixed_text(sum.largest_gap_mm, 0) +
                " mm of the muscle uncovered in one place, more than half a vertebral body");
    }
    return sum;
}

}  // namespace paraspinal
