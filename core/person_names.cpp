// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/person_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

// "ü" and "ue" as "u", "ß" and "ss" as "s": what devices do to letters that they lack.
std::string folded(std::string_view text) {
    // Of U+00C0 to U+00FF, which UTF-8 writes as 0xC3 and a byte from 0x80 on.
    constexpr std::string_view kBase =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
    std::string letters;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_latin = byte == 0xC3 && i + 1 < text.size();
        letters += is_latin ? kBase[static_cast<unsigned char>(text[++i]) & 0x3FU] : text[i];
    }
    std::string kept;
    for (const char letter : letters) {
        const bool is_second =
            !kept.empty() &&
            ((letter == 'e' && (kept.back() == 'a' || kept.back() == 'o' || kept.back() == 'u')) ||
             (letter == 's' && kept.back() == 's'));
        if (!is_second) {
            kept += letter;
        }
    }
    return kept;
}

std::vector<std::string> parts_of_name(std::string_view name) {
    std::vector<std::string> parts(1);
    for (const char letter : folded(name)) {
        if (std::string_view("^,=.-'").find(letter) == std::string_view::npos) {
            parts.back() += letter;
        } else if (!parts.back().empty()) {
            parts.emplace_back();
        }
    }
    std::erase(parts, "");
    return parts;
}

// One name in another order, with a middle name or a title more, with an initial for a name.
bool may_be_one_name(std::string_view a, std::string_view b) {
    std::vector<std::string> fewer = parts_of_name(a);
    std::vector<std::string> more = parts_of_name(b);
    if (fewer.size() > more.size()) {
        std::swap(fewer, more);
    }
    // Blanks between parts were not kept: "jane doe" and "doe^jane".
    if (fewer.size() == 1 && more.size() == 2 &&
        (fewer[0] == more[0] + more[1] || fewer[0] == more[1] + more[0])) {
        return true;
    }
    return std::ranges::all_of(fewer, [&more](const std::string& part) {
        const auto same = std::ranges::find_if(more, [&part](const std::string& other) {
            const bool has_initial = part.size() == 1 || other.size() == 1;
            return has_initial ? part.front() == other.front() : part == other;
        });
        if (same == more.end()) {
            return false;
        }
        more.erase(same);
        return true;
    });
}

}  // namespace

bool names_contradict(const std::set<std::string>& names) {
    for (auto one = names.begin(); one != names.end(); ++one) {
        if (std::any_of(std::next(one), names.end(), [one](const std::string& other) {
                return !may_be_one_name(*one, other);
            })) {
            return true;
        }
    }
    return false;
}

bool is_made_up_name(std::string_view name, std::string_view patient_id) {
    return name == patient_id || name.starts_with("anon") || name.starts_with("unknown");
}

bool is_id_of_everybody(std::string_view plain_id) {
    constexpr std::array<std::string_view, 6> kIds{
        "anon", "anonymous", "anonymized", "anonymised", "unknown", "none"};
    return std::ranges::find(kIds, plain_id) != kIds.end();
}

}  // namespace paraspinal
