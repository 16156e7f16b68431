// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/roi_names.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using SideWord = std::pair<std::string_view, Side>;
constexpr std::array kSideWords{
    SideWord{"r", Side::right},
    SideWord{"right", Side::right},
    SideWord{"l", Side::left},
    SideWord{"left", Side::left},
};

// Say nothing about which structure it is; radiotherapy calls the whole patient "BODY".
constexpr std::array<std::string_view, 11> kSilentWords{
    "m", "muscle", "major", "roi", "csa", "body", "l1", "l2", "l3", "l4", "l5"};

// Of the right side; it stands for either.
std::optional<Structure> structure_called(std::string_view word) {
    for (const StructureKind& kind : structure_kinds()) {
        if (!word.empty() && std::ranges::find(kind.words, word) != kind.words.end()) {
            return kind.right;
        }
    }
    return std::nullopt;
}

struct Meaning {
    std::set<Structure> structures;  // Right ones.
    std::set<Side> sides;
};

bool is_number(std::string_view word) {
    return std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Words of letters and digits; digits at the end of a word of letters ("MF R2") count for nothing,
// because ImageJ and readers number parts like that.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char character : lower_case(name)) {
        if (std::isalnum(static_cast<unsigned char>(character)) != 0) {
            words.back() += character;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase_if(words, is_number);
    return words;
}

bool add_whole(std::string_view word, Meaning& meaning) {
    if (std::ranges::find(kSilentWords, word) != kSilentWords.end()) {
        return true;
    }
    if (const std::optional<Structure> structure = structure_called(word)) {
        meaning.structures.insert(*structure);
        return true;
    }
    const auto* const side = std::ranges::find(kSideWords, word, &SideWord::first);
    if (side != kSideWords.end()) {
        meaning.sides.insert(side->second);
        return true;
    }
    return false;
}

// "mfr", "lpsoas": structure and side without anything between them.
bool add_joined(std::string_view word, Meaning& meaning) {
    for (const auto& [side_word, side] : kSideWords) {
        const std::string_view before =
            word.ends_with(side_word) ? word.substr(0, word.size() - side_word.size()) : "";
        const std::string_view behind =
            word.starts_with(side_word) ? word.substr(side_word.size()) : "";
        for (const std::string_view rest : {before, behind}) {
            if (const std::optional<Structure> structure = structure_called(rest)) {
                meaning.structures.insert(*structure);
                meaning.sides.insert(side);
                return true;
            }
        }
    }
    return false;
}

bool add_word(std::string_view word, Meaning& meaning) {
    if (add_whole(word, meaning) || add_joined(word, meaning)) {
        return true;
    }
    const std::string_view letters = word.substr(0, word.find_last_not_of("0123456789") + 1);
    return letters != word && (add_whole(letters, meaning) || add_joined(letters, meaning));
}

}  // namespace

std::optional<Structure> structure_from_name(std::string_view name) {
    Meaning meaning;
    for (const std::string& word : words_of(name)) {
        if (!add_word(word, meaning)) {
            return std::nullopt;
        }
    }
    if (meaning.structures.size() != 1) {
        return std::nullopt;
    }
    const Structure structure = *meaning.structures.begin();
    const std::size_t needed_sides = has_sides(kind_of(structure)) ? 1 : 0;
    if (meaning.sides.size() != needed_sides) {
        return std::nullopt;
    }
    return meaning.sides.contains(Side::left) ? mirrored(structure) : structure;
}

bool names_fat(std::string_view name) {
    return words_of(name) == std::vector<std::string>{"intramuscular", "fat"};
}

std::string roi_name_rules() {
    std::string names;
    for (const StructureKind& kind : structure_kinds()) {
        std::string shortest(kind.words.front());
        std::ranges::transform(shortest, shortest.begin(), [](unsigned char letter) {
            return static_cast<char>(std::toupper(letter));
        });
        names += (names.empty() ? "" : ", ") + shortest + " or " + with_spaces(kind.name);
    }
    return "a name is one structure (" + names +
           ") and, for muscles, the patient's side (R, right, L, left), as in 'MF R', "
           "'erector_spinae_left' or 'VB'; other names go into a file for --roi-names "
           "(docs/outlines.md)";
}

RoiNames read_roi_names(const std::filesystem::path& file) {
    return within("file " + file.string(), [&file] {
        CsvReader csv(file);
        const std::size_t name_column = csv.required_column("name");
        const std::size_t structure_column = csv.required_column("structure");
        RoiNames names;
        while (csv.next()) {
            const std::string name = lower_case(trimmed(csv.cell(name_column)));
            const std::string meaning = lower_case(trimmed(csv.cell(structure_column)));
            const std::optional<Structure> structure = structure_from_name(meaning);
            if (!structure && meaning != "ignore") {
                throw Error(ErrorCode::malformed_file,
                            csv.place(structure_column) + ": not a structure, nor 'ignore'; " +
                                roi_name_rules());
            }
            if (!names.emplace(name, structure).second) {
                throw Error(ErrorCode::malformed_file,
                            csv.place(name_column) + ": this name was given before");
            }
        }
        return names;
    });
}

}  // namespace paraspinal
