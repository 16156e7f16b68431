// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/one_patient.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

std::string text_of(const std::optional<double>& value) {
    return value && *value > 0 ? shortest_text(*value) : std::string();
}

// What one patient has once, in one examination on one scanner. Heights and weights are entered
// anew for each examination, not for each series.
constexpr std::array<std::string_view, 4> kStatements{
    "accession number", "scanner", "height", "weight"};

std::array<std::string, kStatements.size()> statements_of(const SliceHeader& slice) {
    const Acquisition& a = slice.acquisition;
    return {slice.accession_number,
            a.manufacturer_model.empty() ? "" : a.manufacturer + " " + a.manufacturer_model,
            text_of(slice.patient.height_m),
            text_of(slice.patient.weight_kg)};
}

}  // namespace

std::optional<QcFlag> doubt_one_patient(const ClassifiedStudy& study) {
    std::array<std::set<std::string>, kStatements.size()> stated;
    std::map<std::string, std::set<SeriesKind>> kinds_of_frame;
    for (const ClassifiedStack& each : study.stacks) {
        if (each.classification.kind == SeriesKind::other) {
            continue;
        }
        kinds_of_frame[each.series->frame_of_reference_uid].insert(each.classification.kind);
        for (const SliceHeader* const slice : each.stack.slices) {
            const auto values = statements_of(*slice);
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (!values.at(i).empty()) {
                    stated.at(i).insert(values.at(i));
                }
            }
        }
    }
    std::vector<std::string> found;
    for (std::size_t i = 0; i < stated.size(); ++i) {
        if (stated.at(i).size() > 1) {
            found.push_back("different " + std::string(kStatements.at(i)) + "s");
        }
    }
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
    std::string text;
    for (const std::string& one : found) {
        text += (text.empty() ? "" : ", ") + one;
    }
    return QcFlag{
        Flag::patient_contradiction,
        "the series of this study may be of several people or examinations: they state " + text};
}

}  // namespace paraspinal
