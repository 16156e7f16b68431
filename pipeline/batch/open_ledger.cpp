// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/open_ledger.h"

#include "core/error.h"
#include "io/read_file.h"

#include <cstdint>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Number of records taken over. One that is damaged itself is left out: its study is measured
// again.
std::int64_t store_records(const fs::path& folder, Ledger& ledger) {
    std::int64_t count = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const fs::path file = entry.path() / "record.json";
        if (!fs::exists(file)) {
            continue;
        }
        try {
            ledger.store(ledger_entry(parse_record(read_file(file).value_or(""))));
            ++count;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::malformed_file) {
                throw;
            }
        }
    }
    return count;
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
void move_aside(const fs::path& file, const fs::path& target) {
    fs::rename(file, target);
    for (const char* const suffix : {"-wal", "-shm", "-journal"}) {
        const fs::path part = file.string() + suffix;
        if (fs::exists(part)) {
            fs::rename(part, target.string() + suffix);
        }
    }
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
    const bool is_new = !fs::exists(file);
    try {
        opened.ledger = std::make_unique<Ledger>(file, Ledger::Access::write);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::malformed_file) {
            throw;
        }
        const fs::path aside = free_name(folder);
        move_aside(file, aside);
        opened.ledger = std::make_unique<Ledger>(file, Ledger::Access::write);
        opened.warning = std::string(error.what()) + "; moved to '" + aside.string() + "'";
    }
    if (is_new || !opened.warning.empty()) {
        const std::int64_t records = store_records(folder, *opened.ledger);
        if (records > 0 || !opened.warning.empty()) {
            opened.warning += (opened.warning.empty() ? "the ledger was missing" : "");
            opened.warning +=
                "; made again from the records of " + std::to_string(records) + " studies";
        }
    }
    return opened;
}

}  // namespace paraspinal
