// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/classify_fractures.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

constexpr int kThoracic = 12;
constexpr int kLumbar = 5;

VertebralLevel parse_level(std::string_view text) {
    const std::string name = lower_case(text);
    const auto number = name.empty() ? std::nullopt : parse_integer(name.substr(1));
    const auto in = [&](int most) { return number && *number >= 1 && *number <= most; };
    if (name.starts_with('t') && in(kThoracic)) {
        return {static_cast<int>(*number) - 1};
    }
    if (name.starts_with('l') && in(kLumbar)) {
        return {kThoracic + static_cast<int>(*number) - 1};
    }
    if (name == "s1") {
        return {kThoracic + kLumbar};
    }
    std::string complaint =
        "vertebral levels are T1 to T12, L1 to L5 and S1, separated by semicolons";
    if (name == "l6") {
        complaint += "; of an L6 nobody can tell what lies below it";
    } else if (name.find('-') != std::string::npos) {
        complaint += "; a hyphen may mean two vertebrae, those between them or a disc";
    }
    throw Error(ErrorCode::invalid_value, complaint);
}

bool holds(const std::vector<VertebralLevel>& levels, VertebralLevel level) {
    return std::ranges::find(levels, level) != levels.end();
}

// Whether going from `from` toward `to` meets a vertebra that is neither cemented nor fractured.
bool normal_between(VertebralLevel from,
                    VertebralLevel to,
                    const std::vector<VertebralLevel>& treated,
                    const std::vector<VertebralLevel>& fractured) {
    const int step = to.index > from.index ? 1 : -1;
    for (int index = from.index + step; index != to.index; index += step) {
        if (!holds(treated, {index}) && !holds(fractured, {index})) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<VertebralLevel> parse_levels(std::string_view text) {
    constexpr std::string_view kSeparators = ";,/+ ";
    std::vector<VertebralLevel> levels;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(kSeparators), text.size());
        if (end > 0) {
            levels.push_back(parse_level(text.substr(0, end)));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::ranges::sort(levels, {}, &VertebralLevel::index);
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    return levels;
}

std::string_view fracture_kind(VertebralLevel level,
                               const std::vector<VertebralLevel>& treated,
                               const std::vector<VertebralLevel>& new_fractures) {
    if (holds(treated, level)) {
        return "same_level";
    }
    if (holds(treated, {level.index - 1}) || holds(treated, {level.index + 1})) {
        return "adjacent";
    }
    const bool is_apart = std::ranges::all_of(treated, [&](VertebralLevel cemented) {
        return normal_between(level, cemented, treated, new_fractures);
    });
    return is_apart ? "remote" : "contiguous";
}

FractureKinds classify_fractures(const std::vector<VertebralLevel>& treated,
                                 const std::vector<VertebralLevel>& new_fractures) {
    FractureKinds kinds;
    for (const VertebralLevel level : new_fractures) {
        const std::string_view kind = fracture_kind(level, treated, new_fractures);
        kinds.same_level |= kind == "same_level";
        kinds.adjacent |= kind == "adjacent";
        kinds.remote |= kind == "remote";
        kinds.contiguous |= kind == "contiguous";
    }
    return kinds;
}

}  // namespace paraspinal
