// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/stability.h"

#include "core/error.h"
#include "core/quantile.h"
#include "core/text.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/threshold_fat.h"
#include "segmentation/outline/outline.h"
#include "tests/tools/fat/disturb.h"
#include "tests/tools/fat/marked_slices.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::evaluation {
namespace {

struct Fat {
    bool is_subcutaneous = false;
    double fdr_pct = 0;
    double fraction_pct = 0;
};

double share_above(const std::vector<double>& sorted, double value) {
    const auto above = sorted.end() - std::ranges::lower_bound(sorted, value);
    return 100 * static_cast<double>(above) / static_cast<double>(sorted.size());
}

std::optional<Fat> fat_of(const OutlinedSlice& seen) {
    const FatAnalysis found =
        analyze_fat(correct_bias(seen.slice, {}), seen.labels, {.resamples = 0});
    if (!found.threshold) {
        return std::nullopt;
    }
    return Fat{.is_subcutaneous = found.fat.value().reference.place == FatPlace::subcutaneous,
               .fdr_pct = share_above(found.muscle_values, found.threshold->value),
               .fraction_pct = fat_fraction_pct(found.scale.value(), found.muscle_values)};
}

struct Changes {
    int slices = 0;
    int found = 0;
    std::vector<double> fdr;
    std::vector<double> fraction;
};

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

void print_row(std::ostream& out, std::string_view name, const Changes& changes) {
    std::vector<double> sizes;
    std::ranges::transform(
        changes.fdr, std::back_inserter(sizes), [](double change) { return std::abs(change); });
    const auto within = std::ranges::count_if(sizes, [](double size) { return size <= 1; });
    out << "| " << name << " | " << changes.found << " of " << changes.slices << " | "
        << fixed_text(mean(changes.fdr), 1) << " | " << within << " | "
        << fixed_text(quantile(sizes, 0.95), 1) << " | " << fixed_text(std::ranges::max(sizes), 1)
        << " | " << fixed_text(mean(changes.fraction), 1) << " |\n";
}

// What the default would say were the marked fat its reference.
double marked_fdr_pct(const MarkedSlice& marked, const OutlinedSlice& seen) {
    const ImageSlice even = correct_bias(seen.slice, {});
    const FatAnalysis found = analyze_fat(even, seen.labels, {.resamples = 0});
    const double fat = median_in(marked.boxes, even.intensity);
    const double lean = found.scale.value().lean;
    const double above_noise = threshold_fat(even, seen.labels, {.reference_share = 1e-6}).value;
    return share_above(found.muscle_values,
                       std::max(std::lerp(lean, fat, FatOptions{}.reference_share), above_noise));
}

}  // namespace

void print_stability(std::ostream& out,
                     const std::filesystem::path& marks,
                     const std::filesystem::path& images) {
    OutlineModel model;
    std::map<std::string_view, Changes> changes;
    Changes from_marks;
    for (const MarkedSlice& marked : read_marked_slices(marks, images)) {
        const OutlinedSlice seen{.slice = marked.slice,
                                 .labels = model.outline(marked.slice).labels};
        const std::optional<Fat> before = fat_of(seen);
        ++from_marks.slices;
        if (!before || !before->is_subcutaneous) {
            out << "No subcutaneous fat is found on " << marked.file << ".\n";
            continue;
        }
        ++from_marks.found;
        from_marks.fdr.push_back(before->fdr_pct - marked_fdr_pct(marked, seen));
        from_marks.fraction.push_back(0);
        const double fat = median_in(marked.boxes, seen.slice.intensity);
        for (const Disturbance& disturbance : disturbances()) {
            Changes& one = changes[disturbance.name];
            ++one.slices;
            if (const auto after = fat_of(disturbance.of(seen, fat))) {
                one.found += after->is_subcutaneous ? 1 : 0;
                one.fdr.push_back(after->fdr_pct - before->fdr_pct);
                one.fraction.push_back(after->fraction_pct - before->fraction_pct);
            }
        }
    }
    out << "\n| marked slices | fat found | mean change of FDR | within 1 point | 95 % within |"
           " worst | mean change of the fraction |\n|---|---|---|---|---|---|---|\n";
    for (const Disturbance& disturbance : disturbances()) {
        print_row(out, disturbance.name, changes.at(disturbance.name));
    }
    print_row(out, "beside the marked reference", from_marks);
}

}  // namespace paraspinal::evaluation
