// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger.h"

#include "io/ledger_store_internal.h"

#include <sqlite3.h>
#include <system_error>

namespace paraspinal {
namespace {

/// Raise it, and convert older ledgers in `prepare`, whenever the tables change.
constexpr int kSchemaVersion = 1;

constexpr const char* kSchema = R"(
CREATE TABLE files (
    path BLOB PRIMARY KEY,
    name BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    study_uid TEXT NOT NULL,
    is_nifti INTEGER NOT NULL,
    skip_code TEXT NOT NULL,
    skip_reason TEXT NOT NULL,
    seen_s REAL NOT NULL,
    walk INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_study ON files (study_uid, path);
CREATE TABLE studies (
    study_uid TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    inputs TEXT NOT NULL,
    options TEXT NOT NULL,
    record TEXT NOT NULL,
    started TEXT NOT NULL,
    wall_s REAL NOT NULL,
    processor_s REAL NOT NULL,
    peak_memory_mb REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX studies_in_order ON studies (patient_id, study_uid);
)";

constexpr const char* kColumns =
    "study_uid, patient_id, status, reason, inputs, options, record, started, wall_s, "
    "processor_s, peak_memory_mb";

// Exclusive locking keeps the write-ahead log out of shared memory, so that the ledger may lie on a
// network file system. FULL: a transaction is on disk when it returns, power cut or not.
void configure(SQLite::Database& database, Ledger::Access access) {
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    if (access == Ledger::Access::write) {
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = FULL");
    }
}

int version_of(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

void check(SQLite::Database& database, const std::filesystem::path& file) {
    const int version = version_of(database);
    if (version > kSchemaVersion) {
        throw Error(ErrorCode::ledger_too_new,
                    "'" + file.string() +
                        "' was written by a newer version of paraspinal; use that one, or choose "
                        "another output folder");
    }
    if (version < 1) {
        throw Error(ErrorCode::malformed_file, "'" + file.string() + "' is no ledger of a batch");
    }
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok") {
        throw Error(ErrorCode::malformed_file, "'" + file.string() + "' is damaged: " + verdict);
    }
}

void prepare(SQLite::Database& database) {
    const bool is_new = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt64() == 0 &&
                        version_of(database) == 0;
    if (is_new) {
        SQLite::Transaction transaction(database);
        database.exec(kSchema);
        database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
        transaction.commit();
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

Error Ledger::Store::explain(const SQLite::Exception& error) const {
    const std::string place = "'" + file.string() + "'";
    switch (error.getErrorCode()) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::ledger_in_use,
                    place + " is in use by another process; wait until it ends"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:
            return {ErrorCode::malformed_file,
                    place + " is damaged or no ledger (" + error.what() + ")"};
        case SQLITE_CANTOPEN:
            return {ErrorCode::input_not_found, place + " cannot be opened; check the path"};
        default: break;
    }
    return {ErrorCode::output_not_writable,
            "cannot write " + place + ": " + error.what() +
                "; check the permissions and the free space of its folder. What is in it stays "
                "valid"};
}

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
    store_->run([&] {
        configure(store_->database, access);
        if (access == Access::write) {
            prepare(store_->database);
        }
        check(store_->database, file);
        store_->walk =
            store_->database.execAndGet("SELECT coalesce(max(walk), 0) FROM files").getInt64();
    });
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
