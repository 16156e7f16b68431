// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/norms/norm_scale.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr double kWhole = 100;  // Percentages.

constexpr std::array kScales{
    NormScale::raw, NormScale::square_root, NormScale::log, NormScale::logit};
constexpr std::array<std::string_view, 4> kNames{"raw", "square_root", "log", "logit"};

}  // namespace

std::span<const NormScale> norm_scales() {
    return kScales;
}

std::string_view norm_scale_name(NormScale scale) {
    return kNames.at(static_cast<std::size_t>(scale));
}

std::optional<NormScale> norm_scale_named(std::string_view name) {
    const auto* const found = std::ranges::find(kNames, name);
    return found == kNames.end()
               ? std::nullopt
               : std::optional(kScales.at(static_cast<std::size_t>(found - kNames.begin())));
}

bool has_place(NormScale scale, double value) {
    return scale == NormScale::raw || (value > 0 && (scale != NormScale::logit || value < kWhole));
}

double on_scale(NormScale scale, double value) {
    switch (scale) {
        case NormScale::raw: return value;
        case NormScale::square_root: return std::sqrt(value);
        case NormScale::log: return std::log(value);
        case NormScale::logit: return std::log(value / (kWhole - value));
    }
    throw Error(ErrorCode::internal, "no such scale");
}

// Below the square root of nothing there is nothing.
double from_scale(NormScale scale, double place) {
    switch (scale) {
        case NormScale::raw: return place;
        case NormScale::square_root: return place > 0 ? place * place : 0;
        case NormScale::log: return std::exp(place);
        case NormScale::logit: return kWhole / (1 + std::exp(-place));
    }
    throw Error(ErrorCode::internal, "no such scale");
}

double log_derivative(NormScale scale, double value) {
    switch (scale) {
        case NormScale::raw: return 0;
        case NormScale::square_root: return -std::log(2 * std::sqrt(value));
        case NormScale::log: return -std::log(value);
        case NormScale::logit: return std::log(kWhole / (value * (kWhole - value)));
    }
    throw Error(ErrorCode::internal, "no such scale");
}

}  // namespace paraspinal
