// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger/ledger_files.h"

#include "io/ledger/ledger.h"
#include "io/ledger/ledger_people_internal.h"
#include "io/ledger/ledger_store_internal.h"

#include <chrono>
#include <utility>
#include <vector>

// The files of a ledger; how studies ended is in ledger.cpp.
namespace paraspinal {
namespace {

// Few enough that a killed walk loses little, many enough that the disk is not the bottleneck.
constexpr std::int64_t kFilesPerTransaction = 2000;

double seconds_since_1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// Reasons to leave a file out that lie in the moment and not in the file.
constexpr const char* kMayPass =
    "('unreadable_file', 'crashed', 'timeout', 'out_of_memory', 'internal')";

// File names are bytes, not text.
void bind_bytes(SQLite::Statement& statement, int place, const std::string& bytes) {
    statement.bind(place, bytes.data(), static_cast<int>(bytes.size()));
}

std::string bytes_of(SQLite::Statement& row, int column) {
    return row.getColumn(column).getString();
}

LedgerFile file_of(SQLite::Statement& row, int first_column) {
    return {.path = bytes_of(row, first_column),
            .size_bytes = row.getColumn(first_column + 1).getInt64(),
            .modified_ns = row.getColumn(first_column + 2).getInt64()};
}

}  // namespace

void Ledger::begin_walk() {
    store_->run([&] {
        ++store_->walk;
        store_->walking = std::make_unique<SQLite::Transaction>(store_->database);
    });
}

bool Ledger::note_unchanged(const LedgerFile& file) {
    return store_->run([&] {
        if (++store_->files_in_transaction % kFilesPerTransaction == 0) {
            store_->walking->commit();
            store_->walking = std::make_unique<SQLite::Transaction>(store_->database);
        }
        SQLite::Statement& update =
            store_->statement(std::string("UPDATE files SET walk = ? WHERE path = ? AND "
                                          "size_bytes = ? AND modified_ns = ? AND "
                                          "skip_code NOT IN ") +
                              kMayPass);
        update.bind(1, static_cast<int64_t>(store_->walk));
        bind_bytes(update, 2, file.path.string());
        update.bind(3, static_cast<int64_t>(file.size_bytes));
        update.bind(4, static_cast<int64_t>(file.modified_ns));
        return update.exec() == 1;
    });
}

void Ledger::put_file(const LedgerFile& file, const LedgerFileContent& content) {
    store_->run([&] {
        SQLite::Statement& insert =
            store_->statement("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        const std::string path = file.path.string();
        bind_bytes(insert, ++place, path);
        insert.bind(++place, static_cast<int64_t>(file.size_bytes));
        insert.bind(++place, static_cast<int64_t>(file.modified_ns));
        insert.bind(++place, content.study_uid);
        insert.bind(++place, content.person);
        insert.bind(++place, content.skip_code);
        insert.bind(++place, content.skip_reason);
        insert.bind(++place, seconds_since_1970());
        insert.bind(++place, static_cast<int64_t>(store_->walk));
        insert.bind(++place, content.accession_number);
        insert.exec();
    });
}

void Ledger::end_walk() {
    store_->run([&] {
        tell_people_apart(store_->database, store_->walk);
        forget_moved_studies(store_->database, store_->walk);
        // The clock has been set back since: what it says now is as late as can be.
        SQLite::Statement late(store_->database, "UPDATE files SET seen_s = ?1 WHERE seen_s > ?1");
        late.bind(1, seconds_since_1970());
        late.exec();
        store_->walking->commit();
        store_->walking.reset();
    });
}

void Ledger::for_each_study(const FilesOfStudy& visit) const {
    store_->run([&] {
        SQLite::Statement rows(store_->database,
                               "SELECT study_uid, path, size_bytes, modified_ns FROM files "
                               "WHERE walk = ? AND study_uid != '' ORDER BY study_uid, path");
        rows.bind(1, static_cast<int64_t>(store_->walk));
        std::string study_uid;
        std::vector<LedgerFile> files;
        while (rows.executeStep()) {
            const std::string next = rows.getColumn(0).getString();
            if (next != study_uid && !files.empty()) {
                visit(study_uid, files);
                files.clear();
            }
            study_uid = next;
            files.push_back(file_of(rows, 1));
        }
        if (!files.empty()) {
            visit(study_uid, files);
        }
    });
}

void Ledger::for_each_person(const std::function<void(StatedPerson)>& visit) const {
    store_->run([&] { visit_persons(store_->database, store_->walk, Persons::all, visit); });
}

ContradictionsByStudy Ledger::contradictions() const {
    std::vector<StatedPerson> stated;
    store_->run([&] {
        visit_persons(
            store_->database, store_->walk, Persons::with_shared_keys, [&stated](StatedPerson one) {
                stated.push_back(std::move(one));
            });
    });
    return contradictions_by_study(stated);
}

std::vector<LedgerFile> Ledger::files_of(const std::string& study_uid) const {
    return store_->run([&] {
        SQLite::Statement rows(store_->database,
                               "SELECT path, size_bytes, modified_ns FROM files "
                               "WHERE study_uid = ? AND walk = ? ORDER BY path");
        rows.bind(1, study_uid);
        rows.bind(2, static_cast<int64_t>(store_->walk));
        std::vector<LedgerFile> files;
        while (rows.executeStep()) {
            files.push_back(file_of(rows, 0));
        }
        return files;
    });
}

double Ledger::last_change_s(const std::string& study_uid) const {
    return store_->run([&] {
        SQLite::Statement row(store_->database,
                              "SELECT coalesce(max(seen_s), 0) FROM files WHERE study_uid = ? AND "
                              "walk = ?");
        row.bind(1, study_uid);
        row.bind(2, static_cast<int64_t>(store_->walk));
        row.executeStep();
        return row.getColumn(0).getDouble();
    });
}

void Ledger::for_each_skipped(const std::function<void(const SkippedEntry&)>& visit) const {
    store_->run([&] {
        SQLite::Statement rows(store_->database,
                               "SELECT path, skip_code, skip_reason FROM files "
                               "WHERE walk = ? AND study_uid = '' ORDER BY path");
        rows.bind(1, static_cast<int64_t>(store_->walk));
        while (rows.executeStep()) {
            visit({.path = bytes_of(rows, 0),
                   .code = rows.getColumn(1).getString(),
                   .reason = rows.getColumn(2).getString()});
        }
    });
}

std::int64_t Ledger::count_unread() const {
    return store_->run([&] {
        SQLite::Statement row(
            store_->database,
            std::string("SELECT count(*) FROM files WHERE walk = ? AND skip_code IN ") + kMayPass);
        row.bind(1, static_cast<int64_t>(store_->walk));
        row.executeStep();
        return static_cast<std::int64_t>(row.getColumn(0).getInt64());
    });
}

}  // namespace paraspinal
