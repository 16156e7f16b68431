// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/quantile.h"
#include "segmentation/level/body_border_internal.h"
#include "segmentation/level/body_picture_internal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace paraspinal {
namespace {

constexpr double kBlackLevel = -0.35;  // Of VertebraMap::brightness.
constexpr double kBlack = 0.02;

// A body that was measured, in one slice.
class Cut {
  public:
    Cut(const VertebraMap& map, const BodyFrame& frame)
        : map_(map),
          frame_(frame),
          across_mm_(dot(map.plane.origin_mm - frame.center_mm, frame.across)) {}

    [[nodiscard]] double across_mm() const { return across_mm_; }
    [[nodiscard]] double brightness(double along_mm, double up_mm) const {
        return at(map_.brightness, along_mm, up_mm) - kBlackLevel;
    }
    [[nodiscard]] double disc(double along_mm, double up_mm) const {
        return at(map_.of(VertebraClass::disc), along_mm, up_mm);
    }

  private:
    [[nodiscard]] double at(const Image<float>& image, double along_mm, double up_mm) const {
        const Vec3 place =
            place_mm(frame_, {.across_mm = across_mm_, .along_mm = along_mm, .up_mm = up_mm});
        return value_at(
            image,
            pixel_from_patient(
                map_.plane, {.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm}, place));
    }

    const VertebraMap& map_;
    const BodyFrame& frame_;
    double across_mm_ = 0;
};

Vec3 middle_of(const HeightLine& line) {
    return 0.5 * (line.upper_mm + line.lower_mm);
}

// From front to back, whichever way the slices are stored.
BodyFrame frame_of(const VertebralShape& shape) {
    BodyFrame frame{.center_mm = middle_of(shape.lines[kMiddle])};
    frame.along =
        normalized(middle_of(shape.lines[kPosterior]) - middle_of(shape.lines[kAnterior]));
    const Vec3 up = shape.lines[kMiddle].upper_mm - shape.lines[kMiddle].lower_mm;
    frame.up = normalized(up - dot(up, frame.along) * frame.along);
    frame.across = cross(frame.along, frame.up);
    return frame;
}

// One endplate in the frame of the body: straight between its three points.
struct Plate {
    std::array<double, kBodyParts> along_mm{};
    std::array<double, kBodyParts> up_mm{};
    double outward = 1;

    [[nodiscard]] double at(double along) const {
        const std::size_t i = along < along_mm[kMiddle] ? kAnterior : kMiddle;
        const double share = (along - along_mm.at(i)) / (along_mm.at(i + 1) - along_mm.at(i));
        return up_mm.at(i) + share * (up_mm.at(i + 1) - up_mm.at(i));
    }
};

std::array<Plate, 2> plates_of(const VertebralShape& shape, const BodyFrame& frame) {
    std::array<Plate, 2> plates{Plate{.outward = 1}, Plate{.outward = -1}};
    for (std::size_t part = 0; part < kBodyParts; ++part) {
        const std::array<Vec3, 2> points{shape.lines.at(part).upper_mm,
                                         shape.lines.at(part).lower_mm};
        for (std::size_t i = 0; i < points.size(); ++i) {
            plates.at(i).along_mm.at(part) = dot(points.at(i) - frame.center_mm, frame.along);
            plates.at(i).up_mm.at(part) = dot(points.at(i) - frame.center_mm, frame.up);
        }
    }
    return plates;
}

std::vector<double> steps(double from, double to, double step) {
    std::vector<double> values;
    for (double value = from; value <= to; value += step) {
        values.push_back(value);
    }
    return values;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Share of the endplate with a disc within 8 mm.
double disc_beyond(const Cut& cut, const Plate& plate, double depth_mm) {
    constexpr double kSeen = 0.3;
    std::vector<double> seen;
    for (const double along : steps(-0.4 * depth_mm, 0.4 * depth_mm, 1)) {
        const bool is_seen = std::ranges::any_of(steps(1, 8, 1), [&](double beyond) {
            return cut.disc(along, plate.at(along) + plate.outward * beyond) > kSeen;
        });
        seen.push_back(is_seen ? 1 : 0);
    }
    return mean_of(seen);
}

double black_around(const Cut& cut, const Plate& plate, double depth_mm) {
    std::vector<double> black;
    for (const double along : steps(-0.45 * depth_mm, 0.45 * depth_mm, 1)) {
        for (const double beyond : steps(-4, 6, 1)) {
            const double up = plate.at(along) + plate.outward * beyond;
            black.push_back(cut.brightness(along, up) < kBlack ? 1 : 0);
        }
    }
    return mean_of(black);
}

// Mean over the columns of the least or the greatest brightness from 2.5 mm inside of an endplate,
// where its own line has faded, on to four tenths of the height: the vein of the body lies beyond.
template <class Best>
double extreme_inside(
    const Cut& cut, const Plate& plate, double depth_mm, double height_mm, const Best& best) {
    constexpr double kFirstMm = 2.5;
    constexpr double kReach = 0.42;
    std::vector<double> columns;
    for (const double along : steps(-0.3 * depth_mm, 0.3 * depth_mm, 0.05 * depth_mm)) {
        double extreme = cut.brightness(along, plate.at(along) - plate.outward * kFirstMm);
        for (const double inside : steps(kFirstMm, kReach * height_mm, 0.5)) {
            extreme =
                best(extreme, cut.brightness(along, plate.at(along) - plate.outward * inside));
        }
        columns.push_back(extreme);
    }
    return mean_of(columns);
}

double marrow_in(const Cut& cut, double depth_mm, double height_mm) {
    std::vector<double> values;
    for (const double along : steps(-0.35 * depth_mm, 0.35 * depth_mm, 1)) {
        for (const double up : steps(-0.3 * height_mm, 0.3 * height_mm, 1)) {
            values.push_back(cut.brightness(along, up));
        }
    }
    return quantile(values, 0.5);
}

// Mean brightness 2 to 14 mm behind the body, or before it with -1: the canal is 15 to 20 mm deep.
double beside(const Cut& cut, double depth_mm, double height_mm, double side) {
    std::vector<double> values;
    for (const double beyond : steps(2, 14, 1)) {
        for (const double up : steps(-height_mm / 2, height_mm / 2, 1)) {
            values.push_back(cut.brightness(side * (depth_mm / 2 + beyond), up));
        }
    }
    return mean_of(values);
}

template <class Each>
double median_of(const std::vector<Cut>& cuts, const Each& each) {
    std::vector<double> values;
    std::ranges::transform(cuts, std::back_inserter(values), each);
    return quantile(values, 0.5);
}

}  // namespace

std::optional<BodyPicture> picture_of(const VertebralShape& shape,
                                      const std::vector<VertebraMap>& maps) {
    const BodyFrame frame = frame_of(shape);
    std::vector<Cut> cuts;
    for (const VertebraMap& map : maps) {
        const Cut cut(map, frame);
        if (std::abs(cut.across_mm()) <= ShapeOptions{}.near_middle_mm) {
            cuts.push_back(cut);
        }
    }
    if (cuts.empty()) {
        return std::nullopt;
    }
    const double depth = shape.depth_mm;
    const double height = shape.lines[kMiddle].height_mm();
    const double marrow = std::max(
        kBlack, median_of(cuts, [&](const Cut& c) { return marrow_in(c, depth, height); }));
    BodyPicture picture;
    for (const Plate& plate : plates_of(shape, frame)) {
        const auto least = [&](const Cut& c) {
            return extreme_inside(
                c, plate, depth, height, [](double a, double b) { return std::min(a, b); });
        };
        const auto most = [&](const Cut& c) {
            return extreme_inside(
                c, plate, depth, height, [](double a, double b) { return std::max(a, b); });
        };
        picture.disc_share =
            std::min(picture.disc_share,
                     median_of(cuts, [&](const Cut& c) { return disc_beyond(c, plate, depth); }));
        picture.black_share =
            std::max(picture.black_share,
                     median_of(cuts, [&](const Cut& c) { return black_around(c, plate, depth); }));
        picture.darkest = std::min(picture.darkest, median_of(cuts, least) / marrow);
        picture.brightest = std::max(picture.brightest, median_of(cuts, most) / marrow);
    }
    picture.behind = median_of(cuts, [&](const Cut& c) {
        return beside(c, depth, height, 1) - beside(c, depth, height, -1);
    });
    return picture;
}

}  // namespace paraspinal
