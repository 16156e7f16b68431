// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "io/ledger/ledger_people_internal.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstddef>
#include <string>
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

// The persons of one ID, and the studies in which they stand.
struct PeopleOfId {
    std::vector<std::string> persons;
    std::vector<std::string> study_uids;
};

void add_contradicted(std::map<std::string, std::string>& found, const PeopleOfId& people) {
    for (const auto& [id, contradiction] : contradictions_by_id(people.persons)) {
        for (const std::string& study_uid : people.study_uids) {
            found[study_uid] = contradiction;
        }
    }
}

}  // namespace

// A person begins with the ID, so that those of one ID follow each other.
std::map<std::string, std::string> contradicted_studies(SQLite::Database& database,
                                                        std::int64_t walk) {
    // Of a study that is on disk what it says now; of one that was moved away what it said.
    SQLite::Statement rows(
        database,
        "SELECT DISTINCT person, study_uid FROM files WHERE study_uid != '' AND person != '' AND "
        "(walk = ?1 OR (study_uid IN (SELECT study_uid FROM studies) AND "
        "study_uid NOT IN (SELECT study_uid FROM files WHERE walk = ?1))) ORDER BY person");
    rows.bind(1, static_cast<int64_t>(walk));
    std::map<std::string, std::string> found;
    PeopleOfId people;
    while (rows.executeStep()) {
        std::string person = rows.getColumn(0).getString();
        if (!people.persons.empty() &&
            id_of_person(people.persons.back()) != id_of_person(person)) {
            add_contradicted(found, people);
            people = {};
        }
        people.persons.push_back(std::move(person));
        people.study_uids.push_back(rows.getColumn(1).getString());
    }
    add_contradicted(found, people);
    return found;
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
