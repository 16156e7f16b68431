// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/describe.h"

#include "core/text.h"
#include "pipeline/study/quantities.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

// Four digits are plenty to recognize a threshold; the exact one is in the files.
std::string short_number(double value) {
    constexpr int kDigits = 4;
    const double size = std::abs(value);
    const int before_point = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
    return fixed_text(value, std::max(0, kDigits - before_point));
}

std::string describe_source(LevelSource source) {
    switch (source) {
        case LevelSource::sagittal: return "found on the sagittal series";
        case LevelSource::operator_choice: return "slice chosen by the operator, level not checked";
        case LevelSource::single_slice: return "the only axial T2 slice, level not checked";
    }
    return {};
}

// The likeliest one alone is measured.
std::string further_alternatives(const StudyReport& report) {
    std::string text;
    for (std::size_t i = 1; i < report.level.alternatives.size(); ++i) {
        const std::string& vertebra = report.level.alternatives[i].vertebra;
        text += "; that it is " + vertebra + " is less likely and not measured (--level " +
                vertebra + " measures it)";
    }
    return text;
}

}  // namespace

std::string recount_text(const LevelEvidence& level) {
    if (level.level_offset == 0) {
        return {};
    }
    return ", vertebrae counted " + std::to_string(std::abs(level.level_offset)) +
           (level.level_offset > 0 ? " higher" : " lower") + " at the operator's word";
}

std::string offset_text(const LevelEvidence& level) {
    return level.level_offset == 0 ? "" : std::to_string(level.level_offset);
}

std::string describe_level(const LevelEvidence& level) {
    std::string text = level.level + ", " + describe_source(level.source);
    text += recount_text(level);
    if (level.confidence) {
        text += " (confidence " + fixed_text(*level.confidence, 2) + ")";
    }
    if (level.slice_offset_mm) {
        text += ", " + fixed_text(std::abs(*level.slice_offset_mm), 1) + " mm " +
                (*level.slice_offset_mm < 0 ? "below" : "above") + " the inferior endplate";
    }
    if (level.slice_tilt_deg) {
        text += ", tilt " + fixed_text(*level.slice_tilt_deg, 1) + " degrees";
    }
    return text;
}

std::string describe_alternative(const StudyReport& report) {
    if (!report.alternative) {
        return {};
    }
    const AlternativeLevel& other = *report.alternative;
    std::string text =
        "if " + report.level.level + " is what is called " + other.vertebra + " here: ";
    if (!other.report) {
        return text + "not measured (" + other.failure + ")" + further_alternatives(report);
    }
    bool is_first = true;
    for (const std::string_view name : {"csa_cm2", "fdr_pct"}) {
        const Quantity& row = quantity(name);
        const std::optional<double> value = row.value(*other.report);
        text.append(is_first ? "" : ", ").append(row.symbol).append(" ");
        text += value ? fixed_text(*value, row.unit.shown_decimals) : "-";
        text.append(" ").append(row.unit.ascii);
        is_first = false;
    }
    return text + further_alternatives(report);
}

std::string level_title(const StudyReport& report) {
    const LevelEvidence& level = report.level;
    if (level.source == LevelSource::operator_choice) {
        return "slice chosen by the operator";
    }
    if (level.source == LevelSource::single_slice) {
        return "single slice, level not checked";
    }
    const bool is_far = std::ranges::any_of(
        report.flags, [](const QcFlag& flag) { return flag.flag == Flag::slice_far_from_level; });
    return (is_far ? "nearest slice to " : "") + level.level +
           (level.alternatives.empty() ? "" : ", level in doubt");
}

std::string describe_fat(const StudyReport& report) {
    if (!report.fat_threshold) {
        return "not measured, there is no fat to compare with";
    }
    const FatThreshold& threshold = *report.fat_threshold;
    return std::string(fat_method_name(threshold.method)) + ", at or above " +
           short_number(threshold.value) +
           (threshold.guard == FatGuard::acted ? " (guard of lean muscle)" : "") +
           (report.bias_corrected ? ", after bias correction" : ", no bias correction");
}

std::string describe_outlines(const StudyReport& report) {
    return report.outline_model.empty() ? report.outline_source : report.outline_model;
}

}  // namespace paraspinal
