// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/vertebral_bodies.h"

#include "core/quantile.h"
#include "segmentation/body_middles.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
constexpr double kPixelAreaMm2 = kSagittalPixelMm * kSagittalPixelMm;

// A lumbar body has 700 to 1200 mm2 in the middle; squeezed to a quarter, 200.
constexpr double kMinAreaMm2 = 150;
// Cuts bridges between neighbors one pixel wide.
constexpr int kOpeningPixels = 3;

// What is connected in one slice.
struct Blob {
    std::size_t slice = 0;
    std::vector<PixelIndex> pixels;
    Vec3 centre_mm;
};

std::vector<Blob> blobs_in(const VertebraMap& map, std::size_t slice) {
    const Image<float> body = body_probability(map).intensity;
    cv::Mat_<std::uint8_t> mask(body.rows, body.cols);
    std::ranges::transform(
        body.pixels, mask.begin(), [](float value) { return value > 0.5F ? 1 : 0; });
    cv::morphologyEx(
        mask, mask, cv::MORPH_OPEN, cv::Mat::ones(kOpeningPixels, kOpeningPixels, CV_8U));
    cv::Mat_<int> label;
    const int count = cv::connectedComponents(mask, label, 4, CV_32S);
    std::vector<Blob> blobs(static_cast<std::size_t>(count - 1));
    for (int row = 0; row < body.rows; ++row) {
        for (int col = 0; col < body.cols; ++col) {
            if (label(row, col) > 0) {
                Blob& blob = blobs.at(static_cast<std::size_t>(label(row, col) - 1));
                const Vec3 place =
                    patient_from_pixel(map.plane, kSpacing, {.row = 1.0 * row, .col = 1.0 * col});
                blob.slice = slice;
                blob.pixels.push_back({row, col});
                blob.centre_mm = blob.centre_mm + place;
            }
        }
    }
    std::erase_if(blobs, [](const Blob& blob) {
        return static_cast<double>(blob.pixels.size()) * kPixelAreaMm2 < kMinAreaMm2;
    });
    for (Blob& blob : blobs) {
        blob.centre_mm = (1.0 / static_cast<double>(blob.pixels.size())) * blob.centre_mm;
    }
    return blobs;
}

// Blobs of several slices that belong to one body.
struct Group {
    std::vector<Blob> blobs;
    Vec3 centre_mm;
    std::size_t pixels = 0;

    void add(Blob blob) {
        const auto count = static_cast<double>(blob.pixels.size());
        const double share = count / (static_cast<double>(pixels) + count);
        centre_mm = centre_mm + share * (blob.centre_mm - centre_mm);
        pixels += blob.pixels.size();
        blobs.push_back(std::move(blob));
    }
};

// Distance in the plane of the slices.
double distance_in_slice_mm(const Vec3& a, const Vec3& b, const Vec3& across) {
    const Vec3 offset = a - b;
    return length(offset - dot(offset, across) * across);
}

// Order of the slices from the middle of the stack outwards: the middle shows the bodies best.
std::vector<std::size_t> from_the_middle(const std::vector<VertebraMap>& maps, const Vec3& across) {
    std::vector<double> places;
    std::vector<std::size_t> order;
    for (const VertebraMap& map : maps) {
        order.push_back(places.size());
        places.push_back(dot(map.plane.origin_mm, across));
    }
    const double middle = quantile(places, 0.5);
    std::ranges::stable_sort(
        order, {}, [&](std::size_t i) { return std::abs(places[i] - middle); });
    return order;
}

std::vector<Group> grouped(const std::vector<VertebraMap>& maps, const Vec3& across) {
    // Half of the smallest distance between the centers of neighboring bodies, 20 mm.
    constexpr double kSameBodyMm = 10;
    std::vector<Group> groups;
    for (const std::size_t slice : from_the_middle(maps, across)) {
        for (Blob& blob : blobs_in(maps[slice], slice)) {
            const auto distance = [&](const Group& group) {
                return distance_in_slice_mm(group.centre_mm, blob.centre_mm, across);
            };
            const auto nearest = std::ranges::min_element(groups, {}, distance);
            if (nearest == groups.end() || distance(*nearest) > kSameBodyMm) {
                groups.emplace_back().add(std::move(blob));
            } else {
                nearest->add(std::move(blob));
            }
        }
    }
    // A third of the slices must agree, so that two bodies that run together in one do not count.
    std::erase_if(groups,
                  [&maps](const Group& group) { return 3 * group.blobs.size() < maps.size(); });
    return groups;
}

// The chain of bodies through the largest one, from feet to head.
std::vector<Group> spine_of(std::vector<Group> groups) {
    // Between centers of neighbors: squeezed bodies in a child's spine to a body that was missed.
    constexpr double kLeastStepMm = 12;
    constexpr double kLargestStepMm = 85;
    if (groups.empty()) {
        return groups;
    }
    std::ranges::stable_sort(groups, {}, [](const Group& group) { return group.centre_mm.z; });
    const auto seed = std::ranges::max_element(groups, {}, &Group::pixels) - groups.begin();
    const auto follows = [](const Group& from, const Group& to) {
        const double rise = std::abs(to.centre_mm.z - from.centre_mm.z);
        const double run = std::abs(to.centre_mm.y - from.centre_mm.y);
        // No spine leans by more than 45 degrees between neighbors, the sacrum included.
        return rise >= kLeastStepMm / 2 && run <= rise + 6 &&
               length(to.centre_mm - from.centre_mm) >= kLeastStepMm &&
               length(to.centre_mm - from.centre_mm) <= kLargestStepMm;
    };
    std::vector<std::size_t> kept{static_cast<std::size_t>(seed)};
    std::size_t current = kept.front();
    for (std::size_t i = current + 1; i < groups.size(); ++i) {
        if (follows(groups[current], groups[i])) {
            kept.push_back(i);
            current = i;
        }
    }
    current = kept.front();
    for (std::size_t i = current; i-- > 0;) {
        if (follows(groups[current], groups[i])) {
            kept.insert(kept.begin(), i);
            current = i;
        }
    }
    std::vector<Group> chain;
    for (const std::size_t i : kept) {
        chain.push_back(std::move(groups[i]));
    }
    return chain;
}

// The part of the spine's direction that the slices can show.
Vec3 direction_at(const std::vector<Group>& chain, std::size_t i) {
    const Vec3& below = chain[i > 0 ? i - 1 : i].centre_mm;
    const Vec3& above = chain[i + 1 < chain.size() ? i + 1 : i].centre_mm;
    return chain.size() < 2 ? Vec3{0, 0, 1} : normalized(above - below);
}

double extent_mm(std::vector<double> along) {
    constexpr double kTail = 0.02;
    return quantile(along, 1 - kTail) - quantile(along, kTail) + kSagittalPixelMm;
}

// Medians over the slices: in one of them a body may run together with something else.
void measure(VertebralBody& body,
             const Group& group,
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
        heights.push_back(extent_mm(std::move(up_mm)));
        depths.push_back(extent_mm(std::move(along_mm)));
    }
    body.place.height_mm = quantile(heights, 0.5);
    body.depth_mm = quantile(depths, 0.5);
    body.area_mm2 = quantile(areas, 0.5);
}

VertebralBody body_of(const Group& group,
                      const Vec3& up,
                      const Vec3& across,
                      const std::vector<VertebraMap>& maps) {
    VertebralBody body{.place = {.centre_mm = group.centre_mm, .up = up}};
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
    measure(body, group, normalized(cross(across, up)), maps);
    return body;
}

// Mean brightness of a slice behind a body, as high as the body: where the canal is, if it is seen.
double brightness_behind(const VertebralBody& body, const Vec3& along, const VertebraMap& map) {
    // Behind the posterior wall and the ligament on it; the canal is 15 to 20 mm deep.
    constexpr double kFirstMm = 2;
    constexpr double kLastMm = 14;
    const Vec3 backward = along.y < 0 ? -1.0 * along : along;
    double sum = 0;
    int count = 0;
    for (double up_mm = -body.place.height_mm / 2; up_mm <= body.place.height_mm / 2; up_mm += 1) {
        for (double back_mm = kFirstMm; back_mm <= kLastMm; back_mm += 1) {
            const Vec3 place = body.place.centre_mm + up_mm * body.place.up +
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

// Puts the centres of the bodies in the middle between left and right.
void center(std::vector<VertebralBody>& bodies,
            const std::vector<VertebraMap>& maps,
            const Vec3& across) {
    std::vector<CanalProfile> profiles;
    for (const VertebralBody& body : bodies) {
        const Vec3 along = normalized(cross(across, body.place.up));
        CanalProfile& profile =
            profiles.emplace_back(CanalProfile{.height_mm = body.place.centre_mm.z});
        for (const VertebraMap& map : maps) {
            profile.samples.push_back({.across_mm = dot(map.plane.origin_mm, across),
                                       .brightness = brightness_behind(body, along, map)});
        }
    }
    const std::vector<double> middles = body_middles(profiles);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        Vec3& centre_mm = bodies[i].place.centre_mm;
        centre_mm = centre_mm + (middles[i] - dot(centre_mm, across)) * across;
    }
}

}  // namespace

int VertebralBody::slices_seen() const {
    return static_cast<int>(std::ranges::count_if(by_slice, [](const ClassShares& seen) {
        return std::ranges::any_of(seen, [](double share) { return share > 0; });
    }));
}

std::vector<VertebralBody> find_bodies(const std::vector<VertebraMap>& maps) {
    if (maps.empty()) {
        return {};
    }
    const Vec3 across = normal(maps.front().plane);
    const std::vector<Group> chain = spine_of(grouped(maps, across));
    std::vector<VertebralBody> bodies;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        bodies.push_back(body_of(chain[i], direction_at(chain, i), across, maps));
    }
    center(bodies, maps, across);
    return bodies;
}

}  // namespace paraspinal
