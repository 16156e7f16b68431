// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/exported_studies.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/ledger/ledger.h"
#include "pipeline/batch/export/contradicted.h"
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
    std::string study_key;
    bool is_measured = false;
    std::string digest;  // Of all its cells.
    std::vector<StatedPerson> persons;
};

// A ledger knows what all headers say; one that was made again from its records, the row alone.
StatedPerson person_of(const LedgerEntry& entry) {
    const NamedCells row = parse_record(entry.record).measurement;
    return {.study = entry.study_uid,
            .accession_number = row.get("accession_number"),
            .person = person_text({.id = row.get("patient_id"),
                                   .sex = row.get("patient_sex"),
                                   .age_years = parse_number(row.get("patient_age_years")),
                                   .name = {},
                                   .birth_date = {}},
                                  row.get("study_date"))};
}

std::string name_in(std::size_t ledger, const std::string& study_key) {
    return std::to_string(ledger) + " " + study_key;
}

bool are_two_people(const Source& one, const Source& other) {
    const std::string group = parse_study_key(one.study_key).group;
    const std::string other_group = parse_study_key(other.study_key).group;
    if (!group.empty() && !other_group.empty()) {
        return group != other_group;
    }
    std::vector<std::string> persons;
    std::ranges::transform(one.persons, std::back_inserter(persons), &StatedPerson::person);
    std::ranges::transform(other.persons, std::back_inserter(persons), &StatedPerson::person);
    return !group_persons(persons).front().empty();
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
    struct Place {
        std::string study_key;
        std::size_t ledger = 0;
        bool is_one_of_several = false;  // People under that key.
        KeyContradictions contradictions;
    };

    std::vector<fs::path> files;
    ChosenReadings readings;
    std::optional<Pseudonyms> pseudonyms;
    std::vector<std::unique_ptr<Ledger>> ledgers;
    std::map<std::string, std::vector<Source>> sources;  // By study UID, one a person.
    std::vector<Place> order;
    std::int64_t duplicates = 0;
    std::vector<StatedPerson> stated;  // By all ledgers, whose studies name_in tells apart.

    void add(const std::filesystem::path& file);
    void add(const LedgerEntry& entry, std::vector<StatedPerson> persons);
    void sort();
    [[nodiscard]] ExportedStudy read(const Place& place) const;
};

void ExportedStudies::Store::add(const fs::path& file) {
    ledgers.push_back(std::make_unique<Ledger>(file, Ledger::Access::read));
    const Ledger& ledger = *ledgers.back();
    std::map<std::string, std::vector<StatedPerson>> persons_of;
    ledger.for_each_person([&](const StatedPerson& one) { persons_of[one.study].push_back(one); });
    ledger.for_each_entry([&](const LedgerEntry& entry) {
        std::vector<StatedPerson>& own = persons_of[entry.study_uid];
        if (own.empty()) {
            own.push_back(person_of(entry));
        }
        add(entry, own);
    });
    for (auto& [study_key, own] : persons_of) {
        for (StatedPerson& one : own) {
            one.study = name_in(ledgers.size() - 1, study_key);
            stated.push_back(std::move(one));
        }
    }
}

void ExportedStudies::Store::add(const LedgerEntry& entry, std::vector<StatedPerson> persons) {
    const StudyRecord record = parse_record(entry.record);
    const Source source{.ledger = ledgers.size() - 1,
                        .study_key = entry.study_uid,
                        .is_measured = entry.status != "failed",
                        .digest = digest_of(record),
                        .persons = std::move(persons)};
    std::vector<Source>& people = sources[parse_study_key(entry.study_uid).study_uid];
    const auto known = std::ranges::find_if_not(
        people, [&](const Source& one) { return are_two_people(one, source); });
    if (known == people.end()) {
        people.push_back(source);
        return;
    }
    ++duplicates;
    if (known->is_measured && source.is_measured && known->digest != source.digest) {
        throw Error(ErrorCode::duplicate_study,
                    "study " + entry.study_uid + " was measured differently in '" +
                        files[known->ledger].string() + "' and '" + files[source.ledger].string() +
                        "'; leave one of them out, or measure it again with one set of options");
    }
    if (!known->is_measured && source.is_measured) {
        *known = source;
    }
}

void ExportedStudies::Store::sort() {
    struct SortKey {
        std::string patient_id;  // As they are written.
        std::string study_uid;
        Place place;
    };
    const ContradictionsByStudy contradictions = contradictions_by_study(stated);
    std::vector<SortKey> keys;
    for (const auto& [study_uid, people] : sources) {
        for (const Source& source : people) {
            // Without a group the readings of several people are under one key.
            if (people.size() > 1 && source.study_key == study_uid &&
                readings.of(study_uid) != nullptr) {
                throw Error(ErrorCode::duplicate_study,
                            "study " + study_uid +
                                " is that of several people in several ledgers, and a reader has "
                                "decided about one; export the ledgers one by one");
            }
            const Place place{.study_key = source.study_key,
                              .ledger = source.ledger,
                              .is_one_of_several = people.size() > 1,
                              .contradictions = contradictions_of(
                                  contradictions, name_in(source.ledger, source.study_key))};
            const StudyRecord record = read(place).record;
            keys.push_back({.patient_id = record.measurement.get("patient_id"),
                            .study_uid = record.measurement.get("study_uid"),
                            .place = place});
        }
    }
    std::ranges::stable_sort(
        keys, {}, [](const SortKey& key) { return std::tie(key.patient_id, key.study_uid); });
    std::ranges::transform(keys, std::back_inserter(order), &SortKey::place);
}

ExportedStudy ExportedStudies::Store::read(const Place& place) const {
    const Reading* const reading = readings.of(place.study_key);
    StudyRecord record = with_reading(
        parse_record(ledgers[place.ledger]->entry(place.study_key).value().record), reading);
    if (place.is_one_of_several) {
        record = contradicted(std::move(record), Flag::patient_contradiction);
    }
    record = contradicted(std::move(record), place.contradictions);
    const fs::path folder = files[place.ledger].parent_path();
    return {.record = pseudonyms ? disguised(record, *pseudonyms) : record,
            .folder = record_path(folder, record.study_uid).parent_path(),
            .labels = labels_file(folder, record, reading)};
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
        store_->add(file);
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
    for (const Store::Place& place : store_->order) {
        visit(store_->read(place));
    }
}

}  // namespace paraspinal
