// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/side_exchange.h"

#include "pipeline/study/repeatability.h"

#include <cmath>
#include <string>

namespace paraspinal {
namespace {

constexpr std::string_view kRight = "_right_";

// The same quantity of the other side.
std::string left_of(std::string_view right) {
    std::string name(right);
    return name.replace(name.find(kRight), kRight.size(), "_left_");
}

}  // namespace

bool are_sides_exchanged(const MatchedSlices& slices) {
    bool is_found = false;
    int straight = 0;  // Sides that differ.
    int crossed = 0;
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        if (quantity.name.find(kRight) == std::string_view::npos) {
            continue;
        }
        const std::string left = left_of(quantity.name);
        const auto from_right = number_in(slices.from, quantity.name);
        const auto from_left = number_in(slices.from, left);
        const auto to_right = number_in(slices.to, quantity.name);
        const auto to_left = number_in(slices.to, left);
        if (!from_right || !from_left || !to_right || !to_left) {
            continue;
        }
        const auto differs = [&](double one, double other) {
            return std::abs(other - one) >
                           smallest_real_change(quantity, (one + other) / 2, slices.apart_mm)
                       ? 1
                       : 0;
        };
        const int here = differs(*from_right, *to_right) + differs(*from_left, *to_left);
        const int there = differs(*from_right, *to_left) + differs(*from_left, *to_right);
        is_found |= here == 2 && there == 0;
        straight += here;
        crossed += there;
    }
    return is_found && crossed < straight;
}

}  // namespace paraspinal
