// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// "13:45:00".
std::string time_text(int seconds_of_day);

/// "2026-01-31", followed by " 13:45:00" when `seconds_of_day` is above 0. `days` count from
/// 1970-01-01. Empty for years before 1000 and above 9999.
std::string date_text(std::int64_t days, int seconds_of_day = 0);

/// The date that `text` begins with as "2026-01-31": written so, as 20260131 (DICOM), 31.01.2026 or
/// 31.1.2026, with a time behind it or none. nullopt for anything else: nobody can tell 01/02/2026.
std::optional<std::string> parse_date(std::string_view text);

}  // namespace paraspinal
