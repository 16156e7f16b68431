// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/column_types.h"

#include "core/error.h"
#include "core/text.h"
#include "io/calendar_date.h"
#include "io/tables/cell_text.h"
#include "io/tables/csv.h"
#include "pipeline/tables/columns/column_unit.h"
#include "pipeline/tables/columns/identifiers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::array<std::pair<ColumnKind, std::string_view>, 8> kKindNames{
    {{ColumnKind::empty, ""},
     {ColumnKind::yes_no, "yes_no"},
     {ColumnKind::number, "number"},
     {ColumnKind::categorical, "classes"},
     {ColumnKind::ordered, "ordered"},
     {ColumnKind::date, "date"},
     {ColumnKind::identifier, "identifier"},
     {ColumnKind::text, "text"}}};

bool has_classes_by_name(std::string_view name) {
    constexpr std::array<std::string_view, 4> kClasses{
        "sex", "patient_sex", "leakage_type", "status"};
    return std::ranges::find(kClasses, lower_case(name)) != kClasses.end();
}

bool is_number_by_name(std::string_view name) {
    constexpr std::array<std::string_view, 9> kWords{
        "age", "years", "vas", "odi", "nrs", "score", "count", "pixels", "bodies"};
    // A number of something, but not the number of a ward.
    const bool is_count = lower_case(name).starts_with("number");
    return is_count || !column_unit(name).empty() || has_word(name, kWords);
}

// "<0.6": less than what can be measured.
bool is_bound(std::string_view text) {
    for (const std::string_view sign : {"<=", ">=", "\u2264", "\u2265", "<", ">"}) {
        if (text.starts_with(sign)) {
            return parse_number(text.substr(sign.size())).has_value();
        }
    }
    return false;
}

// More than a class is called: three words or a long text, or two words as names are written. One
// word is a class however rare it is.
bool is_said(std::string_view text) {
    constexpr std::size_t kLong = 30;
    std::vector<std::string> words = split(text, ' ');
    std::erase(words, "");
    const bool are_names = words.size() == 2 && std::ranges::all_of(words, [](const auto& word) {
                               return word.size() > 2 && word[0] >= 'A' && word[0] <= 'Z' &&
                                      word[1] >= 'a' && word[1] <= 'z';
                           });
    return words.size() > 2 || text.size() > kLong || are_names;
}

// Postal codes, too.
constexpr std::size_t kShortestRecordNumber = 5;

bool is_whole(double value) {
    return value == std::floor(value);
}

// What decides, of the cells that are not missing.
struct Census {
    std::size_t known = 0;
    std::size_t numbers = 0;
    std::size_t bounds = 0;
    std::size_t grouped = 0;  // No numbers, for they may have separators of thousands.
    std::size_t yes_no = 0;
    std::size_t dates = 0;
    std::size_t persons = 0;                   // Texts that lead to one.
    std::map<std::string, std::size_t> texts;  // In lower case.
    std::set<std::string> said;                // Of these, what people say, or names.
    std::set<double> values;
    bool all_whole = true;
    bool has_leading_zero = false;
};

Census census_of(std::span<const ColumnCell> cells) {
    Census census;
    for (const ColumnCell& cell : cells) {
        if (cell.text.empty()) {
            continue;
        }
        ++census.known;
        ++census.texts[lower_case(cell.text)];
        if (is_said(cell.text)) {
            census.said.insert(lower_case(cell.text));
        }
        census.yes_no += parse_yes_no(cell.text) ? 1 : 0;
        census.dates += !cell.number && looks_like_date(cell.text) ? 1 : 0;
        census.bounds += is_bound(cell.text) ? 1 : 0;
        census.grouped += !cell.number && has_thousands(cell.text) ? 1 : 0;
        census.persons += !cell.number && leads_to_person(cell.text) ? 1 : 0;
        if (cell.number) {
            ++census.numbers;
            census.values.insert(*cell.number);
            census.all_whole = census.all_whole && is_whole(*cell.number);
            census.has_leading_zero =
                census.has_leading_zero ||
                (cell.text.size() >= kShortestRecordNumber && cell.text.starts_with('0') &&
                 cell.text.find('.') == std::string::npos);
        }
    }
    return census;
}

constexpr std::size_t kMostOthers = 10;  // One in ten.

bool is_number_column(const Census& census) {
    const std::size_t others = census.known - census.numbers;
    return census.numbers + census.grouped > 0 &&
           (others * kMostOthers <= census.known ||
            (others == census.bounds + census.grouped && census.bounds * 2 <= census.known));
}

// Stray words are named, not classes; but a spelling that comes twice may be one, and so may 2.
bool is_yes_no_column(const Census& census) {
    const std::size_t others = census.known - census.yes_no;
    return others * kMostOthers <= census.known &&
           std::ranges::all_of(census.texts, [](const auto& text) {
               return parse_yes_no(text.first) ||
                      (text.second == 1 && !parse_number(text.first).has_value());
           });
}

// "E-mail consent": said so often that it is nobody's ID.
bool are_answers(const Census& census) {
    constexpr std::size_t kOften = 6;
    return census.known >= kOften && census.yes_no == census.known;
}

// Counts per microliter and the like end in zeros.
bool are_record_numbers(std::string_view name, const Census& census) {
    constexpr double kTelephone = 1e6;
    constexpr double kBeyond = 1e15;
    constexpr double kRound = 100;
    constexpr double kMostApart = 10;  // On average; our choice.
    if (!census.all_whole || census.numbers != census.known || census.known < 2) {
        return false;
    }
    if (census.has_leading_zero) {
        return true;
    }
    const auto round_ones = std::ranges::count_if(
        census.values, [](double value) { return std::fmod(value, kRound) == 0; });
    if (2 * static_cast<std::size_t>(round_ones) > census.values.size()) {
        return false;
    }
    // Given out one after another; what is measured has gaps.
    const double least = *census.values.begin();
    const double most = *census.values.rbegin();
    const bool are_counted_on = census.values.size() == census.known &&
                                least >= std::pow(10, kShortestRecordNumber - 1) &&
                                most - least < kMostApart * static_cast<double>(census.known);
    return most < kBeyond && (least >= kTelephone || (are_counted_on && !is_number_by_name(name)));
}

bool may_be_classes(const Census& census) {
    constexpr std::size_t kMostValues = 5;
    constexpr std::size_t kRepeats = 3;
    return census.all_whole && !census.values.empty() && census.values.size() <= kMostValues &&
           census.known >= kRepeats * census.values.size();
}

ColumnKind kind_of_texts(std::string_view name, const Census& census) {
    constexpr std::size_t kMostClasses = 12;
    constexpr std::size_t kLongestClass = 60;
    if (census.persons > 0) {
        return 2 * census.persons >= census.known ? ColumnKind::identifier : ColumnKind::text;
    }
    if (has_classes_by_name(name)) {
        return ColumnKind::categorical;
    }
    const auto once =
        static_cast<std::size_t>(std::ranges::count_if(census.texts, [&](const auto& text) {
            return text.second == 1 && census.said.contains(text.first);
        }));
    const bool are_short = std::ranges::all_of(
        census.texts, [](const auto& text) { return text.first.size() <= kLongestClass; });
    const bool repeat = census.texts.size() <= kMostClasses &&
                        2 * census.texts.size() <= census.known &&
                        (once < 2 || 2 * once <= census.texts.size());
    return repeat && are_short && !is_free_text_by_name(name) ? ColumnKind::categorical
                                                              : ColumnKind::text;
}

}  // namespace

std::string_view column_kind_name(ColumnKind kind) {
    return std::ranges::find(kKindNames, kind, &std::pair<ColumnKind, std::string_view>::first)
        ->second;
}

bool is_summarized(ColumnKind kind) {
    return kind == ColumnKind::yes_no || kind == ColumnKind::number ||
           kind == ColumnKind::categorical || kind == ColumnKind::ordered;
}

ColumnDeclarations read_column_declarations(const std::filesystem::path& file) {
    ColumnDeclarations declarations;
    if (file.empty()) {
        return declarations;
    }
    CsvReader csv(file);
    const std::size_t name = csv.required_column("column");
    const std::size_t type = csv.required_column("type");
    const auto text = [&](const char* column) {
        const auto place = csv.column(column);
        return place ? std::string(trimmed(csv.cell(*place))) : std::string();
    };
    const auto list = [&](const char* column) {
        std::vector<std::string> parts;
        for (const std::string& part : split(text(column), ';')) {
            parts.emplace_back(trimmed(part));
        }
        return parts;
    };
    while (csv.next()) {
        const std::string said = lower_case(trimmed(csv.cell(type)));
        const auto* const kind =
            std::ranges::find(kKindNames, said, &std::pair<ColumnKind, std::string_view>::second);
        if (kind == kKindNames.end()) {
            throw Error(ErrorCode::malformed_file,
                        csv.place(type) + ": there is no type " + said +
                            "; there are number, yes_no, classes, ordered, date, identifier, text");
        }
        declarations[lower_case(trimmed(csv.cell(name)))] = {
            .kind = kind->first == ColumnKind::empty ? std::nullopt : std::optional(kind->first),
            .unit = text("unit"),
            .label = text("label"),
            .classes = list("classes"),
            .missing = list("missing")};
    }
    return declarations;
}

GuessedKind guess_column_kind(std::string_view name, std::span<const ColumnCell> cells) {
    const Census census = census_of(cells);
    if (is_identifier(name) && !are_answers(census)) {
        return {.kind = ColumnKind::identifier};
    }
    if (census.known == 0) {
        return {};
    }
    if (is_yes_no_column(census)) {
        return {.kind = ColumnKind::yes_no};
    }
    if (is_person_by_name(name)) {
        return {.kind = ColumnKind::identifier};
    }
    if ((census.known - census.dates) * kMostOthers <= census.known) {
        return {.kind = ColumnKind::date};
    }
    if (!is_number_column(census)) {
        return {.kind = kind_of_texts(name, census)};
    }
    if (column_unit(name).empty() && are_record_numbers(name, census)) {
        return {.kind = ColumnKind::identifier};
    }
    if (is_number_by_name(name)) {
        return {.kind = ColumnKind::number};
    }
    return may_be_classes(census) ? GuessedKind{.kind = ColumnKind::categorical, .is_asked = true}
                                  : GuessedKind{.kind = ColumnKind::number};
}

std::optional<double> parse_yes_no(std::string_view text) {
    const std::string lower = lower_case(trimmed(text));
    if (lower == "1" || lower == "yes" || lower == "y" || lower == "true" || lower == "1.0") {
        return 1;
    }
    if (lower == "0" || lower == "no" || lower == "n" || lower == "false" || lower == "0.0") {
        return 0;
    }
    return std::nullopt;
}

}  // namespace paraspinal
