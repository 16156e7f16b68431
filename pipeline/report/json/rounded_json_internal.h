// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace paraspinal {

/// `value` with the digits that measurements.csv shows; null when it is absent or not finite.
nlohmann::ordered_json rounded_json(const std::optional<double>& value, int decimals);

/// A place or a direction that was found, not read: the last digits of one differ between
/// processors.
nlohmann::ordered_json rounded_json(const Vec3& vector, int decimals);
inline constexpr int kDirectionDecimals = 4;

}  // namespace paraspinal
