// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace paraspinal {

/// What of a name counts when names are compared: its letters and digits, in lower case ("cm²" is
/// "cm2").
std::string letters_of(std::string_view name);

/// The one of `names` that somebody may have meant by `wanted`: a letter in four differs (two that
/// changed places are one), one name holds the other, or the wanted one begins it; the first of the
/// nearest. nullopt when
/// none is near. Names are compared by their first 64 letters.
std::optional<std::string> near_miss(std::string_view wanted, std::span<const std::string> names);

}  // namespace paraspinal
