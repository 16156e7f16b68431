// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "risk/audit/audit_consistency_internal.h"
#include "risk/audit/audit_line_internal.h"
#include "risk/statistics/person_time.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <cstdint>

namespace paraspinal {
namespace {

// Counts of which no more than this would be as even by chance.
constexpr double kUnlikely = 0.01;

struct WholeNumbers {
    bool mean_exists = false;
    bool sd_exists = false;
};

WholeNumbers possible_whole_numbers(double n, const PrintedNumber& mean, const PrintedNumber& sd) {
    WholeNumbers possible;
    constexpr double kRoom = 1e-9;
    for (auto sum = std::llround(std::ceil(n * mean.range.low - kRoom));
         static_cast<double>(sum) <= n * mean.range.high + kRoom;
         ++sum) {
        possible.mean_exists = true;
        const double least = static_cast<double>(sum) * static_cast<double>(sum) / n;
        const double low = std::max(0.0, sd.range.low);
        const double from = least + (n - 1) * low * low - kRoom;
        const double to = least + (n - 1) * sd.range.high * sd.range.high + kRoom;
        for (auto squares = std::llround(std::ceil(from)); static_cast<double>(squares) <= to;
             ++squares) {
            possible.sd_exists = possible.sd_exists || (squares - sum) % 2 == 0;
        }
    }
    return possible;
}

}  // namespace

void audit_whole_numbers(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const int n = line.at("n").count();
    line.at("n").require(n >= 2, "must be at least 2");
    const PrintedNumber mean = printed_number(line.at("mean"));
    const PrintedNumber sd = printed_number(line.at("sd"));
    const WholeNumbers possible = possible_whole_numbers(n, mean, sd);
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "mean ± SD of " + std::to_string(n) + " whole numbers",
                         .printed = mean.text + " ± " + sd.text,
                         .recomputed = possible.sd_exists     ? "possible"
                                       : possible.mean_exists ? "the mean is possible, not the SD"
                                                              : "no such mean"};
    if (!possible.sd_exists) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note = "only if every patient gave a whole number";
    }
    findings.push_back(finding);
}

void audit_rates(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto [events_a, events_b] = pair_of(line, "events");
    const auto [size_a, size_b] = pair_of(line, "sizes");
    const auto [years_a, years_b] = pair_of(line, "mean_years");
    const PersonTime first{.events = events_a.count(),
                           .time = size_a.count() * printed_number(years_a).value};
    const PersonTime second{.events = events_b.count(),
                            .time = size_b.count() * printed_number(years_b).value};
    const PrintedNumber printed = printed_number(line.at("p"));
    const double p = rate_test(first, second).p;
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "P of the rates by patient-years, exact",
                         .printed = printed.text,
                         .recomputed = p_text(p)};
    if (!can_print_as({.low = p, .high = p}, printed)) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note = std::to_string(first.events) + " in " + fixed_text(first.time, 0) + " and " +
                       std::to_string(second.events) + " in " + fixed_text(second.time, 0) +
                       " patient-years; the article compares shares of patients who were watched "
                       "for unlike times";
    }
    findings.push_back(finding);
}

// (high - x) (x - low) is 0 at the limits, and of whole numbers between them at least
// high - low - 1; its mean is (high - mean) (mean - low) - variance.
void audit_share_at_limits(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const int n = line.at("n").count();
    line.at("n").require(n >= 2, "must be at least 2");
    const PrintedNumber mean = printed_number(line.at("mean"));
    const PrintedNumber sd = printed_number(line.at("sd"));
    const double low = line.at("low").count();
    const double high = line.at("high").count();
    line.at("high").require(high - low > 2, "must be more than 2 above low");
    // The rounding that needs the fewest at the limits.
    const double middle = std::clamp((low + high) / 2, mean.range.low, mean.range.high);
    const double least_sd = std::max(0.0, sd.range.low);
    const double room =
        (high - middle) * (middle - low) - least_sd * least_sd * (n - 1) / static_cast<double>(n);
    const double share = std::clamp(1 - room / (high - low - 1), 0.0, 1.0);
    constexpr double kMany = 0.5;
    const std::string limits = fixed_text(low, 0) + " or " + fixed_text(high, 0);
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "share of whole numbers that must be exactly " + limits,
                         .printed = mean.text + " ± " + sd.text,
                         .recomputed = "at least " + fixed_text(100 * share, 0) + " %"};
    if (share > kMany) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note = "were there patients beyond these limits?";
    }
    findings.push_back(finding);
}

void audit_statement(const JsonReader& line, std::vector<AuditFinding>& findings) {
    findings.push_back({.where = line.at("where").text(),
                        .what = "beside " + line.at("source").text(),
                        .printed = line.at("printed").text(),
                        .recomputed = line.at("found").text(),
                        .verdict = AuditVerdict::doubtful,
                        .note = line.at("question").text()});
}

void audit_parity(const JsonReader& line, std::vector<AuditFinding>& findings) {
    double all = 0;
    double even = 0;
    for (const JsonReader& count : line.at("counts").items()) {
        ++all;
        even += count.count() % 2 == 0 ? 1 : 0;
    }
    line.at("counts").require(all > 0, "must not be empty");
    const double p =
        boost::math::cdf(boost::math::complement(boost::math::binomial(all, 0.5), even - 1));
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "even ones among independent counts",
                         .printed = fixed_text(even, 0) + " of " + fixed_text(all, 0),
                         .recomputed = "about " + fixed_text(all / 2, 0) +
                                       "; so many or more by chance: P " + p_text(p)};
    if (p < kUnlikely) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note = "were they doubled, or counted in pairs?";
    }
    findings.push_back(finding);
}

}  // namespace paraspinal
