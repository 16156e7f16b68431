// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/statistics_text.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>

namespace paraspinal {
namespace {

constexpr int kMostDecimals = 9;
constexpr double kTooLong = 1e9;
constexpr int kFewestDigits = 3;

int decade(double value) {
    return static_cast<int>(std::floor(std::log10(value)));
}

std::string infinite_text(double value) {
    return value > 0 ? "inf" : "-inf";
}

std::string scientific(double value, int digits) {
    std::array<char, 40> letters{};
    const auto end = std::to_chars(letters.begin(),
                                   letters.end(),
                                   value,
                                   std::chars_format::scientific,
                                   std::clamp(digits, kFewestDigits, 16) - 1);
    return {letters.begin(), end.ptr};
}

// e to the power of `logarithm`, whatever its size.
std::string power_text(double logarithm) {
    if (std::isinf(logarithm)) {
        return logarithm > 0 ? "inf" : "0";
    }
    const double decades = logarithm / std::numbers::ln10;
    const double whole = std::floor(decades);
    return fixed_text(std::pow(10, decades - whole), 1) + "e" +
           std::to_string(static_cast<long long>(whole));
}

double shorter_half(const IntervalEstimate& estimate) {
    double shorter = std::numeric_limits<double>::infinity();
    for (const double half : {estimate.value - estimate.low, estimate.high - estimate.value}) {
        if (half > 0) {
            shorter = std::min(shorter, half);
        }
    }
    return shorter;
}

std::string bracketed(const std::array<std::string, 3>& texts) {
    return texts[0] + " [" + texts[1] + ", " + texts[2] + "]";
}

}  // namespace

std::string p_value_text(double p, bool exact) {
    if (exact) {
        return shortest_text(p);
    }
    return p < 0.001 ? "<0.001" : fixed_text(p, 3);
}

std::string full_text(double value) {
    return std::isinf(value) ? infinite_text(value) : shortest_text(value);
}

std::string scaled_text(double value, double resolution, int decimals) {
    if (std::isinf(value)) {
        return infinite_text(value);
    }
    const bool fine = resolution > 0 && std::isfinite(resolution);
    const int needed = fine ? 1 - decade(resolution) : decimals;
    if (std::max(needed, decimals) <= kMostDecimals && std::abs(value) < kTooLong) {
        return fixed_text(value, std::max(needed, decimals));
    }
    return value == 0 ? "0" : scientific(value, decade(std::abs(value)) + needed + 1);
}

std::string interval_text(const std::optional<IntervalEstimate>& estimate, int decimals) {
    if (!estimate) {
        return "-";
    }
    const double resolution = shorter_half(*estimate);
    return bracketed({scaled_text(estimate->value, resolution, decimals),
                      scaled_text(estimate->low, resolution, decimals),
                      scaled_text(estimate->high, resolution, decimals)});
}

bool is_extreme_ratio(const IntervalEstimate& logarithm) {
    // 1e6: a ratio that nobody reads digit by digit.
    constexpr double kExtreme = 6 * std::numbers::ln10;
    const auto extreme = [](double value) {
        return std::isfinite(value) && std::abs(value) > kExtreme;
    };
    return extreme(logarithm.value) || extreme(logarithm.low) || extreme(logarithm.high);
}

std::string ratio_text(const IntervalEstimate& logarithm, int decimals) {
    if (is_extreme_ratio(logarithm)) {
        return bracketed(
            {power_text(logarithm.value), power_text(logarithm.low), power_text(logarithm.high)});
    }
    const IntervalEstimate ratio{.value = std::exp(logarithm.value),
                                 .low = std::exp(logarithm.low),
                                 .high = std::exp(logarithm.high)};
    // One digit of the lower end.
    double resolution = shorter_half(ratio);
    if (ratio.low > 0) {
        resolution = std::min(resolution, 10 * ratio.low);
    }
    return bracketed({scaled_text(ratio.value, resolution, decimals),
                      scaled_text(ratio.low, resolution, decimals),
                      scaled_text(ratio.high, resolution, decimals)});
}

std::string moments_text(const SampleMoments& moments) {
    constexpr int kDecimals = 2;
    if (moments.n < 1) {
        return {};
    }
    if (moments.n < 2) {
        return scaled_text(moments.mean, std::abs(moments.mean), kDecimals) + " (n = 1)";
    }
    const double resolution = moments.sd > 0 ? moments.sd : std::abs(moments.mean);
    return scaled_text(moments.mean, resolution, kDecimals) + " ± " +
           scaled_text(moments.sd, resolution, kDecimals);
}

}  // namespace paraspinal
