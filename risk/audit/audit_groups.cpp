// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "risk/audit/audit_groups_internal.h"
#include "risk/audit/audit_line_internal.h"
#include "risk/statistics/count_tests.h"
#include "risk/statistics/group_tests.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

// Below this expected count Pearson's chi-square is not to be trusted (Cochran 1954).
constexpr double kSmallestExpectedCount = 5;
constexpr double kSignificance = 0.05;

struct PrintedGroup {
    double n = 0;
    PrintedNumber mean;
    PrintedNumber sd;
};

std::pair<PrintedGroup, PrintedGroup> printed_groups(const JsonReader& line) {
    const auto [size_a, size_b] = pair_of(line, "sizes");
    const auto [mean_a, mean_b] = pair_of(line, "means");
    const auto [sd_a, sd_b] = pair_of(line, "sds");
    const auto group = [](const JsonReader& n, const JsonReader& mean, const JsonReader& sd) {
        return PrintedGroup{.n = static_cast<double>(n.count()),
                            .mean = printed_number(mean),
                            .sd = printed_number(sd)};
    };
    return {group(size_a, mean_a, sd_a), group(size_b, mean_b, sd_b)};
}

using TTest = TestResult (*)(const SampleMoments&, const SampleMoments&);

// All P values that unrounded means and SDs can give.
ValueRange possible_p(const std::pair<PrintedGroup, PrintedGroup>& groups, TTest test) {
    const PrintedGroup& a = groups.first;
    const PrintedGroup& b = groups.second;
    const double apart = std::abs(a.mean.value - b.mean.value);
    const double slack =
        (a.mean.range.high - a.mean.range.low) / 2 + (b.mean.range.high - b.mean.range.low) / 2;
    const auto p = [&](double difference, double sd_a, double sd_b) {
        return test({.n = a.n, .mean = difference, .sd = std::max(sd_a, 1e-12)},
                    {.n = b.n, .mean = 0, .sd = std::max(sd_b, 1e-12)})
            .p;
    };
    return {.low = p(apart + slack, a.sd.range.low, b.sd.range.low),
            .high = p(std::max(0.0, apart - slack), a.sd.range.high, b.sd.range.high)};
}

CountTable printed_counts(const JsonReader& line) {
    CountTable table;
    const auto [first, second] = pair_of(line, "counts");
    for (const JsonReader& group : {first, second}) {
        table.emplace_back();
        for (const JsonReader& count : group.items()) {
            table.back().push_back(count.count());
        }
        group.require(table.back().size() == table.front().size(), "must be as long as the others");
    }
    return table;
}

// A slip of typing or counting moves few patients. Our choice.
constexpr std::int64_t kLargestSlip = 5;

// Which shift of the fewest patients within a group gives the printed P; empty where none does.
std::string counts_that_fit(const JsonReader& line,
                            const CountTable& table,
                            const PrintedNumber& printed) {
    if (table.front().size() != 2) {
        return {};
    }
    const auto [first_name, second_name] = pair_of(line, "groups");
    const std::array names{first_name.text(), second_name.text()};
    for (std::int64_t shift = 1; shift <= kLargestSlip; ++shift) {
        for (std::size_t group = 0; group < table.size(); ++group) {
            for (const std::int64_t by : {shift, -shift}) {
                CountTable changed = table;
                changed[group][0] += by;
                changed[group][1] -= by;
                const bool has_both_classes =
                    changed[0][0] + changed[1][0] > 0 && changed[0][1] + changed[1][1] > 0;
                if (changed[group][0] < 0 || changed[group][1] < 0 || !has_both_classes) {
                    continue;
                }
                const double p = pearson_chi_square_test(changed).p;
                if (can_print_as({.low = p, .high = p}, printed)) {
                    return "; " + std::to_string(changed[group][0]) + " / " +
                           std::to_string(changed[group][1]) + " in the " + names.at(group) +
                           " group would give " + printed.text;
                }
            }
        }
    }
    return {};
}

void audit_group_sizes(const JsonReader& line,
                       const CountTable& table,
                       std::vector<AuditFinding>& findings) {
    const auto [first_size, second_size] = pair_of(line, "sizes");
    const auto [first_name, second_name] = pair_of(line, "groups");
    const std::array sizes{first_size.count(), second_size.count()};
    const std::array names{first_name.text(), second_name.text()};
    for (std::size_t group = 0; group < table.size(); ++group) {
        std::int64_t sum = 0;
        for (const std::int64_t count : table[group]) {
            sum += count;
        }
        if (sum != sizes.at(group)) {
            findings.push_back(
                {.where = line.at("where").text(),
                 .what = "classes of the " + names.at(group) + " group add up to its size",
                 .printed = std::to_string(sizes.at(group)),
                 .recomputed = std::to_string(sum),
                 .verdict = AuditVerdict::contradicts});
        }
    }
}

}  // namespace

std::string p_text(double p) {
    if (p < 0.0001) {
        return "<0.0001";
    }
    if (p < 0.001) {
        return fixed_text(p, 4);
    }
    return fixed_text(p, p < 0.1 ? 3 : 2);
}

void audit_means(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const std::pair<PrintedGroup, PrintedGroup> groups = printed_groups(line);
    const PrintedNumber printed = printed_number(line.at("p"));
    const ValueRange student = possible_p(groups, student_t_test);
    const ValueRange welch = possible_p(groups, welch_t_test);
    const auto center = [&](TTest test) {
        const PrintedGroup& a = groups.first;
        const PrintedGroup& b = groups.second;
        return test({.n = a.n, .mean = a.mean.value, .sd = a.sd.value},
                    {.n = b.n, .mean = b.mean.value, .sd = b.sd.value})
            .p;
    };
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "P of Student's t test",
                         .printed = printed.text,
                         .recomputed = p_text(center(student_t_test))};
    if (!can_print_as(student, printed)) {
        const bool welch_fits = can_print_as(welch, printed);
        finding.verdict = welch_fits ? AuditVerdict::doubtful : AuditVerdict::contradicts;
        finding.note = "Welch's t test gives " + p_text(center(welch_t_test));
    }
    findings.push_back(finding);
}

void audit_group_sizes_of_p(const JsonReader& line, std::vector<AuditFinding>& findings) {
    struct Row {
        std::pair<PrintedGroup, PrintedGroup> groups;
        PrintedNumber p;
    };
    std::vector<Row> rows;
    for (const JsonReader& row : line.at("rows").items()) {
        const auto [mean_a, mean_b] = pair_of(row, "means");
        const auto [sd_a, sd_b] = pair_of(row, "sds");
        rows.push_back({.groups = {{.mean = printed_number(mean_a), .sd = printed_number(sd_a)},
                                   {.mean = printed_number(mean_b), .sd = printed_number(sd_b)}},
                        .p = printed_number(row.at("p"))});
    }
    const auto fitting = [&](double first, double second) {
        return std::ranges::count_if(rows, [&](Row row) {
            row.groups.first.n = first;
            row.groups.second.n = second;
            return can_print_as(possible_p(row.groups, student_t_test), row.p);
        });
    };
    const auto [size_a, size_b] = pair_of(line, "sizes");
    const auto stated = fitting(size_a.count(), size_b.count());
    constexpr int kLargestGroup = 500;
    std::ptrdiff_t most = 0;
    int best = 2;
    for (int n = 2; n <= kLargestGroup; ++n) {
        if (const auto fit = fitting(n, n); fit > most) {
            most = fit;
            best = n;
        }
    }
    const std::string all = " of " + std::to_string(rows.size());
    AuditFinding finding{
        .where = line.at("where").text(),
        .what = "group sizes that Student's t and the printed means, SDs and P values imply",
        .printed = std::to_string(size_a.count()) + " and " + std::to_string(size_b.count()) +
                   ": " + std::to_string(stated) + all + " P values",
        .recomputed = std::to_string(best) + " and " + std::to_string(best) + ": " +
                      std::to_string(most) + all};
    if (2 * stated < most) {
        finding.verdict = AuditVerdict::contradicts;
        finding.note = "of how many patients are the P values?";
    }
    findings.push_back(finding);
}

void audit_counts(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const CountTable table = printed_counts(line);
    audit_group_sizes(line, table, findings);
    const PrintedNumber printed = printed_number(line.at("p"));
    const auto fits = [&](double p) { return can_print_as({.low = p, .high = p}, printed); };
    const double pearson = pearson_chi_square_test(table).p;
    const double yates = pearson_chi_square_test(table, true).p;
    const double fisher = fisher_exact_test(table).p;
    AuditFinding finding{.where = line.at("where").text(),
                         .what = "P of Pearson's chi-square test",
                         .printed = printed.text,
                         .recomputed = p_text(pearson)};
    const bool few = smallest_expected_count(table) < kSmallestExpectedCount;
    if (!fits(pearson)) {
        finding.verdict =
            fits(yates) || fits(fisher) ? AuditVerdict::doubtful : AuditVerdict::contradicts;
        finding.note = "with Yates' correction " + p_text(yates) + ", Fisher's exact test " +
                       p_text(fisher) + counts_that_fit(line, table, printed);
    } else if (few && (pearson < kSignificance) != (fisher < kSignificance)) {
        finding.verdict = AuditVerdict::doubtful;
        finding.note =
            "expected counts below 5 call for Fisher's exact test, which gives " + p_text(fisher);
    }
    findings.push_back(finding);
}

}  // namespace paraspinal
