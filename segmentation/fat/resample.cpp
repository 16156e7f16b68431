// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/resample.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kSquareMm = 8;
constexpr std::uint32_t kSeed = 1;

}  // namespace

std::vector<int> muscle_squares(const ImageSlice& slice, const LabelMap& labels) {
    std::map<std::pair<int, int>, int> numbers;
    std::vector<std::pair<float, int>> pixels;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            if (is_paraspinal_muscle(labels[at])) {
                const std::pair place(static_cast<int>(row * slice.spacing.row_mm / kSquareMm),
                                      static_cast<int>(col * slice.spacing.col_mm / kSquareMm));
                const auto number = static_cast<int>(numbers.size());
                pixels.emplace_back(slice.intensity[at],
                                    numbers.try_emplace(place, number).first->second);
            }
        }
    }
    std::ranges::sort(pixels);
    std::vector<int> squares;
    squares.reserve(pixels.size());
    for (const auto& [value, square] : pixels) {
        squares.push_back(square);
    }
    return squares;
}

std::vector<FatSample> resampled(const FatSample& sample,
                                 const std::vector<int>& squares,
                                 int count) {
    const auto square_count = static_cast<std::size_t>(std::ranges::max(squares)) + 1;
    std::mt19937 generator(kSeed);  // NOLINT(cert-msc32-c,cert-msc51-cpp): reruns must agree.
    std::vector<FatSample> samples;
    for (int round = 0; round < count; ++round) {
        std::vector<int> times(square_count, 0);
        for (std::size_t draw = 0; draw < square_count; ++draw) {
            ++times[generator() % square_count];
        }
        FatSample drawn{.values = {},
                        .tallies = {},
                        .scale = sample.scale,
                        .reference = sample.reference,
                        .seen = {}};
        if (sample.seen) {
            const std::vector<double>& choices = sample.seen->choices;
            drawn.reference->fat = choices[static_cast<std::size_t>(round) % choices.size()];
        }
        drawn.values.reserve(sample.values.size());
        for (std::size_t i = 0; i < squares.size(); ++i) {
            drawn.values.insert(
                drawn.values.end(),
                static_cast<std::size_t>(times[static_cast<std::size_t>(squares[i])]),
                sample.values[i]);
        }
        if (!drawn.values.empty() && drawn.values.front() < drawn.values.back()) {
            drawn.tallies = tallied(drawn.values);
            samples.push_back(std::move(drawn));
        }
    }
    return samples;
}

}  // namespace paraspinal
