// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace paraspinal {

/// A vertebra from T1 (0) over T12 (11) and L1 (12) to L5 (16) and, below it, S1 (17).
struct VertebralLevel {
    int index = 0;
    friend bool operator==(const VertebralLevel&, const VertebralLevel&) = default;
};

/// Levels in a text such as "L1;L3", "T12, L1" or "t12/l1"; empty text gives none. Order and
/// repetitions do not matter. Throws Error invalid_value for anything that is no level.
std::vector<VertebralLevel> parse_levels(std::string_view text);

/// Which kinds of new fracture a patient has.
///
/// Adjacent: directly above or below a cemented vertebra. Remote: with at least one normal vertebra
/// between it and every cemented one. Source: Reyhani Yassavoly et al. 2025, Methods. Two kinds
/// that the article does not name are kept apart: the cemented vertebra itself, and a vertebra that
/// only other new fractures join to a cemented one.
struct FractureKinds {
    bool adjacent = false;
    bool remote = false;
    bool same_level = false;
    bool contiguous = false;
    friend bool operator==(const FractureKinds&, const FractureKinds&) = default;
};

/// Which kind one of the new fractures is: "adjacent", "remote", "same_level" or "contiguous".
std::string_view fracture_kind(VertebralLevel level,
                               const std::vector<VertebralLevel>& treated,
                               const std::vector<VertebralLevel>& new_fractures);

/// All kinds that there are.
FractureKinds classify_fractures(const std::vector<VertebralLevel>& treated,
                                 const std::vector<VertebralLevel>& new_fractures);

}  // namespace paraspinal
