// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/percent_encoding.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

// What a batch and its worker processes say to each other: one JSON value a line. File names and
// what headers hold are bytes of any kind, and JSON holds text, so texts go percent-encoded.

inline nlohmann::json wire_text(std::string_view bytes) {
    return percent_encoded(bytes);
}

/// The inverse. Throws nlohmann::json::exception or std::bad_optional_access.
inline std::string bytes_of(const nlohmann::json& text) {
    return percent_decoded(text.get_ref<const std::string&>()).value();
}

/// What `read` makes of the JSON value of `line`; nullopt when the line is no JSON or `read` misses
/// something in it.
template <class Read>
auto read_wire_line(std::string_view line, const Read& read)
    -> std::optional<decltype(read(nlohmann::json()))> {
    try {
        return read(nlohmann::json::parse(line));
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    } catch (const std::bad_optional_access&) {
        return std::nullopt;
    }
}

}  // namespace paraspinal
