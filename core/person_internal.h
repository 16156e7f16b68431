// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

/// Between the fields in person_text.
inline constexpr char kBetween = '\x1f';

/// Fields of a person, in this order.
enum Field : std::size_t { id, name, sex, birth_date, age, study_date, kFields };
using Person = std::array<std::string, kFields>;

/// The fields in a person_text.
Person parse_person(std::string_view text);

/// Nothing for what is no date YYYYMMDD.
std::optional<std::chrono::sys_days> day_of(std::string_view date);

}  // namespace paraspinal
