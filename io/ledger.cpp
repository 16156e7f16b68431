// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger.h"

#include "core/text.h"
#include "io/ledger_store_internal.h"

#include <chrono>

namespace paraspinal {
namespace {

constexpr const char* kColumns =
    "study_uid, patient_id, status, reason, inputs, options, record, started, wall_s, "
    "processor_s, peak_memory_mb";

// Few enough that a killed walk loses little, many enough that the disk is not the bottleneck.
constexpr std::int64_t kFilesPerTransaction = 2000;

double seconds_since_1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

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

// A NIfTI file has no UIDs: its name stands for them, or its path where names repeat, as in
// find_studies. That can be told only when all files are known.
void name_nifti_studies(SQLite::Database& database, std::int64_t walk) {
    SQLite::Statement files(database,
                            "SELECT path, name, (SELECT count(*) FROM files AS other WHERE "
                            "other.is_nifti AND other.walk = ?1 AND other.name = files.name) "
                            "FROM files WHERE is_nifti AND walk = ?1");
    files.bind(1, static_cast<int64_t>(walk));
    SQLite::Statement update(database, "UPDATE files SET study_uid = ? WHERE path = ?");
    while (files.executeStep()) {
        const std::string path = bytes_of(files, 0);
        const bool is_alone = files.getColumn(2).getInt64() == 1;
        update.bind(1, "nifti." + short_hash(is_alone ? bytes_of(files, 1) : path));
        bind_bytes(update, 2, path);
        update.exec();
        update.reset();
    }
}

LedgerEntry entry_of(SQLite::Statement& row) {
    int column = 0;
    const auto text = [&] { return row.getColumn(column++).getString(); };
    LedgerEntry entry;
    entry.study_uid = text();
    entry.patient_id = text();
    entry.status = text();
    entry.reason = text();
    entry.inputs = text();
    entry.options = text();
    entry.record = text();
    entry.started = text();
    entry.wall_s = row.getColumn(column++).getDouble();
    entry.processor_s = row.getColumn(column++).getDouble();
    entry.peak_memory_mb = row.getColumn(column++).getDouble();
    return entry;
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& file, Access access) {
    if (access == Access::read && !std::filesystem::exists(file)) {
        throw Error(ErrorCode::input_not_found, "'" + file.string() + "' does not exist");
    }
    // Also for reading: a ledger whose batch was killed has a log that must be applied first.
    // SQLite makes do with reading where the file cannot be written.
    const int flags = SQLite::OPEN_READWRITE | (access == Access::write ? SQLite::OPEN_CREATE : 0);
    try {
        store_ = std::make_unique<Store>(file, flags);
    } catch (const SQLite::Exception& error) {
        throw Error(
            access == Access::write ? ErrorCode::output_not_writable : ErrorCode::unreadable_file,
            "cannot open '" + file.string() + "': " + error.what());
    }
    store_->open(access);
}

Ledger::~Ledger() {
    try {
        store_->walking.reset();
        // One plain file again, which also opens from a medium that cannot be written.
        store_->database.exec("PRAGMA journal_mode = DELETE");
    } catch (const SQLite::Exception&) {
        return;  // The log stays beside the ledger and is read at the next opening.
    }
}

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
        SQLite::Statement update(store_->database,
                                 "UPDATE files SET walk = ? WHERE path = ? AND size_bytes = ? AND "
                                 "modified_ns = ?");
        update.bind(1, static_cast<int64_t>(store_->walk));
        bind_bytes(update, 2, file.path.string());
        update.bind(3, static_cast<int64_t>(file.size_bytes));
        update.bind(4, static_cast<int64_t>(file.modified_ns));
        return update.exec() == 1;
    });
}

void Ledger::put_file(const LedgerFile& file, const LedgerFileContent& content) {
    store_->run([&] {
        SQLite::Statement insert(store_->database,
                                 "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                 "?)");
        int place = 0;
        const std::string path = file.path.string();
        const std::string name = file.path.filename().string();
        bind_bytes(insert, ++place, path);
        bind_bytes(insert, ++place, name);
        insert.bind(++place, static_cast<int64_t>(file.size_bytes));
        insert.bind(++place, static_cast<int64_t>(file.modified_ns));
        insert.bind(++place, content.study_uid);
        insert.bind(++place, content.is_nifti ? 1 : 0);
        insert.bind(++place, content.skip_code);
        insert.bind(++place, content.skip_reason);
        insert.bind(++place, seconds_since_1970());
        insert.bind(++place, static_cast<int64_t>(store_->walk));
        insert.exec();
    });
}

void Ledger::end_walk() {
    store_->run([&] {
        name_nifti_studies(store_->database, store_->walk);
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

std::optional<LedgerState> Ledger::state(const std::string& study_uid) const {
    return store_->run([&]() -> std::optional<LedgerState> {
        SQLite::Statement row(store_->database,
                              "SELECT status, inputs, options FROM studies WHERE study_uid = ?");
        row.bind(1, study_uid);
        if (!row.executeStep()) {
            return std::nullopt;
        }
        return LedgerState{.status = row.getColumn(0).getString(),
                           .inputs = row.getColumn(1).getString(),
                           .options = row.getColumn(2).getString()};
    });
}

void Ledger::store(const LedgerEntry& entry) {
    store_->run([&] {
        SQLite::Statement insert(store_->database,
                                 std::string("INSERT OR REPLACE INTO studies (") + kColumns +
                                     ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 0;
        for (const std::string* const text : {&entry.study_uid,
                                              &entry.patient_id,
                                              &entry.status,
                                              &entry.reason,
                                              &entry.inputs,
                                              &entry.options,
                                              &entry.record,
                                              &entry.started}) {
            insert.bind(++place, *text);
        }
        for (const double number : {entry.wall_s, entry.processor_s, entry.peak_memory_mb}) {
            insert.bind(++place, number);
        }
        insert.exec();  // Outside a transaction a statement is one of its own.
    });
}

void Ledger::for_each_entry(const std::function<void(const LedgerEntry&)>& visit) const {
    store_->run([&] {
        SQLite::Statement rows(
            store_->database,
            std::string("SELECT ") + kColumns + " FROM studies ORDER BY patient_id, study_uid");
        while (rows.executeStep()) {
            visit(entry_of(rows));
        }
    });
}

std::optional<LedgerEntry> Ledger::entry(const std::string& study_uid) const {
    return store_->run([&]() -> std::optional<LedgerEntry> {
        SQLite::Statement row(
            store_->database,
            std::string("SELECT ") + kColumns + " FROM studies WHERE study_uid = ?");
        row.bind(1, study_uid);
        return row.executeStep() ? std::optional(entry_of(row)) : std::nullopt;
    });
}

std::vector<Ledger::ReasonCount> Ledger::count_by_reason() const {
    return store_->run([&] {
        std::vector<ReasonCount> counts;
        SQLite::Statement rows(store_->database,
                               "SELECT reason, count(*) FROM studies GROUP BY reason "
                               "ORDER BY count(*) DESC, reason");
        while (rows.executeStep()) {
            counts.push_back(
                {.reason = rows.getColumn(0).getString(), .studies = rows.getColumn(1).getInt64()});
        }
        return counts;
    });
}

}  // namespace paraspinal
