// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/exported_studies.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/ledger/ledger.h"
#include "pipeline/batch/export/disguise.h"

#include <algorithm>
#include <map>
#include <memory>
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
    for (CellTable* const table : {&record.slices, &record.volumes, &record.vertebrae}) {
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

// Where the label map lies that the rows of `record` were measured on.
fs::path labels_file(const fs::path& folder, const StudyRecord& record, const Reading* reading) {
    const bool is_corrected = record.measurement.get("reading") == "corrected";
    const fs::path place = is_corrected ? folder / reading->outlines
                                        : record_path(folder, record.study_uid).parent_path();
    return place / "labels.nii.gz";
}

}  // namespace

struct ExportedStudies::Store {
    std::vector<fs::path> files;
    ChosenReadings readings;
    std::optional<Pseudonyms> pseudonyms;
    std::vector<std::unique_ptr<Ledger>> ledgers;
    std::map<std::string, Source> sources;
    std::vector<std::pair<std::string, std::size_t>> order;  // Study key and ledger.
    std::int64_t duplicates = 0;

    void add(const LedgerEntry& entry);
    void sort();
    [[nodiscard]] ExportedStudy read(const std::string& study_key, std::size_t ledger) const;
};

void ExportedStudies::Store::add(const LedgerEntry& entry) {
    const Source source{.ledger = ledgers.size() - 1,
                        .is_measured = entry.status != "failed",
                        .digest = digest_of(parse_record(entry.record))};
    const auto [known, is_first] = sources.try_emplace(entry.study_uid, source);
    if (is_first) {
        return;
    }
    ++duplicates;
    if (known->second.is_measured && source.is_measured && known->second.digest != source.digest) {
        throw Error(ErrorCode::duplicate_study,
                    "study " + entry.study_uid + " was measured differently in '" +
                        files[known->second.ledger].string() + "' and '" +
                        files[source.ledger].string() +
                        "'; leave one of them out, or measure it again with one set of options");
    }
    if (!known->second.is_measured && source.is_measured) {
        known->second = source;
    }
}

void ExportedStudies::Store::sort() {
    struct SortKey {
        std::string patient_id;  // As they are written.
        std::string study_uid;
        std::pair<std::string, std::size_t> place;
    };
    std::vector<SortKey> keys;
    for (const auto& [study_key, source] : sources) {
        const StudyRecord record = read(study_key, source.ledger).record;
        keys.push_back({.patient_id = record.measurement.get("patient_id"),
                        .study_uid = record.measurement.get("study_uid"),
                        .place = {study_key, source.ledger}});
    }
    std::ranges::sort(
        keys, {}, [](const SortKey& key) { return std::tie(key.patient_id, key.study_uid); });
    std::ranges::transform(keys, std::back_inserter(order), &SortKey::place);
}

ExportedStudy ExportedStudies::Store::read(const std::string& study_key, std::size_t ledger) const {
    const Reading* const reading = readings.of(study_key);
    const StudyRecord record =
        with_reading(parse_record(ledgers[ledger]->entry(study_key).value().record), reading);
    return {.record = disguised(record, pseudonyms),
            .folder = record_path(files[ledger].parent_path(), record.study_uid).parent_path(),
            .labels = labels_file(files[ledger].parent_path(), record, reading)};
}

ExportedStudies::ExportedStudies(const std::vector<fs::path>& ledgers,
                                 const std::optional<Pseudonyms>& pseudonyms,
                                 const std::string& reading) {
    const std::vector<fs::path> files = ledger_files(ledgers);
    store_ = std::make_unique<Store>(Store{.files = files,
                                           .readings = {folders_of(files), reading},
                                           .pseudonyms = pseudonyms,
                                           .ledgers = {},
                                           .sources = {},
                                           .order = {}});
    for (const fs::path& file : files) {
        store_->ledgers.push_back(std::make_unique<Ledger>(file, Ledger::Access::read));
        store_->ledgers.back()->for_each_entry(
            [this](const LedgerEntry& entry) { store_->add(entry); });
    }
    store_->sort();
}

ExportedStudies::~ExportedStudies() = default;

std::int64_t ExportedStudies::count() const {
    return static_cast<std::int64_t>(store_->order.size());
}

std::int64_t ExportedStudies::duplicates() const {
    return store_->duplicates;
}

bool ExportedStudies::are_pseudonymized() const {
    return store_->pseudonyms.has_value();
}

void ExportedStudies::for_each(const std::function<void(const ExportedStudy&)>& visit) const {
    for (const auto& [study_key, ledger] : store_->order) {
        visit(store_->read(study_key, ledger));
    }
}

}  // namespace paraspinal
