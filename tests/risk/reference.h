// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// Values that R computed: tests/risk/reference/statistics.R wrote them.
double reference(const std::string& name);

/// A column of a CSV file in tests/risk/reference, as numbers.
std::vector<double> column(const std::string& file, const std::string& name);

/// The same as 0 or 1.
std::vector<std::uint8_t> flags(const std::string& file, const std::string& name);

/// Values whose flag is `chosen`.
std::vector<double> chosen(const std::vector<double>& values,
                           const std::vector<std::uint8_t>& flag,
                           std::uint8_t wanted);

}  // namespace paraspinal::testing
