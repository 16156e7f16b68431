// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/report/json/rounded_json_internal.h"

namespace paraspinal {

nlohmann::ordered_json rounded_json(const std::optional<double>& value, int decimals) {
    const auto number = value ? parse_number(fixed_text(*value, decimals)) : std::nullopt;
    return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

}  // namespace paraspinal
