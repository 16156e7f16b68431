// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include <Eigen/Dense>

namespace paraspinal {

/// Powers of `years` in decades, from 0 on: what a coefficient of a curve stands before.
inline Eigen::VectorXd age_powers(double years, Eigen::Index count) {
    constexpr double kYearsPerStep = 10;
    Eigen::VectorXd row(count);
    double power = 1;
    for (Eigen::Index i = 0; i < count; ++i) {
        row(i) = power;
        power *= years / kYearsPerStep;
    }
    return row;
}

}  // namespace paraspinal
