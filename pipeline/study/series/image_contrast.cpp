// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/image_contrast.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kBandNearMm = 2;
constexpr double kBandFarMm = 25;
// Fewer pixels say nothing.
constexpr std::size_t kLeastPixels = 20;

std::optional<double> percentile_of(std::vector<float> values, double share) {
    if (values.size() < kLeastPixels) {
        return std::nullopt;
    }
    const auto rank =
        static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

// Mean of the 3 x 3 around each pixel, less the darkest of these but for a few.
Image<float> smooth_above_darkest(const Image<float>& image) {
    Image<float> smooth(image.size());
    for (int row = 0; row < image.rows; ++row) {
        for (int col = 0; col < image.cols; ++col) {
            float sum = 0;
            for (int y = -1; y <= 1; ++y) {
                for (int x = -1; x <= 1; ++x) {
                    sum += image[{std::clamp(row + y, 0, image.rows - 1),
                                  std::clamp(col + x, 0, image.cols - 1)}];
                }
            }
            smooth[{row, col}] = sum / 9;
        }
    }
    constexpr double kFew = 0.01;
    const auto darkest = static_cast<float>(percentile_of(smooth.pixels, kFew).value_or(0));
    std::ranges::for_each(smooth.pixels, [darkest](float& value) { value -= darkest; });
    return smooth;
}

// Rows grow, or columns do, towards the patient's back.
struct Backwards {
    bool along_rows = true;
    int sign = 1;
};

Backwards backwards(const ImagePlane& plane) {
    const bool rows = std::abs(plane.along_rows.y) >= std::abs(plane.along_columns.y);
    const double y = rows ? plane.along_rows.y : plane.along_columns.y;
    return {.along_rows = rows, .sign = y < 0 ? -1 : 1};
}

// A slice seen with its lines along the back: `across` counts from side to side, `depth` to the
// back.
class Turned {
  public:
    Turned(const ImageSlice& slice, const Image<float>& smooth, const LabelMap& labels)
        : back_(backwards(slice.plane)),
          smooth_(smooth),
          labels_(labels),
          depth_mm_(back_.along_rows ? slice.spacing.row_mm : slice.spacing.col_mm),
          across_mm_(back_.along_rows ? slice.spacing.col_mm : slice.spacing.row_mm) {}

    [[nodiscard]] int depths() const { return back_.along_rows ? smooth_.rows : smooth_.cols; }
    [[nodiscard]] int width() const { return back_.along_rows ? smooth_.cols : smooth_.rows; }
    [[nodiscard]] Structure label(int across, int depth) const {
        return labels_[at(across, depth)];
    }
    [[nodiscard]] float value(int across, int depth) const { return smooth_[at(across, depth)]; }
    [[nodiscard]] int depth_steps(double mm) const { return int(std::lround(mm / depth_mm_)); }
    [[nodiscard]] int across_steps(double mm) const { return int(std::lround(mm / across_mm_)); }

  private:
    [[nodiscard]] PixelIndex at(int across, int depth) const {
        const int place = back_.sign > 0 ? depth : depths() - 1 - depth;
        return back_.along_rows ? PixelIndex{place, across} : PixelIndex{across, place};
    }
    Backwards back_;
    const Image<float>& smooth_;
    const LabelMap& labels_;
    double depth_mm_;
    double across_mm_;
};

using Wanted = bool (*)(Structure);

std::vector<float> values_of(const Turned& slice, Wanted wanted) {
    std::vector<float> values;
    for (int across = 0; across < slice.width(); ++across) {
        for (int depth = 0; depth < slice.depths(); ++depth) {
            if (wanted(slice.label(across, depth))) {
                values.push_back(slice.value(across, depth));
            }
        }
    }
    return values;
}

std::vector<float> behind_muscles(const Turned& slice, Wanted wanted) {
    std::vector<float> values;
    for (int across = 0; across < slice.width(); ++across) {
        int last = slice.depths() - 1;
        while (last >= 0 && !wanted(slice.label(across, last))) {
            --last;
        }
        const int end = std::min(slice.depths(), last + slice.depth_steps(kBandFarMm));
        for (int depth = last + slice.depth_steps(kBandNearMm); last >= 0 && depth < end; ++depth) {
            values.push_back(slice.value(across, depth));
        }
    }
    return values;
}

// Behind the middle of the vertebral body.
struct Canal {
    double near_mm;
    double far_mm;
    double half_width_mm;
};

// The thecal sac: little but fluid and nerve roots. Fat around it is bright on T1 as well.
constexpr Canal kThecalSac{.near_mm = 4, .far_mm = 14, .half_width_mm = 6};
constexpr Canal kWholeCanal{.near_mm = kBandNearMm, .far_mm = kBandFarMm, .half_width_mm = 10};

std::vector<float> behind_vertebral_body(const Turned& slice, const Canal& canal) {
    double sum = 0;
    double pixels = 0;
    for (int across = 0; across < slice.width(); ++across) {
        for (int depth = 0; depth < slice.depths(); ++depth) {
            const bool is_body = slice.label(across, depth) == Structure::vertebral_body;
            sum += is_body ? across : 0;
            pixels += is_body ? 1 : 0;
        }
    }
    std::vector<float> values;
    if (pixels == 0) {
        return values;
    }
    const int middle = static_cast<int>(sum / pixels);
    const auto first = [&](double half_mm) {
        return std::max(0, middle - slice.across_steps(half_mm));
    };
    const auto last = [&](double half_mm) {
        return std::min(slice.width() - 1, middle + slice.across_steps(half_mm));
    };
    int back = -1;
    for (int across = first(kWholeCanal.half_width_mm); across <= last(kWholeCanal.half_width_mm);
         ++across) {
        for (int depth = 0; depth < slice.depths(); ++depth) {
            back = slice.label(across, depth) == Structure::vertebral_body ? std::max(back, depth)
                                                                           : back;
        }
    }
    const int end = std::min(slice.depths(), back + slice.depth_steps(canal.far_mm));
    for (int across = first(canal.half_width_mm); across <= last(canal.half_width_mm); ++across) {
        for (int depth = back + slice.depth_steps(canal.near_mm); back >= 0 && depth < end;
             ++depth) {
            if (!is_paraspinal_muscle(slice.label(across, depth))) {
                values.push_back(slice.value(across, depth));
            }
        }
    }
    return values;
}

double bright_border(const Image<float>& smooth) {
    constexpr int kBorderPixels = 3;
    constexpr double kBrightest = 0.99;
    constexpr double kNearly = 0.9;
    const double bright = kNearly * percentile_of(smooth.pixels, kBrightest).value_or(0);
    double border = 0;
    double brighter = 0;
    for (int row = 0; row < smooth.rows; ++row) {
        for (int col = 0; col < smooth.cols; ++col) {
            const bool is_border = std::min(row, smooth.rows - 1 - row) < kBorderPixels ||
                                   std::min(col, smooth.cols - 1 - col) < kBorderPixels;
            border += is_border ? 1 : 0;
            brighter += is_border && smooth[{row, col}] > bright ? 1 : 0;
        }
    }
    return border > 0 ? brighter / border : 0;
}

std::optional<double> ratio(const std::optional<double>& value, const std::optional<double>& to) {
    return value && to && *to > 0 ? std::optional(*value / *to) : std::nullopt;
}

bool is_right_muscle(Structure structure) {
    return is_paraspinal_muscle(structure) && side_of(structure) == Side::right;
}

bool is_left_muscle(Structure structure) {
    return is_paraspinal_muscle(structure) && side_of(structure) == Side::left;
}

constexpr double kLean = 0.25;
constexpr double kFat = 0.9;

// 1 for equal ones.
std::optional<double> smaller_share(const std::optional<double>& one,
                                    const std::optional<double>& other) {
    return one && other ? ratio(std::min(*one, *other), std::max(*one, *other)) : std::nullopt;
}

std::optional<double> fat_of_darker_side(const Turned& slice) {
    const auto right = percentile_of(behind_muscles(slice, is_right_muscle), kFat);
    const auto left = percentile_of(behind_muscles(slice, is_left_muscle), kFat);
    const auto right_lean = percentile_of(values_of(slice, is_right_muscle), kLean);
    const auto left_lean = percentile_of(values_of(slice, is_left_muscle), kLean);
    const auto own = smaller_share(right, left);
    const auto against_lean = smaller_share(ratio(right, right_lean), ratio(left, left_lean));
    return own && against_lean ? std::optional(std::max(*own, *against_lean)) : std::nullopt;
}

}  // namespace

ImageContrast image_contrast(const ImageSlice& slice, const LabelMap& labels) {
    constexpr double kFluid = 0.75;
    constexpr double kBrightFluid = 0.95;
    const Image<float> smooth = smooth_above_darkest(slice.intensity);
    const Turned turned(slice, smooth, labels);
    const auto lean = percentile_of(values_of(turned, is_paraspinal_muscle), kLean);
    const auto fat = percentile_of(behind_muscles(turned, is_paraspinal_muscle), kFat);
    const std::vector<float> sac = behind_vertebral_body(turned, kThecalSac);
    const std::vector<float> canal = behind_vertebral_body(turned, kWholeCanal);
    return {.fat_to_lean = ratio(fat, lean),
            .fluid_to_lean = ratio(percentile_of(sac, kFluid), lean),
            .fat_to_fluid = ratio(fat, percentile_of(canal, kBrightFluid)),
            .fat_of_darker_side = fat_of_darker_side(turned),
            .bright_border = bright_border(smooth)};
}

}  // namespace paraspinal
