// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/quantile.h"
#include "segmentation/level/body_blobs_internal.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
constexpr double kPixelAreaMm2 = kSagittalPixelMm * kSagittalPixelMm;

// A lumbar body has 700 to 1200 mm2 in the middle; squeezed to a quarter, 200.
constexpr double kMinAreaMm2 = 150;
// Cuts bridges between neighbors one pixel wide.
constexpr int kOpeningPixels = 3;

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
                blob.center_mm = blob.center_mm + place;
            }
        }
    }
    std::erase_if(blobs, [](const Blob& blob) {
        return static_cast<double>(blob.pixels.size()) * kPixelAreaMm2 < kMinAreaMm2;
    });
    for (Blob& blob : blobs) {
        blob.center_mm = (1.0 / static_cast<double>(blob.pixels.size())) * blob.center_mm;
    }
    return blobs;
}

// Length in the plane of the slices.
double length_in_slice_mm(const Vec3& offset, const Vec3& across) {
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

std::vector<BlobGroup> grouped(const std::vector<VertebraMap>& maps, const Vec3& across) {
    // Half of the smallest distance between the centers of neighboring bodies, 20 mm.
    constexpr double kSameBodyMm = 10;
    std::vector<BlobGroup> groups;
    for (const std::size_t slice : from_the_middle(maps, across)) {
        for (Blob& blob : blobs_in(maps[slice], slice)) {
            const auto distance = [&](const BlobGroup& group) {
                return length_in_slice_mm(group.center_mm - blob.center_mm, across);
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
                  [&maps](const BlobGroup& group) { return 3 * group.blobs.size() < maps.size(); });
    return groups;
}

// The chain of bodies through the largest one, from feet to head.
std::vector<BlobGroup> spine_of(std::vector<BlobGroup> groups) {
    // Between centers of neighbors: squeezed bodies in a child's spine to a body that was missed.
    constexpr double kLeastStepMm = 12;
    constexpr double kLargestStepMm = 85;
    if (groups.empty()) {
        return groups;
    }
    std::ranges::stable_sort(groups, {}, [](const BlobGroup& group) { return group.center_mm.z; });
    const auto seed = std::ranges::max_element(groups, {}, &BlobGroup::pixels) - groups.begin();
    const auto follows = [](const BlobGroup& from, const BlobGroup& to) {
        const double rise = std::abs(to.center_mm.z - from.center_mm.z);
        const double run = std::abs(to.center_mm.y - from.center_mm.y);
        // From L5 to S1 a steep spine leans by 60 degrees (subject 07 of docs/level.md).
        constexpr double kSteepest = 2.5;
        return rise >= kLeastStepMm / 2 && run <= kSteepest * rise &&
               length(to.center_mm - from.center_mm) >= kLeastStepMm &&
               length(to.center_mm - from.center_mm) <= kLargestStepMm;
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
    std::vector<BlobGroup> chain;
    chain.reserve(kept.size());
    for (const std::size_t i : kept) {
        chain.push_back(std::move(groups[i]));
    }
    return chain;
}

}  // namespace

std::vector<BlobGroup> spine_blobs(const std::vector<VertebraMap>& maps, const Vec3& across) {
    return spine_of(grouped(maps, across));
}

}  // namespace paraspinal
