// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export_ledgers.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/ledger.h"
#include "io/output_file.h"
#include "pipeline/batch/batch_tables.h"
#include "pipeline/batch/column_dictionary.h"
#include "pipeline/batch/disguise.h"
#include "pipeline/batch/study_record.h"
#include "pipeline/report/measurement_row.h"
#include "pipeline/report/muscles_csv.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Where the row of a study comes from; a few hundred bytes a study are all that is held.
struct Source {
    std::size_t ledger = 0;
    bool is_measured = false;
    std::string digest;  // Of all its cells.
};

struct SortKey {
    std::string patient_id;  // As they are written.
    std::string written_uid;
    std::string study_uid;
    std::size_t ledger = 0;
};

// What `line` looks like outside; `owner` stands for its patient.
NamedCells disguised(NamedCells line, const Pseudonyms& pseudonyms, const std::string& owner) {
    for (std::size_t i = 0; i < line.columns.size(); ++i) {
        std::string& cell = line.cells.at(i);
        switch (disguise_of(line.columns[i])) {
            case Disguise::none: break;
            case Disguise::patient_id: cell = pseudonyms.patient(cell); break;
            case Disguise::uid: cell = pseudonyms.uid(cell); break;
            case Disguise::date: cell = pseudonyms.date(cell, owner); break;
            case Disguise::age: cell = Pseudonyms::age(cell); break;
            case Disguise::clear: cell.clear(); break;
        }
    }
    return line;
}

StudyRecord disguised(StudyRecord record, const std::optional<Pseudonyms>& pseudonyms) {
    if (!pseudonyms) {
        return record;
    }
    const std::string owner = record.patient_id.empty() ? record.study_uid : record.patient_id;
    record.measurement = disguised(std::move(record.measurement), *pseudonyms, owner);
    for (LevelLine& level : record.levels) {
        if (level.own) {
            level.own = disguised(std::move(*level.own), *pseudonyms, owner);
        }
    }
    for (CellTable* const table : {&record.slices, &record.volumes}) {
        table->change_lines(
            [&](NamedCells line) { return disguised(std::move(line), *pseudonyms, owner); });
    }
    for (NamedCells& muscle : record.muscles) {
        muscle = disguised(std::move(muscle), *pseudonyms, owner);
    }
    return record;
}

void clear_cell(NamedCells& line, std::string_view column) {
    for (std::size_t i = 0; i < line.columns.size(); ++i) {
        if (line.columns[i] == column) {
            line.cells.at(i).clear();
        }
    }
}

std::string digest_of(const StudyRecord& record) {
    StudyRecord cells = record;
    // Where the files lay does not matter.
    cells.fingerprints = {};
    cells.left_out = {};
    clear_cell(cells.measurement, "source_file");
    for (LevelLine& level : cells.levels) {
        if (level.own) {
            clear_cell(*level.own, "source_file");
        }
    }
    cells.slices.change_lines([](NamedCells line) {
        clear_cell(line, "source_file");
        return line;
    });
    return sha256(record_json(cells));
}

std::vector<fs::path> ledger_files(const std::vector<fs::path>& ledgers) {
    std::vector<fs::path> files;
    for (const fs::path& path : ledgers) {
        files.push_back(fs::is_directory(path) ? path / "ledger.sqlite" : path);
    }
    return files;
}

std::vector<fs::path> folders_of(const std::vector<fs::path>& files) {
    std::vector<fs::path> folders;
    for (const fs::path& file : files) {
        folders.push_back(file.parent_path());
    }
    return folders;
}

// All ledgers at once, and which of them speaks for each study.
class Merge {
  public:
    Merge(const std::vector<fs::path>& ledgers, const std::string& reading)
        : files_(ledger_files(ledgers)), readings_(folders_of(files_), reading) {
        for (const fs::path& file : files_) {
            ledgers_.push_back(std::make_unique<Ledger>(file, Ledger::Access::read));
            ledgers_.back()->for_each_entry([this](const LedgerEntry& entry) { add(entry); });
        }
    }

    [[nodiscard]] std::int64_t duplicates() const { return duplicates_; }

    [[nodiscard]] std::vector<SortKey> sorted(const std::optional<Pseudonyms>& pseudonyms) const {
        std::vector<SortKey> keys;
        for (const auto& [study_uid, source] : sources_) {
            const StudyRecord record = disguised(read(study_uid, source.ledger), pseudonyms);
            keys.push_back({.patient_id = record.measurement.get("patient_id"),
                            .written_uid = record.measurement.get("study_uid"),
                            .study_uid = study_uid,
                            .ledger = source.ledger});
        }
        std::ranges::sort(
            keys, {}, [](const SortKey& key) { return std::tie(key.patient_id, key.written_uid); });
        return keys;
    }

    [[nodiscard]] StudyRecord read(const std::string& study_uid, std::size_t ledger) const {
        return with_reading(parse_record(ledgers_[ledger]->entry(study_uid).value().record),
                            readings_.of(study_uid));
    }

  private:
    void add(const LedgerEntry& entry) {
        const Source source{.ledger = ledgers_.size() - 1,
                            .is_measured = entry.status != "failed",
                            .digest = digest_of(parse_record(entry.record))};
        const auto [known, is_first] = sources_.try_emplace(entry.study_uid, source);
        if (is_first) {
            return;
        }
        ++duplicates_;
        if (known->second.is_measured && source.is_measured &&
            known->second.digest != source.digest) {
            throw Error(ErrorCode::duplicate_study,
                        "study " + entry.study_uid + " was measured differently in '" +
                            files_[known->second.ledger].string() + "' and '" +
                            files_[source.ledger].string() +
                            "'; leave one of them out, or measure it again with one set of "
                            "options");
        }
        if (!known->second.is_measured && source.is_measured) {
            known->second = source;
        }
    }

    std::vector<fs::path> files_;
    ChosenReadings readings_;
    std::vector<std::unique_ptr<Ledger>> ledgers_;
    std::map<std::string, Source> sources_;
    std::int64_t duplicates_ = 0;
};

}  // namespace

ExportSummary export_ledgers(const std::vector<fs::path>& ledgers,
                             const fs::path& file,
                             const std::optional<Pseudonyms>& pseudonyms,
                             const std::string& reading) {
    const Merge merge(ledgers, reading);
    const std::vector<SortKey> keys = merge.sorted(pseudonyms);
    const auto for_each_record = [&](const std::function<void(const StudyRecord&)>& visit) {
        for (const SortKey& key : keys) {
            visit(disguised(merge.read(key.study_uid, key.ledger), pseudonyms));
        }
    };
    ExportSummary summary{.studies = static_cast<std::int64_t>(keys.size()),
                          .duplicates = merge.duplicates(),
                          .written = {}};
    const fs::path folder = file.parent_path();
    summary.written = {file, folder / "muscles.csv", folder / "columns.csv"};
    write_measurements(summary.written[0], for_each_record);
    write_muscles(summary.written[1], for_each_record);
    write_file(summary.written[2], column_dictionary_csv());
    for (const fs::path& table : write_further_tables(folder, for_each_record)) {
        summary.written.push_back(table);
    }
    return summary;
}

}  // namespace paraspinal
