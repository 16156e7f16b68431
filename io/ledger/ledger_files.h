// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace paraspinal {

/// An input file as the last walk saw it.
struct LedgerFile {
    std::filesystem::path path;
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;  ///< Since 1970.
    friend bool operator==(const LedgerFile&, const LedgerFile&) = default;
};

/// What a file turned out to be: part of a study, or skipped.
struct LedgerFileContent {
    std::string study_uid;    ///< Empty: skipped.
    std::string person;       ///< As person_text; empty: the header says nothing that counts.
    std::string skip_code;    ///< Code of core/error.h.
    std::string skip_reason;  ///< For people.
    std::string accession_number{};
};

}  // namespace paraspinal
