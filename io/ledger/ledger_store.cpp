// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger/ledger_store_internal.h"

#include <sqlite3.h>
#include <system_error>

namespace paraspinal {
namespace {

/// Raise it, and convert older ledgers in `prepare`, whenever the tables change.
constexpr int kSchemaVersion = 3;

/// What the last walk found; `study_uid` is a study key.
constexpr const char* kFilesSchema = R"(
CREATE TABLE files (
    path BLOB PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    study_uid TEXT NOT NULL,
    person TEXT NOT NULL,
    skip_code TEXT NOT NULL,
    skip_reason TEXT NOT NULL,
    seen_s REAL NOT NULL,
    walk INTEGER NOT NULL,
    accession_number TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX files_by_study ON files (study_uid, path);
)";

constexpr const char* kStudiesSchema = R"(
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
    peak_memory_mb REAL NOT NULL,
    risk TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX studies_in_order ON studies (patient_id, study_uid);
)";

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

// Throws what SQLite throws where a table or a column is missing.
void require_tables(SQLite::Database& database) {
    const SQLite::Statement files(database,
                                  "SELECT path, size_bytes, modified_ns, study_uid, person, "
                                  "skip_code, skip_reason, seen_s, walk FROM files");
    const SQLite::Statement studies(database,
                                    "SELECT study_uid, patient_id, status, reason, inputs, "
                                    "options, record, started, wall_s, processor_s, "
                                    "peak_memory_mb FROM studies");
}

void prepare(SQLite::Database& database) {
    const bool is_new = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt64() == 0 &&
                        version_of(database) == 0;
    if (is_new) {
        SQLite::Transaction transaction(database);
        database.exec(kFilesSchema);
        database.exec(kStudiesSchema);
        database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
        transaction.commit();
    } else if (version_of(database) == 1) {
        // Headers are read again, for whose they are; NIfTI studies had other names.
        SQLite::Transaction transaction(database);
        database.exec("DROP TABLE files");
        database.exec(kFilesSchema);
        database.exec("DELETE FROM studies WHERE study_uid LIKE 'nifti.%'");
        database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
        transaction.commit();
    } else if (version_of(database) == 2) {
        // Headers are read again, for their accession numbers.
        SQLite::Transaction transaction(database);
        database.exec("ALTER TABLE files ADD COLUMN accession_number TEXT NOT NULL DEFAULT ''");
        database.exec("UPDATE files SET modified_ns = -1 WHERE person != ''");
        database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
        transaction.commit();
    }
    // Versions that do not know the column leave it empty, which says nothing, so that they may go
    // on with a ledger that has it.
    if (database.execAndGet("SELECT count(*) FROM pragma_table_info('studies') WHERE name = 'risk'")
            .getInt() == 0) {
        database.exec("ALTER TABLE studies ADD COLUMN risk TEXT NOT NULL DEFAULT ''");
    }
    database.exec("CREATE INDEX IF NOT EXISTS studies_by_risk ON studies (options, risk, inputs)");
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

void Ledger::Store::open(Access access) {
    run([&] {
        configure(database, access);
        if (access == Access::write) {
            prepare(database);
        }
        check(database, file);
        require_tables(database);
        walk = database.execAndGet("SELECT coalesce(max(walk), 0) FROM files").getInt64();
    });
}

}  // namespace paraspinal
