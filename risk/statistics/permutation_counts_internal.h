// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace paraspinal {

/// In how many ways `size` of the `weights` (0 or more each) can be chosen so that they add up to
/// each sum: entry s is the number for the sum s. Numbers of ways are doubles: above 2^53 they are
/// exact to 1e-16 of themselves. Memory: size x the largest sum.
std::vector<double> ways_to_choose(std::span<const std::int64_t> weights, std::size_t size);

/// The same for any number of the weights.
std::vector<double> ways_to_choose_any(std::span<const std::int64_t> weights);

/// Share of all ways whose sum lies as far from the middle `twice_center` / 2 as `sum` or farther.
double two_sided_share(std::span<const double> ways, std::int64_t sum, std::int64_t twice_center);

/// Twice the mid-ranks, which are whole numbers.
std::vector<std::int64_t> doubled(std::span<const double> mid_ranks);

}  // namespace paraspinal
