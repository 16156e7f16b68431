// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/logistic_regression.h"

#include <cstdint>

namespace paraspinal {

struct BootstrapOptions {
    int resamples = 1000;
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0: as many as the machine has. The result does not depend on it.
};

/// How much better a regression looks on its own patients than on new ones (Harrell et al., Stat
/// Med 1996;15:361-387): means over models refitted to resampled patients, of their performance on
/// the resample minus that on the original patients.
struct Optimism {
    double auc = 0;
    double brier = 0;
    double slope = 0;   ///< 1 - mean calibration slope of the refitted models on the patients.
    int resamples = 0;  ///< That could be fitted; others had one outcome or a constant predictor.
    int failed = 0;
};

Optimism bootstrap_optimism(const RegressionData& data,
                            const LogisticOptions& regression,
                            const BootstrapOptions& bootstrap);

}  // namespace paraspinal
