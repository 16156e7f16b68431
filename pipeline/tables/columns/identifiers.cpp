// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/identifiers.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace paraspinal {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// "Pat.-Nr.", "Case no", and not "Fall (no/yes)".
bool is_number_of_person(std::string_view name) {
    constexpr std::array<std::string_view, 12> kWhose{"pat",
                                                      "patient",
                                                      "patienten",
                                                      "case",
                                                      "fall",
                                                      "record",
                                                      "akten",
                                                      "insurance",
                                                      "versicherten",
                                                      "chart",
                                                      "file",
                                                      "accession"};
    constexpr std::array<std::string_view, 6> kNumber{"nr", "no", "num", "number", "nummer", "id"};
    const std::vector<std::string> words = words_of(name);
    const auto pair = std::ranges::adjacent_find(words, [&](const auto& whose, const auto& number) {
        return std::ranges::find(kWhose, whose) != kWhose.end() &&
               std::ranges::find(kNumber, number) != kNumber.end();
    });
    return pair != words.end() && std::ranges::find(words, "yes") == words.end();
}

// And not "Drug name".
bool is_name_of_person(std::string_view column) {
    constexpr std::array<std::string_view, 2> kNames{"name", "names"};
    constexpr std::array<std::string_view, 12> kThings{"drug",
                                                       "drugs",
                                                       "medication",
                                                       "medicine",
                                                       "device",
                                                       "product",
                                                       "brand",
                                                       "implant",
                                                       "cement",
                                                       "sequence",
                                                       "protocol",
                                                       "test"};
    return has_word(column, kNames) && !has_word(column, kThings);
}

// A title, then a name.
bool has_title(std::string_view text) {
    constexpr std::array<std::string_view, 9> kTitles{
        "Dr", "Prof", "Herr", "Herrn", "Frau", "Mr", "Mrs", "Ms", "Mme"};
    for (const std::string_view title : kTitles) {
        const std::size_t at = text.find(title);
        if (at == std::string_view::npos || (at > 0 && text[at - 1] != ' ')) {
            continue;
        }
        const std::string_view rest = text.substr(at + title.size());
        const std::size_t name = rest.find_first_not_of(". ");
        const bool is_apart = name != 0 && name != std::string_view::npos;
        if (is_apart && ((rest[name] >= 'A' && rest[name] <= 'Z') ||
                         static_cast<unsigned char>(rest[name]) >= 0x80U)) {
            return true;
        }
    }
    return false;
}

// Digits that stand together, and are no dose, or with what people put between those of a telephone
// number (E.164).
bool has_record_number(std::string_view text) {
    constexpr std::size_t kInARow = 5;
    constexpr std::size_t kWithAreaCode = 7;
    constexpr std::size_t kWithoutZero = 9;  // "2019-2021" has eight.
    std::size_t run = 0;
    std::size_t all = 0;
    bool begins_like_one = false;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char letter = at < text.size() ? text[at] : 'x';
        const bool is_between = std::string_view(" -/()+").find(letter) != std::string_view::npos;
        if (!is_digit(letter)) {
            if (run >= kInARow && !text.substr(0, at).ends_with("000")) {
                return true;
            }
            run = 0;
        } else {
            begins_like_one =
                all == 0 ? letter == '0' || (at > 0 && text[at - 1] == '+') : begins_like_one;
            ++run;
            ++all;
        }
        // "10000-20000" is a class.
        const bool is_round = text.ends_with("000") && !begins_like_one;
        if (!is_round && all >= (begins_like_one ? kWithAreaCode : kWithoutZero)) {
            return true;
        }
        all = is_digit(letter) || is_between ? all : 0;
    }
    return false;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
    std::string letters = lower_case(name);
    std::ranges::replace_if(
        letters, [](char one) { return (one < 'a' || one > 'z') && !is_digit(one); }, ' ');
    std::vector<std::string> words = split(letters, ' ');
    std::erase(words, "");
    return words;
}

bool has_word(std::string_view name, std::span<const std::string_view> words) {
    return std::ranges::any_of(words_of(name), [&](const std::string& word) {
        return std::ranges::find(words, word) != words.end();
    });
}

bool is_identifier(std::string_view column) {
    constexpr std::array<std::string_view, 10> kOurs{"patient_id",
                                                     "accession_number",
                                                     "study_date",
                                                     "treated_levels",
                                                     "new_fracture_levels",
                                                     "series_number",
                                                     "series_description",
                                                     "instance_number",
                                                     "source_file",
                                                     "study_folder"};
    constexpr std::array<std::string_view, 41> kWords{
        "uid",          "surname",    "firstname", "lastname", "forename",       "initials",
        "birth",        "birthday",   "birthdate", "dob",      "born",           "phone",
        "tel",          "fax",        "email",     "mail",     "address",        "telephone",
        "street",       "zip",        "mrn",       "ssn",      "postcode",       "geb",
        "geburtsdatum", "geburtstag", "geboren",   "jahrgang", "naissance",      "nacimiento",
        "nascita",      "vorname",    "nachname",  "prenom",   "telefon",        "plz",
        "fallnummer",   "fallnr",     "hausarzt",  "adresse",  "patientennummer"};
    return std::ranges::find(kOurs, lower_case(column)) != kOurs.end() ||
           has_word(column, kWords) || is_name_of_person(column) || is_number_of_person(column);
}

bool is_person_by_name(std::string_view column) {
    constexpr std::array<std::string_view, 6> kWords{
        "contact", "kontakt", "handy", "relatives", "guardian", "carer"};
    return has_word(column, kWords);
}

bool is_free_text_by_name(std::string_view column) {
    constexpr std::array<std::string_view, 20> kWords{
        "note",      "notes",    "remark",      "remarks",   "comment",     "comments",   "message",
        "memo",      "freetext", "bemerkung",   "kommentar", "bemerkungen", "notiz",      "notizen",
        "anmerkung", "freitext", "anmerkungen", "remarque",  "remarques",   "commentaire"};
    return has_word(column, kWords);
}

bool leads_to_person(std::string_view text) {
    return text.find('@') != std::string_view::npos || has_title(text) || has_record_number(text) ||
           std::ranges::any_of(split(text, ' '), looks_like_date);
}

bool looks_like_date(std::string_view text) {
    std::string_view day = trimmed(text);
    day = day.substr(0, day.find_first_of(" T"));
    const std::size_t first = day.find_first_not_of("0123456789");
    if (first == std::string_view::npos || first == 0 ||
        std::string_view("./-").find(day[first]) == std::string_view::npos) {
        return false;
    }
    const std::vector<std::string> parts = split(day, day[first]);
    constexpr std::size_t kYear = 4;
    const bool are_digits = std::ranges::all_of(parts, [](const std::string& part) {
        return !part.empty() && part.size() <= kYear && std::ranges::all_of(part, is_digit);
    });
    if (parts.size() != 3 || !are_digits || parts[1].size() > 2) {
        return false;
    }
    // Three numbers with a year at one end; "0.1.0" is a version.
    const bool is_year_first = parts[0].size() == kYear && parts[2].size() <= 2;
    const bool is_year_last = parts[0].size() <= 2 && parts[0] != "0" && parts[1] != "0" &&
                              (parts[2].size() == kYear || parts[2].size() == 2);
    return is_year_first || is_year_last;
}

}  // namespace paraspinal
