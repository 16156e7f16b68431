// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/agreement.h"

#include <algorithm>
#include <cmath>

namespace paraspinal::evaluation {

Agreement agreement(const std::vector<Pair>& pairs) {
    const auto count = static_cast<double>(pairs.size());
    Agreement result;
    double mean_of_means = 0;
    for (const Pair& pair : pairs) {
        const double error = pair.measured - pair.truth;
        result.bias += error / count;
        result.mean_error += std::abs(error) / count;
        result.worst = std::max(result.worst, std::abs(error));
        mean_of_means += 0.5 * (pair.measured + pair.truth) / count;
    }
    double between = 0;   // Mean square between cases.
    double residual = 0;  // Mean square left over, each case having two readings.
    for (const Pair& pair : pairs) {
        between +=
            2 * std::pow(0.5 * (pair.measured + pair.truth) - mean_of_means, 2) / (count - 1);
        residual += 0.5 * std::pow(pair.measured - pair.truth - result.bias, 2) / (count - 1);
    }
    result.icc_3_1 = between + residual > 0 ? (between - residual) / (between + residual) : 0;
    const double deviation = std::sqrt(2 * residual);
    result.low = result.bias - 1.96 * deviation;
    result.high = result.bias + 1.96 * deviation;
    return result;
}

}  // namespace paraspinal::evaluation
