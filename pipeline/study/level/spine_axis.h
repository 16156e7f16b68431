// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "segmentation/level/find_vertebrae.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// Where a plane meets the spine.
struct SpinePlace {
    /// "L3" for a body, "L3/4" for a disc, "S1" for the sacrum; "above T11", "below L5" where the
    /// series does not show what comes next.
    std::string name;
    std::optional<double> fraction;  ///< Of a body or disc, [0, 1] from head to feet.
    bool is_disc = false;
    double height = 0;    ///< As SpineAxis::height_of.
    double tilt_deg = 0;  ///< Between the plane and a cut across the spine, [0, 90].
    /// From the top of L1 to the bottom of the disc L5/S1. Where the series does not show what
    /// comes below the lowest endplate: as far down as a slice is taken for its level, the height
    /// of a body, and below L5, where the sacrum comes next, kFarMm.
    bool is_lumbar = false;
};

/// The spine as a row of its inferior endplates, between which planes turn and move evenly from one
/// to the next: a coordinate along the spine that is right at the muscles too, where the planes of
/// a lordotic spine come together. Beyond the last endplates the planes go on in parallel.
class SpineAxis {
  public:
    /// nullopt with fewer than two inferior endplates.
    static std::optional<SpineAxis> of(const Spine& spine);

    /// Of a point: the count of the vertebra at whose inferior endplate's plane it lies (L5 0, L4
    /// 1 ...), with the fraction of the way to the next plane. Beyond the ends it goes on with the
    /// distance between the last two.
    [[nodiscard]] double height_of(const Vec3& point_mm) const;

    /// Unit normal to the head of the plane at that height.
    [[nodiscard]] Vec3 direction_at(double height) const;

    /// The inferior endplate's plane of this vertebra; nullopt where it is not seen.
    [[nodiscard]] std::optional<Plane> endplate(VertebraCount count) const;

    /// Median height of the vertebral bodies, mm.
    [[nodiscard]] double body_height_mm() const { return body_height_mm_; }

    /// Where the plane of an image meets the line through the centers of the endplates; of several
    /// places that which is nearest to the middle of the image.
    [[nodiscard]] SpinePlace place_of(const ImageFrame& image) const;

  private:
    struct Station {
        VertebraCount count = 0;
        Plane plane;
        double body_height_mm = 0;
    };

    explicit SpineAxis(std::vector<Station> stations) : stations_(std::move(stations)) {}

    [[nodiscard]] Plane plane_at(double height) const;
    [[nodiscard]] std::size_t station_below(double height) const;
    [[nodiscard]] double meeting_height(const ImageFrame& image) const;
    void name(SpinePlace& place) const;

    std::vector<Station> stations_;  // From feet to head.
    std::optional<double> sacral_disc_mm_;
    double body_height_mm_ = 0;
};

}  // namespace paraspinal
