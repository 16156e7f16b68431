// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/patient_groups.h"
#include "io/ledger/ledger_people_internal.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

// NIfTI files have no person: each is a study by itself.
// Study UIDs of the walk whose files differ in what they say of their person, or did before.
std::vector<std::string> studies_to_group(SQLite::Database& database, std::int64_t walk) {
    SQLite::Statement rows(
        database,
        "SELECT uid FROM (SELECT substr(study_uid, 1, instr(study_uid || '#', '#') - 1) AS uid, "
        "study_uid, person FROM files WHERE walk = ? AND study_uid != '' AND person != '') "
        "GROUP BY uid HAVING count(DISTINCT person) > 1 OR max(instr(study_uid, '#')) > 0");
    rows.bind(1, static_cast<int64_t>(walk));
    std::vector<std::string> found;
    while (rows.executeStep()) {
        found.push_back(rows.getColumn(0).getString());
    }
    return found;
}

// Keys of one study UID, "UID" or "UID#GROUP"; "$" follows "#" in ASCII.
constexpr const char* kOfStudy =
    "(study_uid = ?1 OR (study_uid > ?1 || '#' AND study_uid < ?1 || '$'))";

std::vector<std::string> persons_of(SQLite::Database& database,
                                    const std::string& study_uid,
                                    std::int64_t walk) {
    SQLite::Statement rows(database,
                           std::string("SELECT DISTINCT person FROM files WHERE ") + kOfStudy +
                               " AND walk = ?2 AND person != '' ORDER BY person");
    rows.bind(1, study_uid);
    rows.bind(2, static_cast<int64_t>(walk));
    std::vector<std::string> persons;
    while (rows.executeStep()) {
        persons.push_back(rows.getColumn(0).getString());
    }
    return persons;
}

void give_key(SQLite::Database& database,
              const std::string& study_uid,
              const std::string& person,
              const std::string& key) {
    SQLite::Statement update(
        database,
        std::string("UPDATE files SET study_uid = ?3 WHERE ") + kOfStudy + " AND person = ?2");
    update.bind(1, study_uid);
    update.bind(2, person);
    update.bind(3, key);
    update.exec();
}

// What was measured of a study under a key that none of its files has any more.
void forget_other_keys(SQLite::Database& database, const std::string& study_uid) {
    SQLite::Statement remove(database,
                             std::string("DELETE FROM studies WHERE ") + kOfStudy +
                                 " AND study_uid NOT IN (SELECT study_uid FROM files)");
    remove.bind(1, study_uid);
    remove.exec();
}

// The files of each study without a UID whose files were last seen in a walk that `when` (of walk
// ?1) tells, as their names, sizes and times, by which a folder that was moved is the same.
std::map<std::string, std::string> unnamed_studies(SQLite::Database& database,
                                                   std::int64_t walk,
                                                   const std::string& when) {
    SQLite::Statement rows(
        database,
        "SELECT study_uid, path, size_bytes, modified_ns FROM files AS one WHERE study_uid >= "
        "'unnamed.' AND study_uid < 'unnamed/' AND walk = (SELECT max(walk) FROM files WHERE "
        "study_uid = one.study_uid) AND walk " +
            when + " ?1 ORDER BY study_uid, path");
    rows.bind(1, static_cast<int64_t>(walk));
    std::map<std::string, std::string> files_of;
    while (rows.executeStep()) {
        files_of[rows.getColumn(0).getString()] +=
            std::filesystem::path(rows.getColumn(1).getString()).filename().string() + '\0' +
            rows.getColumn(2).getString() + ' ' + rows.getColumn(3).getString() + '\n';
    }
    return files_of;
}

// Of a study that is on disk what it says now; of one that was moved away what it said. The text of
// a person begins with the ID. A ledger of version 2 that is only read knows no accession numbers.
constexpr const char* kStated =
    " AS accession_number, person, substr(person, 1, instr(person, char(31)) - 1) AS id FROM files "
    "WHERE study_uid != '' AND person != '' AND (walk = ?1 OR "
    "(study_uid IN (SELECT study_uid FROM studies) AND "
    "study_uid NOT IN (SELECT study_uid FROM files WHERE walk = ?1)))) "
    "SELECT study_uid, accession_number, person FROM stated";

constexpr const char* kWithSharedKeys =
    " WHERE id IN (SELECT id FROM stated WHERE id != '' GROUP BY id "
    "HAVING count(DISTINCT person) > 1) OR accession_number IN (SELECT accession_number FROM "
    "stated WHERE accession_number != '' GROUP BY accession_number "
    "HAVING count(DISTINCT person) > 1)";

}  // namespace

void visit_persons(SQLite::Database& database,
                   std::int64_t walk,
                   Persons which,
                   const std::function<void(StatedPerson)>& visit) {
    const bool knows_accessions =
        database
            .execAndGet(
                "SELECT count(*) FROM pragma_table_info('files') WHERE name = 'accession_number'")
            .getInt() == 1;
    SQLite::Statement rows(database,
                           std::string("WITH stated AS (SELECT DISTINCT study_uid, ") +
                               (knows_accessions ? "accession_number" : "''") + kStated +
                               (which == Persons::with_shared_keys ? kWithSharedKeys : ""));
    rows.bind(1, static_cast<int64_t>(walk));
    while (rows.executeStep()) {
        visit({.study = rows.getColumn(0).getString(),
               .accession_number = rows.getColumn(1).getString(),
               .person = rows.getColumn(2).getString()});
    }
}

void forget_moved_studies(SQLite::Database& database, std::int64_t walk) {
    const std::map<std::string, std::string> gone = unnamed_studies(database, walk, "<");
    if (gone.empty()) {
        return;
    }
    std::set<std::string> present;
    for (auto& [study_uid, files] : unnamed_studies(database, walk, "=")) {
        present.insert(std::move(files));
    }
    for (const auto& [study_uid, files] : gone) {
        if (present.contains(files)) {
            SQLite::Statement remove(database, "DELETE FROM studies WHERE study_uid = ?");
            remove.bind(1, study_uid);
            remove.exec();
        }
    }
}

void tell_people_apart(SQLite::Database& database, std::int64_t walk) {
    for (const std::string& study_uid : studies_to_group(database, walk)) {
        const std::vector<std::string> persons = persons_of(database, study_uid, walk);
        const std::vector<std::string> groups = group_persons(persons);
        give_key(database, study_uid, "", study_key(study_uid, groups.front()));
        for (std::size_t i = 0; i < persons.size(); ++i) {
            give_key(database, study_uid, persons[i], study_key(study_uid, groups[i]));
        }
        forget_other_keys(database, study_uid);
    }
}

}  // namespace paraspinal
