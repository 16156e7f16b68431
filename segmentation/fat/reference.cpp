// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/reference.h"

#include "segmentation/fat/body_mask.h"
#include "segmentation/fat/muscle_back.h"
#include "segmentation/percentile.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace paraspinal {
namespace {

// Fat nearer than this is lit by the coil as the muscle is. Of 8, 12, 16, 25 and 40 mm it agrees
// best with Dixon images; nearer, fascia and partly filled pixels rule.
constexpr double kReachMm = 12;
// Muscle outlined far inside of the fascia, or a thick fascia: the next that holds fat.
constexpr std::array kReachesMm{kReachMm, 25.0, 40.0};
constexpr std::array kOtherReachesMm{8.0, 25.0};
// Beside the muscles, where a small field of view may show the only fat.
constexpr double kFlankMm = 20;
constexpr double kLeastAreaMm2 = 50;
// Fat is at least this much brighter than dark tissue: on T2 two to ten times, in the Dixon
// composite with the least contrast 1.6 times.
constexpr double kFatOverTissue = 1.5;
// Retroperitoneal fat is in reach of the muscles, the fluid of the canal is out of it.
constexpr double kElsewhereMm = 40;
constexpr double kCanalMm = 15;
constexpr double kElsewhereAreaMm2 = 100;
// Fat elsewhere over subcutaneous fat, logarithm: its deviation on the marked slices of
// tests/segmentation/fat; and the middles of five equal parts of a normal distribution.
constexpr double kElsewhereDeviation = 0.22;
constexpr std::array kFifths{-1.28, -0.52, 0.0, 0.52, 1.28};

// What is certainly no fat.
struct Dark {
    double air = 0;
    double tissue = 0;
};

struct Pixel {
    PixelIndex at;
    double value = 0;
    double around = 0;   // Mean of the 3 x 3 there: single pixels of noise are no fat.
    double away_mm = 0;  // From the muscles.
    double left_mm = 0;  // Of their middle.
};

// How the bright pixels are told from the rest: where to begin, and what part of the way from dark
// tissue to their middle they must have gone.
struct Brightness {
    double begin_share = 0.75;
    double least_way = 0.5;
    double least_area_mm2 = kLeastAreaMm2;
};
// Among organs, marrow and vessels only the brightest is fat.
constexpr Brightness kAmongOrgans{
    .begin_share = 0.95, .least_way = 0.65, .least_area_mm2 = kElsewhereAreaMm2};

double least_fat(const Dark& dark) {
    return dark.air + kFatOverTissue * (dark.tissue - dark.air);
}

Dark dark_of(const ImageSlice& slice, const LabelMap& labels) {
    constexpr double kDarkMuscle = 0.1;
    constexpr double kDarkBody = 0.25;
    const Body body = find_body(slice.intensity);
    const Image<float> smooth = smoothed(slice.intensity);
    std::vector<float> inside;
    std::vector<float> muscle;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (body.mask.pixels[i] != 0) {
            inside.push_back(smooth.pixels[i]);
        }
        if (is_paraspinal_muscle(labels.pixels[i])) {
            muscle.push_back(smooth.pixels[i]);
        }
    }
    // Muscle may be fat throughout, and the body of an obese patient as well.
    const double in_muscle = percentile(std::move(muscle), kDarkMuscle);
    return {.air = body.air,
            .tissue = inside.empty() ? in_muscle
                                     : std::min<double>(in_muscle, percentile(inside, kDarkBody))};
}

// Of every pixel without a label that lies near the muscles.
std::vector<Pixel> pixels_around(const ImageSlice& slice, const LabelMap& labels) {
    cv::Mat outside(labels.rows, labels.cols, CV_8U);
    std::ranges::transform(labels.pixels, outside.ptr<std::uint8_t>(), [](Structure structure) {
        return static_cast<std::uint8_t>(!is_paraspinal_muscle(structure));
    });
    cv::Mat away;
    cv::distanceTransform(outside, away, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    cv::Mat around(labels.rows, labels.cols, CV_32F);
    std::ranges::copy(slice.intensity.pixels, around.ptr<float>());
    cv::blur(around, around, {3, 3});
    const double pixel_mm = std::sqrt(pixel_area_mm2(slice.spacing));
    std::vector<Pixel> pixels;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            const double away_mm = pixel_mm * away.at<float>(row, col);
            if (labels[at] == Structure::background && away_mm <= kElsewhereMm) {
                pixels.push_back({.at = at,
                                  .value = slice.intensity[at],
                                  .around = around.at<float>(row, col),
                                  .away_mm = away_mm});
            }
        }
    }
    return pixels;
}

// The middle of the bright ones among `values`; nullopt when they are too few or too dark.
std::optional<double> fat_brightness(const std::vector<double>& values,
                                     const Dark& dark,
                                     const Brightness& brightness,
                                     double pixel_mm2) {
    std::vector<double> bright;
    const auto take_above = [&](double border) {
        bright.clear();
        std::ranges::copy_if(
            values, std::back_inserter(bright), [border](double value) { return value > border; });
        return static_cast<double>(bright.size()) * pixel_mm2 >= brightness.least_area_mm2;
    };
    if (!take_above(least_fat(dark))) {
        return std::nullopt;
    }
    double fat = percentile(bright, brightness.begin_share);
    constexpr int kRounds = 5;
    for (int round = 0; round < kRounds; ++round) {
        const double way = brightness.least_way * (fat - dark.tissue);
        if (!take_above(std::max(least_fat(dark), dark.tissue + way))) {
            return std::nullopt;
        }
        fat = percentile(bright, 0.5);
    }
    return fat;
}

using Wanted = std::function<bool(const Pixel&)>;

class Search {
  public:
    Search(const ImageSlice& slice, const LabelMap& labels)
        : dark_(dark_of(slice, labels)),
          pixel_mm2_(pixel_area_mm2(slice.spacing)),
          size_(labels.size()) {
        const MuscleBack back(slice, labels, kFlankMm);
        for (Pixel& pixel : pixels_around(slice, labels)) {
            if (pixel.around <= least_fat(dark_)) {
                continue;
            }
            pixel.left_mm = back.left_of_middle_mm(pixel.at);
            if (back.is_behind(pixel.at)) {
                behind_.push_back(pixel);
            } else if (std::abs(pixel.left_mm) > kCanalMm) {
                elsewhere_.push_back(pixel);
            }
        }
    }

    [[nodiscard]] std::optional<SeenFat> subcutaneous() const {
        const auto within = [](double reach_mm) {
            return [reach_mm](const Pixel& pixel) { return pixel.away_mm <= reach_mm; };
        };
        for (const double reach_mm : kReachesMm) {
            const Wanted near = within(reach_mm);
            if (auto seen = found(behind_, near, {}, FatPlace::subcutaneous)) {
                std::vector<Wanted> looks{
                    [&](const Pixel& pixel) { return near(pixel) && pixel.left_mm > 0; },
                    [&](const Pixel& pixel) { return near(pixel) && pixel.left_mm < 0; }};
                std::ranges::transform(kOtherReachesMm, std::back_inserter(looks), within);
                add_choices(*seen, looks);
                return seen;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<SeenFat> elsewhere() const {
        const Wanted all = [](const Pixel&) { return true; };
        auto seen = found(elsewhere_, all, kAmongOrgans, FatPlace::elsewhere);
        if (seen) {
            seen->choices.clear();
            for (const double deviations : kFifths) {
                const double factor = std::exp(kElsewhereDeviation * deviations);
                seen->choices.push_back(dark_.air + factor * (seen->reference.fat - dark_.air));
            }
        }
        return seen;
    }

  private:
    void add_choices(SeenFat& seen, const std::vector<Wanted>& looks) const {
        for (const Wanted& look : looks) {
            if (const auto fat = brightness(behind_, look, {})) {
                seen.choices.push_back(*fat);
            }
        }
    }

    [[nodiscard]] std::optional<double> brightness(const std::vector<Pixel>& pixels,
                                                   const Wanted& wanted,
                                                   const Brightness& how) const {
        std::vector<double> values;
        for (const Pixel& pixel : pixels) {
            if (wanted(pixel)) {
                values.push_back(pixel.value);
            }
        }
        return fat_brightness(values, dark_, how, pixel_mm2_);
    }

    [[nodiscard]] std::optional<SeenFat> found(const std::vector<Pixel>& pixels,
                                               const Wanted& wanted,
                                               const Brightness& how,
                                               FatPlace place) const {
        const auto fat = brightness(pixels, wanted, how);
        if (!fat) {
            return std::nullopt;
        }
        SeenFat seen{.reference = {.air = dark_.air, .fat = *fat, .place = place},
                     .choices = {*fat},
                     .where = Mask(size_)};
        const double least =
            std::max(least_fat(dark_), std::lerp(dark_.tissue, *fat, how.least_way));
        for (const Pixel& pixel : pixels) {
            if (wanted(pixel) && pixel.value > least) {
                seen.where[pixel.at] = 1;
            }
        }
        return seen;
    }

    Dark dark_;
    double pixel_mm2_;
    ImageSize size_;
    std::vector<Pixel> behind_;
    std::vector<Pixel> elsewhere_;
};

}  // namespace

std::optional<SeenFat> see_fat(const ImageSlice& slice, const LabelMap& labels) {
    const Search search(slice, labels);
    auto seen = search.subcutaneous();
    return seen ? seen : search.elsewhere();
}

}  // namespace paraspinal
