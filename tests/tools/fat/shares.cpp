// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/shares.h"

#include "core/text.h"
#include "pipeline/compare/read_case.h"
#include "segmentation/fat/correct_bias.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

namespace paraspinal::evaluation {
namespace {

constexpr std::array kShares{0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55};

// The rows of the table.
std::vector<std::pair<std::string, FatOptions>> rows() {
    std::vector<std::pair<std::string, FatOptions>> all;
    for (const double share : kShares) {
        all.emplace_back("reference " + fixed_text(share, 2),
                         FatOptions{.method = FatMethod::reference, .reference_share = share});
    }
    for (const FatMethod method : kDataDrivenFatMethods) {
        if (method != FatMethod::reference) {
            all.emplace_back(fat_method_name(method), FatOptions{.method = method});
        }
    }
    return all;
}

// Percent of the muscle pixels for which `is_fat` holds.
template <class IsFat>
double muscle_pct(const LabelMap& labels, IsFat is_fat) {
    double muscle = 0;
    double fat = 0;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(labels.pixels[i])) {
            muscle += 1;
            fat += is_fat(i) ? 1 : 0;
        }
    }
    return 100 * fat / muscle;
}

double measured_pct(const ImageSlice& image, const LabelMap& labels, const FatOptions& options) {
    const Mask fat = fat_mask(image, labels, threshold_fat(image, labels, options));
    return muscle_pct(labels, [&](std::size_t i) { return fat.pixels[i] != 0; });
}

std::filesystem::path file_named(const std::filesystem::path& folder,
                                 const std::filesystem::path& name) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().filename() == name) {
            return entry.path();
        }
    }
    throw std::runtime_error("no file " + name.string() + " below " + folder.string());
}

std::string cell(const std::vector<Pair>& pairs) {
    const Agreement one = agreement(pairs);
    return fixed_text(one.bias, 1) + " (" + fixed_text(one.low, 1) + " to " +
           fixed_text(one.high, 1) + "), " + fixed_text(one.mean_error, 1);
}

}  // namespace

void ShareTable::add(const ImageSlice& image, const DixonSlice& truth) {
    const double by_fraction =
        muscle_pct(truth.labels, [&](std::size_t i) { return fat_fraction(truth, i) > 0.5; });
    const double by_volume =
        muscle_pct(truth.labels, [&](std::size_t i) { return fat_volume(truth, i) > 0.5; });
    for (const auto& [name, options] : rows()) {
        const double measured = measured_pct(image, truth.labels, options);
        fraction_[name].push_back({.measured = measured, .truth = by_fraction});
        volume_[name].push_back({.measured = measured, .truth = by_volume});
    }
    fat_over_lean_.push_back(truth.fat_over_lean);
    const double disagreement =
        fat_disagreement_pct(image, truth.labels, all_thresholds(image, truth.labels, {}));
    const double error = measured_pct(image, truth.labels, {}) - by_volume;
    disagreement_.push_back({.disagreement = disagreement, .error = std::abs(error)});
}

void ShareTable::add_samples(const std::filesystem::path& folder) {
    std::ifstream file(folder / "truth.json");
    const auto truth = nlohmann::json::parse(file);
    for (const auto& patient : truth.at("patients")) {
        for (const auto& slice : patient.at("axial_slices")) {
            if (slice.at("weighting") != "T2") {
                continue;
            }
            const std::filesystem::path mask = folder / slice.at("label_map").get<std::string>();
            const ReferenceCase read = read_case({.name = mask.stem().string(),
                                                  .images = file_named(folder, mask.stem()),
                                                  .mask = mask},
                                                 {});
            const ReferenceSlice& one = read.slices.front();
            const ImageSlice even = correct_bias(one.slice, {});
            for (const auto& [name, options] : rows()) {
                samples_[name].push_back(
                    {.measured = measured_pct(even, one.reference, options),
                     .truth = slice.at("expected").at("fdr_pct").get<double>()});
            }
        }
    }
}

void ShareTable::print(std::ostream& out) const {
    const auto [least, most] = std::ranges::minmax(fat_over_lean_);
    out << "\nIn the Dixon images pure fat is " << fixed_text(least, 1) << " to "
        << fixed_text(most, 1) << " times as bright as lean muscle.\n\n"
        << "| threshold | PDFF above 50 % | fat takes more than half | "
        << samples_.begin()->second.size() << " sample slices |\n|---|---|---|---|\n";
    for (const auto& [name, options] : rows()) {
        out << "| " << name << " | " << cell(fraction_.at(name)) << " | " << cell(volume_.at(name))
            << " | " << cell(samples_.at(name)) << " |\n";
    }
    print_disagreement(out);
}

void ShareTable::print_disagreement(std::ostream& out) const {
    constexpr std::array kBorders{0.0, 5.0, 10.0, 20.0, 30.0, 40.0, 60.0, 100.1};
    out << "\n| methods differ by | composites | mean error of the default | worst |\n"
        << "|---|---|---|---|\n";
    for (std::size_t i = 0; i + 1 < kBorders.size(); ++i) {
        std::vector<double> errors;
        for (const Disagreement& one : disagreement_) {
            if (one.disagreement >= kBorders[i] && one.disagreement < kBorders[i + 1]) {
                errors.push_back(one.error);
            }
        }
        if (!errors.empty()) {
            out << "| " << fixed_text(kBorders[i], 0) << " to " << fixed_text(kBorders[i + 1], 0)
                << " | " << errors.size() << " | "
                << fixed_text(std::accumulate(errors.begin(), errors.end(), 0.0) /
                                  static_cast<double>(errors.size()),
                              1)
                << " | " << fixed_text(std::ranges::max(errors), 1) << " |\n";
        }
    }
}

}  // namespace paraspinal::evaluation
