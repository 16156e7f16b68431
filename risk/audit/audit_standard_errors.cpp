// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/normal.h"
#include "core/text.h"
#include "risk/audit/audit_line_internal.h"
#include "risk/audit/audit_standard_errors_internal.h"
#include "risk/statistics/logistic_regression.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

namespace paraspinal {
namespace {

// So many simulated patients leave an error of about 1 % in a standard error.
constexpr std::size_t kSimulated = 20'000;
constexpr std::uint64_t kSeed = 20261130;
// Of two standard errors; above, the others would have to tell 1 - 1 / 2^2 = 75 % of a predictor.
constexpr double kTooLarge = 2;

// One predictor in one group.
struct Described {
    bool is_count = false;
    double mean = 0;  ///< Of a count the share.
    double sd = 0;
};

struct Row {
    std::string where;
    PrintedNumber standard_error;
    std::array<Described, 2> groups;
};

// Not std::normal_distribution, whose numbers are every library's own.
double draw(const Described& described, std::mt19937_64& random) {
    constexpr int kBits = 53;
    constexpr int kSpare = 64 - kBits;
    const double uniform =
        (static_cast<double>(random() >> static_cast<unsigned>(kSpare)) + 0.5) / std::pow(2, kBits);
    if (described.is_count) {
        return uniform < described.mean ? 1 : 0;
    }
    return described.mean + described.sd * normal_quantile(uniform);
}

Row read_row(const JsonReader& field, const std::array<double, 2>& sizes) {
    Row row{.where = field.at("where").text(),
            .standard_error = printed_number(field.at("standard_error")),
            .groups = {}};
    if (field.has("counts")) {
        const auto [first, second] = pair_of(field, "counts");
        row.groups = {Described{.is_count = true, .mean = first.count() / sizes[0]},
                      Described{.is_count = true, .mean = second.count() / sizes[1]}};
        return row;
    }
    const auto [mean_a, mean_b] = pair_of(field, "means");
    const auto [sd_a, sd_b] = pair_of(field, "sds");
    row.groups = {
        Described{.mean = printed_number(mean_a).value, .sd = printed_number(sd_a).value},
        Described{.mean = printed_number(mean_b).value, .sd = printed_number(sd_b).value}};
    return row;
}

RegressionData simulated(const std::vector<Row>& rows, double share_of_first) {
    RegressionData data;
    for (const Row& row : rows) {
        data.names.push_back(row.where);
    }
    std::mt19937_64 random(kSeed);
    const auto of_first =
        static_cast<std::size_t>(std::lround(share_of_first * static_cast<double>(kSimulated)));
    for (std::size_t patient = 0; patient < kSimulated; ++patient) {
        const std::size_t group = patient < of_first ? 0 : 1;
        data.event.push_back(group == 0 ? 1 : 0);
        for (const Row& row : rows) {
            data.x.push_back(draw(row.groups.at(group), random));
        }
    }
    return data;
}

}  // namespace

void audit_standard_errors(const JsonReader& line, std::vector<AuditFinding>& findings) {
    const auto [size_a, size_b] = pair_of(line, "sizes");
    const std::array<double, 2> sizes{static_cast<double>(size_a.count()),
                                      static_cast<double>(size_b.count())};
    line.at("sizes").require(sizes[0] > 0 && sizes[1] > 0, "must be above 0");
    const double patients = sizes[0] + sizes[1];
    std::vector<Row> rows;
    for (const JsonReader& field : line.at("rows").items()) {
        rows.push_back(read_row(field, sizes));
    }
    line.at("rows").require(!rows.empty(), "must not be empty");
    const LogisticFit fit = fit_logistic(simulated(rows, sizes[0] / patients));
    const std::size_t terms = rows.size() + 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PrintedNumber& printed = rows[i].standard_error;
        const double expected = std::sqrt(fit.covariance[(i + 1) * terms + i + 1] *
                                          static_cast<double>(kSimulated) / patients);
        const double times = printed.value / expected;
        AuditFinding finding{.where = rows[i].where,
                             .what = "SE that " + fixed_text(patients, 0) +
                                     " such patients give, predictors unrelated",
                             .printed = printed.text,
                             .recomputed = fixed_text(expected, printed.decimals)};
        if (times > kTooLarge) {
            finding.verdict = AuditVerdict::doubtful;
            finding.note = fixed_text(times, 1) +
                           " times as large; of how many patients is it, or how much of this "
                           "predictor do the others tell?";
        }
        findings.push_back(finding);
    }
}

}  // namespace paraspinal
