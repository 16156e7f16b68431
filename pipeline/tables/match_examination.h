// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace paraspinal {

/// The date of an examination that a cell states, as parse_date; nullopt where it states none
/// (is_missing_text). Text that parse_date cannot read is a date that is no other's.
std::optional<std::string> examination_date(std::string_view cell);

/// Dates of examinations as examination_date has them.
using ExaminationDates = std::span<const std::optional<std::string>>;

/// Why a row has no partner: the other table does not have its key.
inline constexpr std::string_view kNoPartner = "no_partner";

/// The partner of a row, or why it has none.
struct ExaminationMatch {
    std::optional<std::size_t> place;  ///< Among the rows of the other table.
    /// Without a partner: kNoPartner, "another_date", "several_examinations" or
    /// "unreadable_date", which is where such a date may hide the partner.
    std::string_view reason;
};

/// The one rule by which rows of two tables that share a key (patient, accession number) find each
/// other, for every command. `here` are the dates of the rows of the own table with this key, among
/// them `row`, and `there` those of the other table. One row on either side belong together unless
/// both state a date and these differ. Where either side has several, the date decides, and it must
/// be the date of one row alone on either side.
ExaminationMatch match_examination(std::size_t row, ExaminationDates here, ExaminationDates there);

/// What a match without a partner tells of the rows of `table` ("the clinical table"), for people.
std::string unmatched_text(std::string_view reason, const std::string& table);

}  // namespace paraspinal
