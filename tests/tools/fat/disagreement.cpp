// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/disagreement.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal::evaluation {

void print_disagreement(std::ostream& out, const std::vector<Disagreement>& composites) {
    constexpr std::array kBorders{0.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.1};
    out << "\n| methods differ by | composites | mean true FDR | mean error of the default | worst "
           "|\n|---|---|---|---|---|\n";
    for (std::size_t i = 0; i + 1 < kBorders.size(); ++i) {
        double count = 0;
        double truth = 0;
        double error = 0;
        double worst = 0;
        for (const Disagreement& one : composites) {
            if (one.disagreement >= kBorders[i] && one.disagreement < kBorders[i + 1]) {
                count += 1;
                truth += one.truth;
                error += std::abs(one.error);
                worst = std::max(worst, std::abs(one.error));
            }
        }
        if (count > 0) {
            out << "| " << fixed_text(kBorders[i], 0) << " to " << fixed_text(kBorders[i + 1], 0)
                << " | " << fixed_text(count, 0) << " | " << fixed_text(truth / count, 1) << " | "
                << fixed_text(error / count, 1) << " | " << fixed_text(worst, 1) << " |\n";
        }
    }
}

}  // namespace paraspinal::evaluation
