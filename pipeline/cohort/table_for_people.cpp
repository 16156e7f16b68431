// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/table_for_people.h"

#include "core/text.h"
#include "pipeline/tables/columns/column_label.h"
#include "pipeline/tables/repeated_patients.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

struct Abbreviation {
    std::string_view word;
    std::string_view meaning;
};
constexpr std::array kAbbreviations{
    Abbreviation{"±", "mean ± standard deviation"},
    Abbreviation{"MD", "MD: mean difference"},
    Abbreviation{"PS", "PS: probability that a value of the first group is the larger one"},
    Abbreviation{"OR", "OR: odds ratio"},
    Abbreviation{"V", "V: Cramer's V"},
    Abbreviation{"CI", "CI: confidence interval"},
    Abbreviation{"Holm", "Holm, BH: P adjusted after Holm, and after Benjamini and Hochberg"},
    Abbreviation{"B", "B: coefficient"},
    Abbreviation{"SE", "SE: standard error"},
    Abbreviation{"VIF", "VIF: variance inflation factor"},
    Abbreviation{"AUC", "AUC: area under the ROC curve"},
    Abbreviation{"PPV", "PPV, NPV: positive and negative predictive value"},
    Abbreviation{"CSA", "CSA: area of multifidus and erector spinae of both sides"},
    Abbreviation{"FA", "FA: fat area in them"},
    Abbreviation{"FDR", "FDR: FA / CSA"},
    Abbreviation{"VB", "VB: area of the vertebral body"},
    Abbreviation{"BMD", "BMD: bone mineral density"},
    Abbreviation{"PTH", "PTH: parathyroid hormone"},
    Abbreviation{"VAS", "VAS: visual analog scale"},
    Abbreviation{"ODI", "ODI: Oswestry disability index"}};

bool is_word_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' ||
           static_cast<unsigned char>(letter) >= 0x80U;
}

void add_words(std::set<std::string>& words, const std::string& text) {
    std::string word;
    for (const char letter : text + " ") {
        if (is_word_letter(letter)) {
            word += letter;
        } else if (!word.empty()) {
            words.insert(word);
            word.clear();
        }
    }
}

// Words of the table but those of groups and classes: one called OR is no odds ratio.
std::set<std::string> words_of_ours(const TextTable& table) {
    std::set<std::string> words;
    for (const std::string& column : table.columns) {
        if (column.find(" (n = ") == std::string::npos) {
            add_words(words, column);
        }
    }
    for (const std::vector<std::string>& row : table.rows) {
        const std::string& variable = row.front();
        if (!variable.starts_with("- ")) {
            add_words(words, variable.substr(0, variable.find(": ")));
        }
        for (std::size_t i = 1; i < row.size(); ++i) {
            if (row[i].find("\u00b1") != std::string::npos) {
                words.insert("\u00b1");
            }
            if (table.columns[i].starts_with("effect")) {
                add_words(words, row[i].substr(0, row[i].find(' ')));
            }
        }
    }
    return words;
}

}  // namespace

std::string label_for_people(const std::string& text, const CohortTable& cohort) {
    const CohortColumn* best = nullptr;
    for (const CohortColumn& column : cohort.columns) {
        const bool begins =
            text.starts_with(column.name) && !column.name.empty() &&
            (text.size() == column.name.size() || !is_word_letter(text[column.name.size()]));
        if (begins && (best == nullptr || column.name.size() > best->name.size())) {
            best = &column;
        }
    }
    return best == nullptr ? text : column_label(*best) + text.substr(best->name.size());
}

TextTable table_for_people(TextTable table, const CohortTable& cohort) {
    for (std::vector<std::string>& row : table.rows) {
        row.front() = label_for_people(row.front(), cohort);
    }
    const std::set<std::string> words = words_of_ours(table);
    for (std::string& note : table.notes) {
        note = label_for_people(note, cohort);
    }
    if (const std::string repeated = repeated_patients_text(cohort); !repeated.empty()) {
        table.notes.insert(table.notes.begin(), repeated + ".");
    }
    std::vector<std::string> meanings;
    for (const Abbreviation& abbreviation : kAbbreviations) {
        if (words.contains(std::string(abbreviation.word))) {
            meanings.emplace_back(abbreviation.meaning);
        }
    }
    if (!meanings.empty()) {
        table.notes.push_back(joined(meanings, "; ") + ".");
    }
    return table;
}

}  // namespace paraspinal
