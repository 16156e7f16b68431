// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace paraspinal::evaluation {

/// A measured percentage beside the true one.
struct Pair {
    double measured = 0;
    double truth = 0;
};

struct Agreement {
    double icc_3_1 = 0;  ///< Shrout and Fleiss 1979, doi:10.1037/0033-2909.86.2.420: consistency.
    double bias = 0;     ///< Mean of measured - truth.
    double low = 0;      ///< Limits of agreement, bias -+ 1.96 deviations: Bland and Altman 1986,
    double high = 0;     ///< doi:10.1016/S0140-6736(86)90837-8.
    double worst = 0;    ///< Largest |measured - truth|.
    double mean_error = 0;  ///< Mean |measured - truth|.
};

/// Agreement of at least two pairs.
Agreement agreement(const std::vector<Pair>& pairs);

}  // namespace paraspinal::evaluation
