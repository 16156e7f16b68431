// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/disguise.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

// `owner` stands for its patient.
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

}  // namespace

Disguise disguise_of(std::string_view column) {
    constexpr std::array<std::string_view, 7> kCleared{"accession_number",
                                                       "series_description",
                                                       "source_file",
                                                       "study_folder",
                                                       "message",
                                                       "reader",
                                                       "review_note"};
    if (column == "patient_id") {
        return Disguise::patient_id;
    }
    if (column.ends_with("_uid")) {
        return Disguise::uid;
    }
    if (column.ends_with("_date")) {
        return Disguise::date;
    }
    if (column == "patient_age_years") {
        return Disguise::age;
    }
    return std::ranges::find(kCleared, column) != kCleared.end() ? Disguise::clear : Disguise::none;
}

StudyRecord disguised(StudyRecord record, const Pseudonyms& pseudonyms) {
    const std::string owner = record.patient_id.empty() ? record.study_uid : record.patient_id;
    record.measurement = disguised(std::move(record.measurement), pseudonyms, owner);
    for (LevelLine& level : record.levels) {
        if (level.own) {
            level.own = disguised(std::move(*level.own), pseudonyms, owner);
        }
    }
    for (CellTable* const table : {&record.slices, &record.volumes, &record.vertebrae}) {
        table->change_lines(
            [&](NamedCells line) { return disguised(std::move(line), pseudonyms, owner); });
    }
    for (NamedCells& muscle : record.muscles) {
        muscle = disguised(std::move(muscle), pseudonyms, owner);
    }
    return record;
}

}  // namespace paraspinal
