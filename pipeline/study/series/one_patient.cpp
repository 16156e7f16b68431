// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/one_patient.h"

#include "core/patient_groups.h"
#include "core/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

// What one patient has once, in one examination on one scanner. Heights and weights are entered
// anew for each examination, not for each series.
struct Statements {
    std::set<std::string> accession_numbers;
    std::set<std::string> scanners;
    std::set<double> heights_m;
    std::set<double> weights_kg;
};

void insert(std::set<std::string>& texts, const std::string& text) {
    if (!text.empty()) {
        texts.insert(text);
    }
}

void insert(std::set<double>& numbers, const std::optional<double>& number) {
    if (number && *number > 0) {
        numbers.insert(*number);
    }
}

// Without what software writes differently.
std::string letters_of(std::string_view name) {
    std::string letters = lower_case(name);
    std::erase_if(letters,
                  [](char one) { return (one < 'a' || one > 'z') && (one < '0' || one > '9'); });
    return letters;
}

// Some write centimeters.
std::optional<double> in_meters(const std::optional<double>& height) {
    constexpr double kTallest = 3;
    return height && *height > kTallest ? std::optional(*height / 100) : height;
}

void add(Statements& stated, const SliceHeader& slice) {
    insert(stated.accession_numbers, plain_patient_id(slice.accession_number));
    insert(stated.scanners, letters_of(slice.acquisition.manufacturer_model));
    insert(stated.heights_m, in_meters(slice.patient.height_m));
    insert(stated.weights_kg, slice.patient.weight_kg);
}

// "Aera" is "MAGNETOM Aera".
bool are_several_scanners(const std::set<std::string>& scanners) {
    return std::ranges::any_of(scanners, [&](const std::string& one) {
        return std::ranges::any_of(scanners, [&](const std::string& other) {
            return one.find(other) == std::string::npos && other.find(one) == std::string::npos;
        });
    });
}

// Pounds and inches are rounded when they are converted.
bool differ(const std::set<double>& numbers, double tolerance) {
    return !numbers.empty() && *numbers.rbegin() - *numbers.begin() > tolerance;
}

std::vector<std::string> contradictions(const Statements& stated) {
    constexpr double kMostMeters = 0.03;
    constexpr double kMostKilograms = 2;
    std::vector<std::string> found;
    if (stated.accession_numbers.size() > 1) {
        found.emplace_back("different accession numbers");
    }
    if (are_several_scanners(stated.scanners)) {
        found.emplace_back("different scanners");
    }
    if (differ(stated.heights_m, kMostMeters)) {
        found.emplace_back("different heights");
    }
    if (differ(stated.weights_kg, kMostKilograms)) {
        found.emplace_back("different weights");
    }
    return found;
}

}  // namespace

std::optional<QcFlag> doubt_one_patient(const ClassifiedStudy& study) {
    Statements stated;
    std::map<std::string, std::set<SeriesKind>> kinds_of_frame;
    for (const ClassifiedStack& each : study.stacks) {
        if (each.classification.kind == SeriesKind::other) {
            continue;
        }
        kinds_of_frame[each.series->frame_of_reference_uid].insert(each.classification.kind);
        for (const SliceHeader* const slice : each.stack.slices) {
            add(stated, *slice);
        }
    }
    std::vector<std::string> found = contradictions(stated);
    const auto sets = std::ranges::count_if(kinds_of_frame, [](const auto& frame) {
        return !frame.first.empty() && frame.second.size() > 1;
    });
    if (sets > 1) {
        found.push_back(std::to_string(sets) +
                        " frames of reference with sagittal and axial T2 each");
    }
    if (found.empty()) {
        return std::nullopt;
    }
    return QcFlag{Flag::patient_contradiction,
                  "the series of this study may be of several people or examinations: they state " +
                      joined(found, ", ")};
}

}  // namespace paraspinal
