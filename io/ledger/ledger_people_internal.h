// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/id_contradictions.h"

#include <cstdint>
#include <functional>

namespace SQLite {
class Database;
}

namespace paraspinal {

/// Gives the files of walk `walk` whose study UID several people share one study_key a person, and
/// forgets results under keys that no file has any more. Reports and the like, which say nothing of
/// their person here, go with the first.
void tell_people_apart(SQLite::Database& database, std::int64_t walk);

/// Forgets results of studies without a UID whose folder was moved: all files of the study are
/// gone, and another one has files of the same names, sizes and times in walk `walk`.
void forget_moved_studies(SQLite::Database& database, std::int64_t walk);

/// All, or those whose patient ID or accession number other persons have too.
enum class Persons { all, with_shared_keys };

/// As Ledger::for_each_person.
void visit_persons(SQLite::Database& database,
                   std::int64_t walk,
                   Persons which,
                   const std::function<void(StatedPerson)>& visit);

}  // namespace paraspinal
