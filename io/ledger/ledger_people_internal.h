// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace SQLite {
class Database;
}

namespace paraspinal {

/// Gives the files of walk `walk` whose study UID several people share one study_key a person, and
/// forgets results under keys that no file has any more. Reports and the like, which say nothing of
/// their person here, go with the first.
void tell_people_apart(SQLite::Database& database, std::int64_t walk);

/// As Ledger::id_contradictions.
std::map<std::string, std::string> contradicted_studies(SQLite::Database& database,
                                                        std::int64_t walk);

}  // namespace paraspinal
