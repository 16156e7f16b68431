// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/open_ledger.h"

#include "core/error.h"
#include "io/read_file.h"
#include "pipeline/batch/old_folders.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

constexpr std::array kLedgerParts{"", "-wal", "-shm", "-journal"};

// What the records of a folder came to.
struct TakenOver {
    std::int64_t records = 0;
    std::int64_t damaged = 0;     // Their studies are measured again.
    std::int64_t unreadable = 0;  // Folders that keep to themselves what they hold.
};

// The record in `study_folder`; nullopt when there is none, or none that can be used.
std::optional<StudyRecord> read_record(const fs::path& study_folder, TakenOver& count) {
    std::error_code error;
    const bool is_there = fs::exists(study_folder / "record.json", error);
    count.unreadable += error ? 1 : 0;
    if (!is_there) {
        return std::nullopt;
    }
    try {
        return parse_record(read_file(study_folder / "record.json").value_or(""));
    } catch (const Error& failure) {
        if (failure.code() != ErrorCode::malformed_file) {
            throw;
        }
        ++count.damaged;
        return std::nullopt;
    }
}

TakenOver store_records(const fs::path& folder, Ledger& ledger) {
    TakenOver count;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        std::error_code error;
        if (!entry.is_directory(error)) {
            continue;
        }
        if (const auto record = read_record(entry.path(), count)) {
            ledger.store(ledger_entry(*record));
            ++count.records;
        }
    }
    return count;
}

std::string words(const TakenOver& count) {
    const auto also = [](std::int64_t number, const std::string& what) {
        return number == 0 ? "" : "; " + std::to_string(number) + " " + what;
    };
    return "made again from the records of " + std::to_string(count.records) + " studies" +
           also(count.damaged, "records are damaged, their studies are lost unless found again") +
           also(count.unreadable, "folders cannot be read, so what is in them is not in it");
}

fs::path free_name(const fs::path& folder) {
    for (int number = 1;; ++number) {
        fs::path name = folder / ("ledger.damaged-" + std::to_string(number) + ".sqlite");
        if (!fs::exists(name)) {
            return name;
        }
    }
}

// The log belongs to the ledger and would be applied to the new one.
void move_with_log(const fs::path& file, const fs::path& target) {
    for (const char* const part : kLedgerParts) {
        if (fs::exists(file.string() + part)) {
            fs::rename(file.string() + part, target.string() + part);
        }
    }
}

// Made aside and moved into place when it is whole: one that was cut off is begun anew.
TakenOver make_again(const fs::path& folder, const fs::path& file) {
    const fs::path aside = folder / "ledger.making.sqlite";
    for (const char* const part : kLedgerParts) {
        fs::remove(aside.string() + part);
    }
    TakenOver count;
    {
        Ledger made(aside, Ledger::Access::write);
        made.in_one_transaction([&] { count = store_records(folder, made); });
    }
    move_with_log(aside, file);
    return count;
}

// SQLite would take a file without any content for a new ledger.
bool is_missing_or_empty(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    return error ? !fs::exists(file) : bytes == 0;
}

}  // namespace

LedgerEntry ledger_entry(const StudyRecord& record) {
    return {.study_uid = record.study_uid,
            .patient_id = record.patient_id,
            .status = record.status,
            .reason = record.reason,
            .inputs = record.fingerprints.inputs,
            .options = record.fingerprints.options,
            .record = record_json(record),
            .started = {}};
}

OpenedLedger open_ledger(const fs::path& folder) {
    const fs::path file = folder / "ledger.sqlite";
    OpenedLedger opened;
    rename_old_folders(folder);
    if (is_missing_or_empty(file)) {
        const bool was_there = fs::exists(file);
        const TakenOver count = make_again(folder, file);
        if (count.records + count.damaged > 0) {
            opened.warning =
                std::string(was_there ? "the ledger was empty" : "the ledger was missing") + "; " +
                words(count);
        }
    }
    try {
        opened.ledger = std::make_unique<Ledger>(file, Ledger::Access::write);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::malformed_file) {
            throw;
        }
        const fs::path aside = free_name(folder);
        move_with_log(file, aside);
        opened.warning = std::string(error.what()) + "; moved to '" + aside.string() + "'; " +
                         words(make_again(folder, file));
        opened.ledger = std::make_unique<Ledger>(file, Ledger::Access::write);
    }
    return opened;
}

}  // namespace paraspinal
