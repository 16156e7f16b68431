// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/interval.h"
#include "core/normal.h"
#include "core/text.h"
#include "risk/audit/audit_consistency_internal.h"
#include "risk/audit/audit_groups_internal.h"
#include "risk/audit/audit_line_internal.h"
#include "risk/audit/audit_standard_errors_internal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

// The range of `function` over every combination of the ends of `inputs`; exact for functions that
// are monotone in each.
template <class Function, class... Ranges>
ValueRange over_corners(const Function& function, const Ranges&... inputs) {
    constexpr std::size_t kCorners = std::size_t{1} << sizeof...(Ranges);
    ValueRange result{.low = HUGE_VAL, .high = -HUGE_VAL};
    for (std::size_t corner = 0; corner < kCorners; ++corner) {
        std::size_t bit = 0;
        const auto end = [&](const ValueRange& range) {
            return ((corner >> bit++) & 1U) != 0 ? range.high : range.low;
        };
        const std::array<double, sizeof...(Ranges)> chosen{end(inputs)...};
        const double value = std::apply(function, chosen);
        result.low = std::min(result.low, value);
        result.high = std::max(result.high, value);
    }
    return result;
}

AuditFinding compared(const JsonReader& line,
                      std::string what,
                      const PrintedNumber& printed,
                      const ValueRange& recomputed) {
    return {.where = line.at("where").text(),
            .what = std::move(what),
            .printed = printed.text,
            .recomputed = fixed_text((recomputed.low + recomputed.high) / 2, printed.decimals),
            .verdict = can_print_as(recomputed, printed) ? AuditVerdict::agrees
                                                         : AuditVerdict::contradicts};
}

void audit_logistic_row(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto number = [&](const char* name) { return printed_number(line.at(name)); };
    const PrintedNumber b = number("coefficient");
    const PrintedNumber se = number("standard_error");
    const PrintedNumber wald = number("wald");
    const PrintedNumber p = number("p");
    // |B| so that the square is monotone even when the rounding range holds 0.
    const double half = (b.range.high - b.range.low) / 2;
    const ValueRange size{.low = std::max(0.0, std::abs(b.value) - half),
                          .high = std::abs(b.value) + half};
    const auto square = [](double x, double y) { return (x / y) * (x / y); };
    findings.push_back(
        compared(line, "Wald = (B / SE)^2", wald, over_corners(square, size, se.range)));

    const ValueRange from_wald = over_corners(
        [](double w) { return std::erfc(std::sqrt(std::max(0.0, w) / 2)); }, wald.range);
    findings.push_back(compared(line, "P from the printed Wald", p, from_wald));

    const auto power = [](double x) { return std::exp(x); };
    findings.push_back(
        compared(line, "OR = exp(B)", number("odds_ratio"), over_corners(power, b.range)));
    for (const auto& [name, sign] : {std::pair("low", -1.0), std::pair("high", 1.0)}) {
        const auto bound = [sign = sign](double x, double y) {
            return std::exp(x + sign * normal_reach(kConfidence) * y);
        };
        findings.push_back(
            compared(line,
                     sign < 0 ? "lower CI = exp(B - 1.96 SE)" : "upper CI = exp(B + 1.96 SE)",
                     number(name),
                     over_corners(bound, b.range, se.range)));
    }
}

void audit_pooled(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto [size_a, size_b] = pair_of(line, "sizes");
    const auto [mean_a, mean_b] = pair_of(line, "means");
    const auto [sd_a, sd_b] = pair_of(line, "sds");
    const double n = size_a.count();
    const double m = size_b.count();
    const PrintedNumber a = printed_number(mean_a);
    const PrintedNumber b = printed_number(mean_b);
    const ValueRange s = printed_number(sd_a).range;
    const ValueRange t = printed_number(sd_b).range;
    const auto mean = [&](double x, double y) { return (n * x + m * y) / (n + m); };
    findings.push_back(compared(line,
                                "mean of all from the group means",
                                printed_number(line.at("mean")),
                                over_corners(mean, a.range, b.range)));
    const double apart = std::abs(a.value - b.value);
    const double slack = (a.range.high - a.range.low + b.range.high - b.range.low) / 2;
    const ValueRange distance{.low = std::max(0.0, apart - slack), .high = apart + slack};
    const auto sd = [&](double x, double y, double between) {
        const double squares =
            (n - 1) * x * x + (m - 1) * y * y + n * m / (n + m) * between * between;
        return std::sqrt(squares / (n + m - 1));
    };
    findings.push_back(compared(line,
                                "SD of all from the groups",
                                printed_number(line.at("sd")),
                                over_corners(sd, s, t, distance)));
}

// The mean of a ratio from the moments of its parts, to second order, for any correlation.
void audit_mean_ratio(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto part = [&](const char* name, const char* moment) {
        return printed_number(line.at(name).at(moment)).range;
    };
    const auto ratio = [](double x, double sd_x, double y, double sd_y, double correlation) {
        return 100 * x / y * (1 + sd_y * sd_y / (y * y) - correlation * sd_x * sd_y / (x * y));
    };
    const PrintedNumber printed = printed_number(line.at("printed"));
    const ValueRange possible = over_corners(ratio,
                                             part("numerator", "mean"),
                                             part("numerator", "sd"),
                                             part("denominator", "mean"),
                                             part("denominator", "sd"),
                                             ValueRange{.low = -1, .high = 1});
    AuditFinding finding = compared(line, "mean of FA / CSA in %", printed, possible);
    finding.recomputed = fixed_text(possible.low, 1) + " to " + fixed_text(possible.high, 1);
    finding.note = "from the means and SDs of FA and CSA, whatever their correlation";
    findings.push_back(finding);
}

void audit_auc(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto [mean_a, mean_b] = pair_of(line, "means");
    const auto [sd_a, sd_b] = pair_of(line, "sds");
    const auto auc = [](double a, double b, double s, double t) {
        return normal_cdf(std::abs(a - b) / std::hypot(s, t));
    };
    const PrintedNumber printed = printed_number(line.at("printed"));
    const ValueRange possible = over_corners(auc,
                                             printed_number(mean_a).range,
                                             printed_number(mean_b).range,
                                             printed_number(sd_a).range,
                                             printed_number(sd_b).range);
    AuditFinding finding = compared(line, "AUC of two normal groups", printed, possible);
    finding.recomputed = fixed_text((possible.low + possible.high) / 2, 2);
    if (finding.verdict == AuditVerdict::contradicts) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note = "only if both groups are normal";
    }
    findings.push_back(finding);
}

// No SD of values between two limits can exceed sqrt((high - mean) (mean - low)); Bhatia and Davis,
// Am Math Mon 2000;107:353-357.
void audit_bounded_sd(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const PrintedNumber mean = printed_number(line.at("mean"));
    const PrintedNumber sd = printed_number(line.at("sd"));
    const double low = line.at("low").number();
    const double high = line.at("high").number();
    const auto limit = [&](double m) { return std::sqrt(std::max(0.0, (high - m) * (m - low))); };
    const double largest = over_corners(limit, mean.range).high;
    findings.push_back(
        {.where = line.at("where").text(),
         .what = "largest SD that the stated range allows",
         .printed = sd.text,
         .recomputed = "at most " + fixed_text(largest, sd.decimals),
         .verdict = sd.range.low > largest ? AuditVerdict::contradicts : AuditVerdict::agrees});
}

void audit_sum(const JsonReader& line, std::vector<AuditFinding>& findings) {
    int sum = 0;
    for (const JsonReader& part : line.at("parts").items()) {
        sum += part.count();
    }
    const int printed = line.at("printed").count();
    findings.push_back(
        {.where = line.at("where").text(),
         .what = "sum of the parts",
         .printed = std::to_string(printed),
         .recomputed = std::to_string(sum),
         .verdict = sum == printed ? AuditVerdict::agrees : AuditVerdict::contradicts});
}

void audit_percent(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const int count = line.at("count").count();
    const int of = line.at("of").count();
    line.at("of").require(of > 0, "must be above 0");
    const double percent = 100.0 * count / of;
    findings.push_back(compared(line,
                                "% of " + std::to_string(count) + " / " + std::to_string(of),
                                printed_number(line.at("printed")),
                                {.low = percent, .high = percent}));
}

void audit_equal(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const std::string printed = line.at("printed").text();
    const std::string expected = line.at("expected").text();
    findings.push_back(
        {.where = line.at("where").text(),
         .what = "same as " + line.at("source").text(),
         .printed = printed,
         .recomputed = expected,
         .verdict = printed == expected ? AuditVerdict::agrees : AuditVerdict::contradicts});
}

void audit_bound(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const PrintedNumber value = printed_number(line.at("value"));
    AuditFinding finding = compared(line,
                                    "P printed in " + line.at("source").text(),
                                    printed_number(line.at("printed")),
                                    value.range);
    finding.recomputed = value.text;
    findings.push_back(finding);
}

}  // namespace

PrintedNumber printed_number(const JsonReader& field) {
    PrintedNumber printed{.text = field.text()};
    std::string_view digits = trimmed(printed.text);
    if (digits.starts_with('<') || digits.starts_with('>')) {
        printed.relation = digits.front();
        digits = trimmed(digits.substr(1));
    }
    const std::optional<double> value = parse_number(digits);
    field.require(value.has_value(), R"(must be a printed number such as "0.413" or "< 0.05")");
    const std::size_t point = digits.find('.');
    printed.decimals =
        point == std::string_view::npos ? 0 : static_cast<int>(digits.size() - point - 1);
    printed.value = *value;
    const double half = 0.5 * std::pow(10.0, -printed.decimals);
    printed.range = {.low = *value - half, .high = *value + half};
    return printed;
}

std::pair<JsonReader, JsonReader> pair_of(const JsonReader& line, const std::string& name) {
    const std::vector<JsonReader> entries = line.at(name).items();
    line.at(name).require(entries.size() == 2, "must have two entries");
    return {entries[0], entries[1]};
}

bool can_print_as(const ValueRange& recomputed, const PrintedNumber& printed) {
    if (printed.relation == '<') {
        return recomputed.low < printed.value;
    }
    if (printed.relation == '>') {
        return recomputed.high > printed.value;
    }
    // Room for the floating point, so that a number halfway between two digits may go both ways.
    const double room = 1e-9 * (1 + std::abs(printed.value));
    return recomputed.high >= printed.range.low - room &&
           recomputed.low <= printed.range.high + room;
}

void audit_line(const JsonReader& line, std::vector<AuditFinding>& findings) {
    using Audit = void (*)(const JsonReader&, std::vector<AuditFinding>&);
    static const std::vector<std::pair<std::string_view, Audit>> kinds{
        {"auc", audit_auc},
        {"bound", audit_bound},
        {"bounded_sd", audit_bounded_sd},
        {"counts", audit_counts},
        {"equal", audit_equal},
        {"group_sizes", audit_group_sizes_of_p},
        {"logistic_row", audit_logistic_row},
        {"mean_ratio", audit_mean_ratio},
        {"means", audit_means},
        {"parity", audit_parity},
        {"percent", audit_percent},
        {"pooled", audit_pooled},
        {"rates", audit_rates},
        {"share_at_limits", audit_share_at_limits},
        {"standard_errors", audit_standard_errors},
        {"statement", audit_statement},
        {"sum", audit_sum},
        {"whole_numbers", audit_whole_numbers}};
    const std::string kind = line.at("kind").text();
    for (const auto& [name, audit] : kinds) {
        if (name == kind) {
            audit(line, findings);
            return;
        }
    }
    line.at("kind").require(false, "is none of the known kinds");
}

}  // namespace paraspinal
