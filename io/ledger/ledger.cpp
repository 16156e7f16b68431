// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger/ledger.h"

#include "io/ledger/ledger_store_internal.h"

namespace paraspinal {
namespace {

constexpr const char* kColumns =
    "study_uid, patient_id, status, reason, inputs, options, record, started, wall_s, "
    "processor_s, peak_memory_mb";

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
        throw Error(
            ErrorCode::input_not_found,
            "'" + file.string() +
                "' does not exist; 'paraspinal batch' writes it with its results, 'measure' "
                "does not");
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

std::optional<LedgerState> Ledger::state(const std::string& study_uid) const {
    return store_->run([&]() -> std::optional<LedgerState> {
        SQLite::Statement row(store_->database,
                              "SELECT status, reason, inputs, options FROM studies WHERE "
                              "study_uid = ?");
        row.bind(1, study_uid);
        if (!row.executeStep()) {
            return std::nullopt;
        }
        return LedgerState{.status = row.getColumn(0).getString(),
                           .reason = row.getColumn(1).getString(),
                           .inputs = row.getColumn(2).getString(),
                           .options = row.getColumn(3).getString()};
    });
}

void Ledger::in_one_transaction(const std::function<void()>& work) {
    store_->run([&] {
        SQLite::Transaction transaction(store_->database);
        work();
        transaction.commit();
    });
}

void Ledger::begin_again(const std::string& study_uid) {
    store_->run([&] {
        SQLite::Statement update(store_->database,
                                 "UPDATE studies SET inputs = '' WHERE study_uid = ?");
        update.bind(1, study_uid);
        update.exec();
    });
}

void Ledger::store(const LedgerEntry& entry, const std::string& risk) {
    store_->run([&] {
        SQLite::Statement insert(store_->database,
                                 std::string("INSERT OR REPLACE INTO studies (") + kColumns +
                                     ", risk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
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
        insert.bind(++place, risk);
        insert.exec();  // Outside a transaction a statement is one of its own.
    });
}

std::vector<std::string> Ledger::begin_risks(const std::string& options, const std::string& risk) {
    return store_->run([&] {
        SQLite::Statement forget(
            store_->database,
            "UPDATE studies SET risk = '' WHERE options = ? AND risk NOT IN ('', ?)");
        forget.bind(1, options);
        forget.bind(2, risk);
        forget.exec();
        SQLite::Statement rows(store_->database,
                               "SELECT study_uid FROM studies WHERE options = ? AND risk = '' AND "
                               "inputs <> '' ORDER BY study_uid");
        rows.bind(1, options);
        std::vector<std::string> studies;
        while (rows.executeStep()) {
            studies.push_back(rows.getColumn(0).getString());
        }
        return studies;
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
