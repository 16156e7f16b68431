// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/report/json/rounded_json_internal.h"

namespace paraspinal {

nlohmann::ordered_json rounded_json(const std::optional<double>& value, int decimals) {
    const auto number = value ? parse_number(fixed_text(*value, decimals)) : std::nullopt;
    return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json rounded_json(const Vec3& vector, int decimals) {
    return nlohmann::ordered_json::array({rounded_json(vector.x, decimals),
                                          rounded_json(vector.y, decimals),
                                          rounded_json(vector.z, decimals)});
}

}  // namespace paraspinal
