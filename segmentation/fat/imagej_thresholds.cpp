// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// ITK has calculators of these names, but they differ from ImageJ by a level or more (see
// docs/fat.md), and users compare with their ImageJ numbers.
#include "segmentation/fat/imagej_thresholds.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace paraspinal {
namespace {

constexpr int kLevels = 256;

double count_at(const GrayCounts& counts, int level) {
    return static_cast<double>(counts.at(static_cast<std::size_t>(level)));
}

int first_used(const GrayCounts& counts) {
    return static_cast<int>(std::ranges::find_if(counts, [](auto n) { return n > 0; }) -
                            counts.begin());
}

int last_used(const GrayCounts& counts) {
    const auto from_back =
        std::find_if(counts.rbegin(), counts.rend(), [](auto n) { return n > 0; });
    return kLevels - 1 - static_cast<int>(from_back - counts.rbegin());
}

// Sum of f(level) over first..last.
template <class Function>
double sum_levels(int first, int last, Function f) {
    double sum = 0;
    for (int level = first; level <= last; ++level) {
        sum += f(level);
    }
    return sum;
}

double mean_level(const GrayCounts& counts, int first, int last) {
    const auto count = [&](int level) { return count_at(counts, level); };
    const double pixels = sum_levels(first, last, count);
    return pixels > 0 ? sum_levels(first, last, [&](int i) { return i * count(i); }) / pixels : 0;
}

// The first level in first..last at which `score` is largest; -1 when it is never above `least`.
template <class Score>
int best_level(int first, int last, double least, Score score) {
    int best = -1;
    for (int level = first; level <= last; ++level) {
        const double now = score(level);
        if (now > least) {
            least = now;
            best = level;
        }
    }
    return best;
}

// Otsu 1979, doi:10.1109/TSMC.1979.4310076: largest variance between the classes; of equal ones
// (where levels are empty) the brightest.
int otsu(const GrayCounts& counts) {
    const double total = sum_levels(0, kLevels - 1, [&](int i) { return count_at(counts, i); });
    const double mean = mean_level(counts, 0, kLevels - 1);
    double below = 0;
    double below_sum = 0;
    double most = 0;
    int best = -1;
    for (int level = 0; level < kLevels - 1; ++level) {
        below += count_at(counts, level);
        below_sum += level * count_at(counts, level);
        const double pairs = below * (total - below);
        const double distance = mean * below - below_sum;
        const double variance = pairs > 0 ? distance * distance / pairs : 0;
        if (variance > 0 && variance >= most) {
            most = variance;
            best = level;
        }
    }
    return best;
}

// ImageJ's "Default", a variation of Ridler and Calvard 1978 (doi:10.1109/TSMC.1978.4310039): the
// lowest level that is not below the average of the two means; levels 0 and 255 do not count.
int imagej_default(GrayCounts counts) {
    counts.front() = 0;
    counts.back() = 0;
    const int first = first_used(counts);
    const int last = last_used(counts);
    if (first >= last) {
        return kLevels / 2;
    }
    double average = 0;
    for (int level = first; level < last; ++level) {
        average = 0.5 * (mean_level(counts, first, level) + mean_level(counts, level + 1, last));
        if (level + 2 > average || level + 1 >= last - 1) {
            break;
        }
    }
    return static_cast<int>(std::floor(average + 0.5));
}

// Li and Tam 1998, doi:10.1016/S0167-8655(98)00057-9: least cross entropy, by iteration.
int li(const GrayCounts& counts) {
    double next = mean_level(counts, 0, kLevels - 1);
    int level = 0;
    constexpr int kMostSteps = 1000;
    for (int step = 0; step < kMostSteps; ++step) {
        const double previous = next;
        level = static_cast<int>(std::lround(previous));
        const double dark = mean_level(counts, 0, level);
        const double bright = mean_level(counts, level + 1, kLevels - 1);
        if (dark == 0 || bright == 0) {
            next = 0;
        } else {
            next = std::floor((dark - bright) / (std::log(dark) - std::log(bright)) + 0.5);
        }
        if (std::abs(next - previous) <= 0.5) {
            break;
        }
    }
    return level;
}

// Zack, Rogers, Latt 1977, doi:10.1177/25.7.70454: the level farthest from the line between the
// peak and the end of the longer tail.
int triangle(GrayCounts counts) {
    int first = std::max(first_used(counts) - 1, 0);
    const int last = std::min(last_used(counts) + 1, kLevels - 1);
    int peak = static_cast<int>(std::ranges::max_element(counts) - counts.begin());
    const bool tail_is_bright = peak - first < last - peak;
    if (tail_is_bright) {
        std::ranges::reverse(counts);
        first = kLevels - 1 - last;
        peak = kLevels - 1 - peak;
    }
    if (first == peak) {
        return first;
    }
    const double height = count_at(counts, peak);
    const double run = first - peak;
    const double norm = std::hypot(height, run);
    const double offset = first * height / norm;
    int split = best_level(first + 1, peak, 0, [&](int level) {
        return level * height / norm + count_at(counts, level) * run / norm - offset;
    });
    split = (split < 0 ? first : split) - 1;
    return tail_is_bright ? kLevels - 1 - split : split;
}

// Yen, Chang, Chang 1995, doi:10.1109/83.366472: largest correlation criterion.
int yen(const GrayCounts& counts) {
    const double total = sum_levels(0, kLevels - 1, [&](int i) { return count_at(counts, i); });
    const auto square = [&](int i) { return std::pow(count_at(counts, i) / total, 2); };
    double below = 0;
    return best_level(first_used(counts), last_used(counts) - 1, -1, [&](int level) {
        below += count_at(counts, level) / total;
        const double squares =
            sum_levels(0, level, square) * sum_levels(level + 1, kLevels - 1, square);
        const double shares = below * (1 - below);
        return (squares > 0 ? -std::log(squares) : 0) + (shares > 0 ? 2 * std::log(shares) : 0);
    });
}

// Kapur, Sahoo, Wong 1985, doi:10.1016/0734-189X(85)90125-2: largest sum of the two entropies.
int maxentropy(const GrayCounts& counts) {
    const double total = sum_levels(0, kLevels - 1, [&](int i) { return count_at(counts, i); });
    const auto entropy = [&](int first, int last, double share) {
        return -sum_levels(first, last, [&](int i) {
            const double part = count_at(counts, i) / total / share;
            return part > 0 ? part * std::log(part) : 0;
        });
    };
    double below = 0;
    return best_level(first_used(counts), last_used(counts) - 1, -1, [&](int level) {
        below += count_at(counts, level) / total;
        return entropy(0, level, below) + entropy(level + 1, kLevels - 1, 1 - below);
    });
}

}  // namespace

int imagej_threshold(const GrayCounts& counts, FatMethod method) {
    switch (method) {
        case FatMethod::otsu: return otsu(counts);
        case FatMethod::isodata: return imagej_default(counts);
        case FatMethod::li: return li(counts);
        case FatMethod::triangle: return triangle(counts);
        case FatMethod::yen: return yen(counts);
        case FatMethod::maxentropy: return maxentropy(counts);
        default:
            throw Error(ErrorCode::internal,
                        std::string(fat_method_name(method)) + " is no method on a histogram");
    }
}

}  // namespace paraspinal
