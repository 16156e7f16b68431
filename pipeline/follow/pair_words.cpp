// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/pair_words.h"

#include "core/text.h"
#include "pipeline/follow/vertebra_changes_csv.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 9> kVerdictNames{"within_error",
                                                        "decrease",
                                                        "increase",
                                                        "beyond_error",
                                                        "decrease_if_comparable",
                                                        "increase_if_comparable",
                                                        "beyond_error_if_comparable",
                                                        "not_comparable",
                                                        "not_measured"};
constexpr std::array<std::string_view, 9> kVerdictWords{
    "within measuring error",
    "beyond measuring error: decrease",
    "beyond measuring error: increase",
    "beyond measuring error, order unknown",
    "beyond measuring error, if they compare: decrease",
    "beyond measuring error, if they compare: increase",
    "beyond measuring error, if they compare, order unknown",
    "not comparable",
    "not measured"};

std::string text_of(const std::optional<double>& value, int decimals) {
    return value ? fixed_text(*value, decimals) : "";
}

// "CSA decrease" of each quantity with a symbol that is beyond measuring error.
std::vector<std::string> listed_changes(const ExaminationPair& pair, const std::string& prefix) {
    std::vector<std::string> texts;
    for (const Change& change : pair.changes) {
        if (!change.quantity->symbol.empty() && is_beyond_error(change)) {
            texts.push_back(prefix + std::string(change.quantity->symbol) + " " +
                            with_spaces(verdict_name(change.verdict)));
        }
    }
    return texts;
}

std::vector<std::string> row_of(const ExaminationPair& pair, const Change& change) {
    const int decimals = change.quantity->unit.shown_decimals;
    const auto text = [decimals](const std::optional<double>& value) {
        return text_of(value, decimals);
    };
    const std::string unit(change.quantity->unit.text);
    const std::string interval = change.difference ? text(change.difference) + " [" +
                                                         text(difference_at(change, -1)) + ", " +
                                                         text(difference_at(change, 1)) + "]"
                                                   : "-";
    return {std::string(change.quantity->symbol) + (unit.empty() ? "" : ", " + unit),
            text(change.from),
            text(change.to),
            interval,
            text(per_year(pair, change, 0)),
            std::string(verdict_words(change.verdict))};
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    return kVerdictNames.at(static_cast<std::size_t>(verdict));
}

std::string_view verdict_words(Verdict verdict) {
    return kVerdictWords.at(static_cast<std::size_t>(verdict));
}

std::string flag_names(const ExaminationPair& pair, std::string_view separator) {
    std::vector<std::string> names;
    for (const PairFlag* const flag : pair.flags) {
        names.emplace_back(flag->name);
    }
    return joined(names, separator);
}

std::string span_text(double years) {
    if (years >= kLeastRateYears) {
        return fixed_text(years, 1) + " years";
    }
    const std::string days = fixed_text(years * kDaysPerYear, 0);
    return days + (days == "1" ? " day" : " days");
}

std::vector<std::string> unlisted_changes(const ExaminationPair& pair) {
    std::vector<std::string> names;
    for (const Change& change : pair.changes) {
        if (change.quantity->symbol.empty() && is_beyond_error(change)) {
            names.emplace_back(change.quantity->name);
        }
    }
    return names;
}

std::string change_summary(const ExaminationPair& pair) {
    const std::vector<std::string> listed = listed_changes(pair, "");
    if (!listed.empty()) {
        return joined(listed, ", ");
    }
    const bool is_compared = std::ranges::any_of(
        pair.changes, [](const Change& change) { return change.difference.has_value(); });
    return is_compared ? "nothing beyond measuring error" : "nothing that compares";
}

std::vector<std::string> level_changes(const ExaminationPair& pair) {
    std::vector<std::string> texts;
    for (const ExaminationPair& other : pair.levels) {
        std::ranges::move(listed_changes(other, other.slices.from.get("level") + " "),
                          std::back_inserter(texts));
    }
    return texts;
}

std::optional<double> difference_at(const Change& change, double side) {
    return change.difference
               ? std::optional(*change.difference + side * *change.smallest_real_change)
               : std::nullopt;
}

std::optional<double> per_year(const ExaminationPair& pair, const Change& change, double side) {
    const std::optional<double> value = difference_at(change, side);
    const bool is_long = pair.years && *pair.years >= kLeastRateYears;
    return value && is_long ? std::optional(*value / *pair.years) : std::nullopt;
}

PairTable pair_table(const ExaminationPair& pair) {
    PairTable table{
        .columns = {"", "from", "to", "change [95 % interval]", "per year", "verdict"},
        .rows = {},
        .remarks = {{"not listed, beyond measuring error", joined(unlisted_changes(pair), ", ")},
                    {"other levels, beyond measuring error", joined(level_changes(pair), ", ")},
                    {"new deformity suspected", new_deformity_words(pair)},
                    {"flags", flag_names(pair, ", ")}}};
    std::erase_if(table.remarks, [](const auto& remark) { return remark.second.empty(); });
    for (const Change& change : pair.changes) {
        if (!change.quantity->symbol.empty()) {
            table.rows.push_back(row_of(pair, change));
        }
    }
    return table;
}

}  // namespace paraspinal
