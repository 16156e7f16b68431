// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/count_tests.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace paraspinal {
namespace {

constexpr double kMostTables = 2e7;
// Tables within this factor of the observed probability count as equally likely, as in R.
constexpr double kSameProbability = 1 + 1e-7;

using Counts = std::vector<std::int64_t>;

std::int64_t sum(const Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

CountTable transposed(const CountTable& table) {
    CountTable turned(table.empty() ? 0 : table.front().size());
    for (const Counts& row : table) {
        for (std::size_t col = 0; col < row.size(); ++col) {
            turned[col].push_back(row[col]);
        }
    }
    return turned;
}

// Without empty rows and columns.
CountTable reduced(const CountTable& table) {
    const auto drop_empty_rows = [](CountTable rows) {
        std::erase_if(rows, [](const Counts& row) { return sum(row) == 0; });
        return rows;
    };
    CountTable small = drop_empty_rows(transposed(drop_empty_rows(transposed(table))));
    if (small.size() < 2 || small.front().size() < 2) {
        throw Error(ErrorCode::invalid_value,
                    "a test of counts needs two groups and two classes that occur");
    }
    return small;
}

struct Margins {
    Counts rows;
    Counts cols;
    double total = 0;
};

Margins margins(const CountTable& table) {
    Margins found;
    for (const Counts& row : table) {
        found.rows.push_back(sum(row));
    }
    for (const Counts& col : transposed(table)) {
        found.cols.push_back(sum(col));
    }
    found.total = static_cast<double>(sum(found.rows));
    return found;
}

double expected(const Margins& of, std::size_t row, std::size_t col) {
    return static_cast<double>(of.rows[row]) * static_cast<double>(of.cols[col]) / of.total;
}

double chi_square(const CountTable& table, double correction) {
    const Margins of = margins(table);
    double statistic = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
        for (std::size_t col = 0; col < table[row].size(); ++col) {
            const double mean = expected(of, row, col);
            const double off = std::abs(static_cast<double>(table[row][col]) - mean);
            statistic += std::pow(off - std::min(correction, off), 2) / mean;
        }
    }
    return statistic;
}

double log_choose(std::int64_t n, std::int64_t k) {
    const auto log_factorial = [](std::int64_t value) {
        return boost::math::lgamma(static_cast<double>(value) + 1);
    };
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

// Walks all 2 x k tables with the given margins; each is a choice of its first row.
class TableWalk {
  public:
    TableWalk(const CountTable& two_rows, const Margins& of)
        : cols_(of.cols), log_all_(log_choose(static_cast<std::int64_t>(of.total), of.rows[0])) {
        double observed = 0;
        for (std::size_t col = 0; col < cols_.size(); ++col) {
            observed += log_choose(cols_[col], two_rows[0][col]);
        }
        log_limit_ = observed + std::log(kSameProbability);
        room_.assign(cols_.size() + 1, 0);
        for (std::size_t col = cols_.size(); col-- > 0;) {
            room_[col] = room_[col + 1] + cols_[col];
        }
        walk(0, of.rows[0], 0);
    }
    [[nodiscard]] double p() const { return std::min(1.0, p_); }

  private:
    void walk(std::size_t col, std::int64_t left, double log_ways) {
        if (col == cols_.size()) {
            p_ += log_ways <= log_limit_ ? std::exp(log_ways - log_all_) : 0;
            return;
        }
        const std::int64_t first = std::max<std::int64_t>(0, left - room_[col + 1]);
        for (std::int64_t count = first; count <= std::min(left, cols_[col]); ++count) {
            walk(col + 1, left - count, log_ways + log_choose(cols_[col], count));
        }
    }

    Counts cols_;
    Counts room_;  // Patients in this and later columns.
    double log_all_;
    double log_limit_ = 0;
    double p_ = 0;
};

// Upper bound of the number of tables to walk.
double possible_tables(const Margins& of) {
    double count = 1;
    for (std::size_t col = 0; col + 1 < of.cols.size(); ++col) {
        count *= static_cast<double>(std::min(of.cols[col], of.rows[0]) + 1);
    }
    return count;
}

// The table with two rows, the smaller first.
CountTable lying(const CountTable& table) {
    CountTable small = reduced(table);
    if (small.size() != 2) {
        small = transposed(small);
    }
    if (small.size() == 2 && sum(small[0]) > sum(small[1])) {
        std::swap(small[0], small[1]);
    }
    return small;
}

}  // namespace

double smallest_expected_count(const CountTable& table) {
    const CountTable small = reduced(table);
    const Margins of = margins(small);
    double smallest = std::numeric_limits<double>::max();
    for (std::size_t row = 0; row < of.rows.size(); ++row) {
        for (std::size_t col = 0; col < of.cols.size(); ++col) {
            smallest = std::min(smallest, expected(of, row, col));
        }
    }
    return smallest;
}

TestResult pearson_chi_square_test(const CountTable& table, bool continuity_correction) {
    const CountTable small = reduced(table);
    const bool corrected = continuity_correction && small.size() == 2 && small[0].size() == 2;
    const double statistic = chi_square(small, corrected ? 0.5 : 0.0);
    const auto freedom = static_cast<double>((small.size() - 1) * (small[0].size() - 1));
    const boost::math::chi_squared distribution(freedom);
    return {.method = corrected ? "Yates chi-square" : "Pearson chi-square",
            .statistic = statistic,
            .degrees_of_freedom = freedom,
            .p = boost::math::cdf(boost::math::complement(distribution, statistic))};
}

bool fisher_is_feasible(const CountTable& table) {
    const CountTable two_rows = lying(table);
    return two_rows.size() == 2 && possible_tables(margins(two_rows)) <= kMostTables;
}

TestResult fisher_exact_test(const CountTable& table) {
    if (!fisher_is_feasible(table)) {
        throw Error(ErrorCode::invalid_value,
                    "Fisher's exact test is for small tables with two rows or two columns");
    }
    const CountTable two_rows = lying(table);
    return {.method = "Fisher exact", .p = TableWalk(two_rows, margins(two_rows)).p()};
}

IntervalEstimate odds_ratio(const CountTable& table) {
    if (table.size() != 2 || table[0].size() != 2 || table[1].size() != 2) {
        throw Error(ErrorCode::invalid_value, "an odds ratio needs a 2 x 2 table");
    }
    const bool has_zero =
        table[0][0] == 0 || table[0][1] == 0 || table[1][0] == 0 || table[1][1] == 0;
    const auto count = [&](std::size_t row, std::size_t col) {
        return static_cast<double>(table[row][col]) + (has_zero ? 0.5 : 0.0);
    };
    const double a = count(0, 0);
    const double b = count(0, 1);
    const double c = count(1, 0);
    const double d = count(1, 1);
    const double log_ratio = std::log(a * d / (b * c));
    const double reach = normal_reach(kConfidence) * std::sqrt(1 / a + 1 / b + 1 / c + 1 / d);
    return {.value = std::exp(log_ratio),
            .low = std::exp(log_ratio - reach),
            .high = std::exp(log_ratio + reach)};
}

double cramers_v(const CountTable& table) {
    const CountTable small = reduced(table);
    const auto smaller_side = static_cast<double>(std::min(small.size(), small[0].size()) - 1);
    return std::sqrt(chi_square(small, 0) / (margins(small).total * smaller_side));
}

}  // namespace paraspinal
