// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/examination.h"
#include "pipeline/follow/match_slices.h"
#include "pipeline/follow/named_pairs.h"
#include "pipeline/follow/pair_flag.h"
#include "pipeline/follow/vertebra_changes.h"
#include "pipeline/study/repeatability.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What can be said of a difference.
enum class Verdict : std::uint8_t {
    within_error,
    decrease,
    increase,
    beyond_error,            ///< Larger than that, of two whose order is not known.
    decrease_if_comparable,  ///< Beyond the error of one scanner and method, which may not be the
    increase_if_comparable,  ///< only thing that changed.
    beyond_error_if_comparable,
    not_comparable,
    not_measured,  ///< At one of the examinations.
};

/// One quantity at two examinations.
struct Change {
    const RepeatedQuantity* quantity = nullptr;
    std::optional<double> from;
    std::optional<double> to;
    std::optional<double> difference;  ///< to - from; nullopt where it is not comparable.
    /// The difference's 95 % interval reaches so far to either side of it.
    std::optional<double> smallest_real_change;
    std::string_view source;  ///< Of that: "repeatability", or "mdc" as the user gave it.
    Verdict verdict = Verdict::not_measured;
};

/// Two examinations of one patient.
struct ExaminationPair {
    std::string_view kind;  ///< "consecutive", "first_last", "named".
    std::size_t from = 0;   ///< Place among the examinations.
    std::size_t to = 0;
    std::optional<double> years{};  ///< Between them; nullopt without both dates.
    MatchedSlices slices{};
    std::vector<const PairFlag*> flags{};  ///< Those of the slices too, in the order of pair_flags.
    std::string picture{};                 ///< Its file below the output folder; empty: none.
    std::vector<Change> changes{};         ///< One of each of repeated_quantities.
    std::vector<VertebraChange> vertebrae{};  ///< None where it cannot be one person.
    /// The same at each further level that both were measured at, from head to feet; of these only
    /// `slices`, `flags` and `changes` are their own.
    std::vector<ExaminationPair> levels{};
};

/// Whether it is larger than smallest_real_change; false where it is not comparable.
bool is_beyond_error(const Change& change);

inline constexpr double kDaysPerYear = 365.25;
/// Days between both dates over that; nullopt where one has none.
std::optional<double> years_between(const Examination& from, const Examination& to);

/// Why both cannot be one person: sexes that differ, more than a life between them, or ages that do
/// not fit their dates (by more than kMostYearsApart: they are whole years). Ages from 90 on mean
/// at least 90: exports under pseudonyms write all of them so. Empty: they can.
std::string_view person_contradiction(const Examination& from, const Examination& to);

/// The pair `kind` of two of `all`; `given` instead of smallest_real_change where it has a
/// quantity.
ExaminationPair compare_pair(const std::vector<Examination>& all,
                             std::size_t from,
                             std::size_t to,
                             std::string_view kind,
                             const SmallestChanges& given);

}  // namespace paraspinal
