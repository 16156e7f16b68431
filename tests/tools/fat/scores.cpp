// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/scores.h"

#include "core/text.h"

namespace paraspinal::evaluation {
namespace {

std::string points(double value) {
    return fixed_text(value, 1);
}

std::string limits(const Agreement& one) {
    return points(one.low) + " to " + points(one.high);
}

}  // namespace

void Scores::print_methods(std::ostream& out) const {
    out << "| method | ICC(3,1) | bias | limits of agreement | mean error | worst | bias, lean |"
           " bias, as acquired | bias, infiltrated | ICC(3,1) with mean PDFF |\n"
           "|---|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& [method, groups] : pairs_) {
        if (!groups.contains("mean")) {
            continue;
        }
        const Agreement all = of(method, "0 all");
        out << "| " << method << " | " << fixed_text(all.icc_3_1, 3) << " | " << points(all.bias)
            << " | " << limits(all) << " | " << points(all.mean_error) << " | " << points(all.worst)
            << " | " << points(of(method, "1 lean").bias) << " | "
            << points(of(method, "1 as acquired").bias) << " | "
            << points(of(method, "1 infiltrated").bias) << " | "
            << fixed_text(of(method, "mean").icc_3_1, 3) << " |\n";
    }
}

void Scores::print_groups(std::ostream& out, const std::string& method) const {
    out << "\n| " << method << " | composites | ICC(3,1) | bias | limits of agreement | worst |\n"
        << "|---|---|---|---|---|---|\n";
    for (const auto& [group, pairs] : pairs_.at(method)) {
        if (group == "mean") {
            continue;
        }
        const Agreement one = agreement(pairs);
        out << "| " << group.substr(group.find(' ') + 1) << " | " << pairs.size() << " | "
            << fixed_text(one.icc_3_1, 3) << " | " << points(one.bias) << " | " << limits(one)
            << " | " << points(one.worst) << " |\n";
    }
}

}  // namespace paraspinal::evaluation
