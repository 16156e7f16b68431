// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebral_bodies.h"

#include "core/quantile.h"
#include "segmentation/level/body_blobs_internal.h"
#include "segmentation/level/canal_middle.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
constexpr double kPixelAreaMm2 = kSagittalPixelMm * kSagittalPixelMm;

Vec3 direction_at(const std::vector<VertebralBody>& bodies, std::size_t i) {
    const Vec3& below = bodies[i > 0 ? i - 1 : i].place.center_mm;
    const Vec3& above = bodies[i + 1 < bodies.size() ? i + 1 : i].place.center_mm;
    return bodies.size() < 2 ? Vec3{0, 0, 1} : normalized(above - below);
}

double extent_mm(const std::vector<double>& along) {
    constexpr double kTail = 0.02;
    return quantile(along, 1 - kTail) - quantile(along, kTail) + kSagittalPixelMm;
}

// Medians over the slices: in one of them a body may run together with something else.
void measure(VertebralBody& body,
             const BlobGroup& group,
             const Vec3& along,
             const std::vector<VertebraMap>& maps) {
    std::vector<double> heights;
    std::vector<double> depths;
    std::vector<double> areas;
    for (const Blob& blob : group.blobs) {
        std::vector<double> up_mm;
        std::vector<double> along_mm;
        for (const PixelIndex& pixel : blob.pixels) {
            const Vec3 place = patient_from_pixel(
                maps[blob.slice].plane, kSpacing, {.row = 1.0 * pixel.row, .col = 1.0 * pixel.col});
            up_mm.push_back(dot(place, body.place.up));
            along_mm.push_back(dot(place, along));
        }
        areas.push_back(static_cast<double>(blob.pixels.size()) * kPixelAreaMm2);
        heights.push_back(extent_mm(up_mm));
        depths.push_back(extent_mm(along_mm));
    }
    body.place.height_mm = quantile(heights, 0.5);
    body.depth_mm = quantile(depths, 0.5);
    body.area_mm2 = quantile(areas, 0.5);
}

void describe(VertebralBody& body,
              const BlobGroup& group,
              const Vec3& across,
              const std::vector<VertebraMap>& maps) {
    body.by_slice.resize(maps.size());
    for (const Blob& blob : group.blobs) {
        const auto pixels = static_cast<double>(blob.pixels.size());
        for (const PixelIndex& pixel : blob.pixels) {
            for (std::size_t kind = 0; kind < kVertebraClasses; ++kind) {
                const double probability = maps[blob.slice].probability.at(kind)[pixel];
                body.by_slice[blob.slice].at(kind) += probability / pixels;
                body.shares.at(kind) += probability / static_cast<double>(group.pixels);
            }
        }
    }
    measure(body, group, normalized(cross(across, body.place.up)), maps);
}

// Mean brightness of a slice behind a body, as high as the body: where the canal is, if it is seen.
double brightness_behind(const VertebralBody& body, const Vec3& along, const VertebraMap& map) {
    // Behind the posterior wall and the ligament on it; the canal is 15 to 20 mm deep.
    constexpr int kFirstMm = 2;
    constexpr int kLastMm = 14;
    const Vec3 backward = along.y < 0 ? -1.0 * along : along;
    double sum = 0;
    int count = 0;
    const int reach_mm = static_cast<int>(body.place.height_mm / 2);
    for (int up_mm = -reach_mm; up_mm <= reach_mm; ++up_mm) {
        for (int back_mm = kFirstMm; back_mm <= kLastMm; ++back_mm) {
            const Vec3 place = body.place.center_mm + up_mm * body.place.up +
                               (body.depth_mm / 2 + back_mm) * backward;
            const PixelPosition at = pixel_from_patient(map.plane, kSpacing, place);
            const PixelIndex pixel{static_cast<int>(std::lround(at.row)),
                                   static_cast<int>(std::lround(at.col))};
            if (map.brightness.contains(pixel)) {
                sum += map.brightness[pixel];
                ++count;
            }
        }
    }
    return count > 0 ? sum / count : 0;
}

// Puts the centers of the bodies in the middle between left and right, and leans their directions
// with them.
void center(std::vector<VertebralBody>& bodies,
            const std::vector<VertebraMap>& maps,
            const Vec3& across) {
    for (VertebralBody& body : bodies) {
        const Vec3 along = normalized(cross(across, body.place.up));
        std::vector<CanalSample> samples;
        samples.reserve(maps.size());
        for (const VertebraMap& map : maps) {
            samples.push_back({.across_mm = dot(map.plane.origin_mm, across),
                               .brightness = brightness_behind(body, along, map)});
        }
        Vec3& center_mm = body.place.center_mm;
        center_mm = center_mm + (canal_middle_mm(samples) - dot(center_mm, across)) * across;
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        bodies[i].place.up = direction_at(bodies, i);
    }
}

}  // namespace

std::vector<VertebralBody> find_bodies(const std::vector<VertebraMap>& maps) {
    if (maps.empty()) {
        return {};
    }
    const Vec3 across = normal(maps.front().plane);
    const std::vector<BlobGroup> chain = spine_blobs(maps, across);
    std::vector<VertebralBody> bodies(chain.size());
    for (std::size_t i = 0; i < chain.size(); ++i) {
        bodies[i].place.center_mm = chain[i].center_mm;
    }
    for (std::size_t i = 0; i < chain.size(); ++i) {
        bodies[i].place.up = direction_at(bodies, i);
        describe(bodies[i], chain[i], across, maps);
    }
    center(bodies, maps, across);
    return bodies;
}

}  // namespace paraspinal
