// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_list.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/csv.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

namespace paraspinal {
namespace {

// "Accession Number" and "accession_number" are one name.
std::string plain_name(const std::string& name) {
    std::string plain = lower_case(name);
    std::erase_if(plain, [](char letter) { return letter == ' ' || letter == '_'; });
    return plain;
}

template <std::size_t kNames>
std::optional<std::size_t> column_called(const CsvReader& table,
                                         const std::array<std::string_view, kNames>& names) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        if (std::ranges::find(names, plain_name(table.columns()[i])) != names.end()) {
            return i;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view column_name(ArchiveKey key) {
    return key == ArchiveKey::study_uid ? "study_uid" : "accession_number";
}

PullList read_pull_list(const std::filesystem::path& file) {
    constexpr std::array<std::string_view, 2> kAccession{"accessionnumber", "accession"};
    constexpr std::array<std::string_view, 2> kStudyUid{"studyuid", "studyinstanceuid"};
    CsvReader table(file);
    PullList list;
    std::optional<std::size_t> column = column_called(table, kAccession);
    if (!column) {
        column = column_called(table, kStudyUid);
        list.key = ArchiveKey::study_uid;
    }
    if (!column) {
        throw Error(ErrorCode::malformed_file,
                    "'" + file.string() +
                        "' has neither a column accession_number nor study_uid; name the column "
                        "in its first line");
    }
    std::unordered_set<std::string> seen;
    while (table.next()) {
        const std::string value(trimmed(table.cell(*column)));
        if (value.empty()) {
            ++list.empty_lines;
        } else if (seen.insert(value).second) {
            list.values.push_back(value);
        } else {
            ++list.repeated_lines;
        }
    }
    return list;
}

}  // namespace paraspinal
