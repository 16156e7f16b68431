// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/shares.h"

#include "core/text.h"
#include "pipeline/compare/labels/read_case.h"
#include "segmentation/fat/correct_bias.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace paraspinal::evaluation {
namespace {

constexpr std::array kShares{0.2, 0.25, 0.27, 0.285, 0.3, 0.35, 0.4, 0.45, 0.5};

// Percent of the muscle pixels that each share calls fat.
std::map<double, double> measured_pct(const ImageSlice& image, const LabelMap& labels) {
    const FatAnalysis seen = analyze_fat(image, labels, {.resamples = 0});
    // With next to no share the guard alone decides.
    const double above_noise = threshold_fat(image, labels, {.reference_share = 1e-6}).value;
    const auto& values = seen.muscle_values;
    std::map<double, double> measured;
    for (const double share : kShares) {
        const double value =
            std::max(std::lerp(seen.scale.value().lean, seen.scale->fat, share), above_noise);
        const auto fat = values.end() - std::ranges::lower_bound(values, value);
        measured[share] = 100 * static_cast<double>(fat) / static_cast<double>(values.size());
    }
    return measured;
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
           fixed_text(one.high, 1) + ")";
}

}  // namespace

void ShareTable::add(const ImageSlice& image, const DixonSlice& truth, const std::string& subject) {
    const double by_fraction = muscle_fat_pct(truth, fat_fraction);
    const double by_volume = muscle_fat_pct(truth, fat_volume);
    for (const auto& [share, measured] : measured_pct(image, truth.labels)) {
        columns_["1 PDFF above 50 %, " + subject][share].push_back({measured, by_fraction});
        columns_["2 fat takes more than half"][share].push_back({measured, by_volume});
    }
    fat_over_lean_.push_back(truth.fat_over_lean);
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
            const double drawn = slice.at("expected").at("fdr_pct");
            for (const auto& [share, measured] :
                 measured_pct(correct_bias(one.slice, {}), one.reference)) {
                columns_["3 drawn slices"][share].push_back({measured, drawn});
            }
        }
    }
}

void ShareTable::print(std::ostream& out) const {
    const auto [least, most] = std::ranges::minmax(fat_over_lean_);
    out << "\nIn the Dixon images pure fat is " << fixed_text(least, 1) << " to "
        << fixed_text(most, 1) << " times as bright as lean muscle.\n\n| share of the way |";
    for (const auto& [name, column] : columns_) {
        out << ' ' << name.substr(2) << " (" << column.begin()->second.size() << ") |";
    }
    out << "\n|---|" << (columns_.size() > 3 ? "---|---|---|---|" : "---|---|---|") << '\n';
    for (const double share : kShares) {
        out << "| " << fixed_text(share, 3) << " |";
        for (const auto& [name, column] : columns_) {
            out << ' ' << cell(column.at(share)) << " |";
        }
        out << '\n';
    }
}

}  // namespace paraspinal::evaluation
