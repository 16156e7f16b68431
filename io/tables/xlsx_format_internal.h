// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace paraspinal {

/// How a format of numbers of a spreadsheet shows them (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum class NumberFormat : std::uint8_t {
    plain,
    date,        ///< Holds a year, month, day, hour, minute or second.
    percentage,  ///< Shows hundredfold.
    zeros,       ///< "00000": with leading zeros.
};

/// The kind of a format code; "plain" for what is not understood.
NumberFormat kind_of_format(std::string_view code);

/// The same for the built-in formats, which have numbers and no code.
NumberFormat kind_of_built_in_format(int id);

/// A day number of a spreadsheet as "2026-01-31", with " 13:45:00" where it has a fraction; "13:45"
/// alone below 1. Days count from 1899-12-31 (the program's 1900-02-29, which never was, passed
/// over), or from 1904-01-01 where `from_1904`. Empty for days before or beyond the year 9999.
std::string date_of_serial(double serial, bool from_1904);

}  // namespace paraspinal
