// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/study_record.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/percent_encoding.h"
#include "core/text.h"
#include "pipeline/batch/export/cells_json_internal.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/levels_csv.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace paraspinal {

using Json = nlohmann::ordered_json;

namespace {

// Names of columns once: there may be many lines.
void add_table(Json& json, const char* key, const CellTable& table) {
    if (!table.rows.empty()) {
        json[key] = Json{{"columns", table.columns}, {"rows", table.rows}};
    }
}

CellTable table_of(const Json& json, const char* key) {
    if (!json.contains(key)) {
        return {};
    }
    const Json& table = json.at(key);
    return {.columns = table.at("columns"), .rows = table.at("rows")};
}

}  // namespace

std::string NamedCells::get(std::string_view column) const {
    const auto found = std::ranges::find(columns, column);
    return found == columns.end() ? ""
                                  : cells.at(static_cast<std::size_t>(found - columns.begin()));
}

void NamedCells::set(std::string_view column, std::string text) {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) {
        columns.emplace_back(column);
        cells.push_back(std::move(text));
        return;
    }
    cells.at(static_cast<std::size_t>(found - columns.begin())) = std::move(text);
}

void NamedCells::add_flag(std::string_view column, Flag flag) {
    std::vector<std::string> flags = split(get(column), ';');
    std::erase(flags, "");
    flags.emplace_back(flag_name(flag));
    std::ranges::sort(flags);
    const auto repeated = std::ranges::unique(flags);
    flags.erase(repeated.begin(), repeated.end());
    set(column, joined(flags, ";"));
    if (flag_subject(flag) != FlagSubject::risk && get("status") == "ok") {
        set("status", "flagged");
    }
}

void CellTable::change_lines(const std::function<NamedCells(NamedCells line)>& change) {
    for (std::vector<std::string>& row : rows) {
        row = change({.columns = columns, .cells = std::move(row)}).cells;
    }
}

StudyRecord study_record(const StudyOutcome& outcome,
                         const FurtherSlices& further,
                         const Fingerprints& fingerprints,
                         const std::string& software_version) {
    StudyRecord record;
    const StudyIdentity& study = identity_of(outcome);
    record.study_uid = study_key(study.study_uid, study.patient_group);
    record.patient_id = identity_of(outcome).patient.id;
    record.status = status_name(outcome);
    record.fingerprints = fingerprints;
    record.measurement = {.columns = measurement_columns(),
                          .cells = measurement_row(outcome, software_version)};
    if (const auto* const failure = std::get_if<StudyFailure>(&outcome)) {
        record.reason = error_name(failure->code);
        record.message = failure->message;
    } else {
        for (std::vector<std::string>& row : muscle_rows(std::get<StudyReport>(outcome))) {
            record.muscles.push_back({.columns = muscle_columns(), .cells = std::move(row)});
        }
    }
    for (const LevelOutcome& one : further.levels) {
        LevelLine& line = record.levels.emplace_back(LevelLine{.level = one.level, .own = {}});
        if (one.own) {
            line.own = {.columns = measurement_columns(),
                        .cells = level_row(one.level, *one.own, software_version)};
        }
    }
    record.slices = {.columns = slice_columns(),
                     .rows = slice_rows(study, further, software_version)};
    record.volumes = {.columns = volume_columns(),
                      .rows = volume_rows(study, further, software_version)};
    record.vertebrae = {.columns = vertebra_columns(),
                        .rows = vertebra_rows(study, further, software_version)};
    return record;
}

NamedCells cells_of(const LevelLine& line, const StudyRecord& record) {
    NamedCells cells = line.own.value_or(record.measurement);
    cells.set("level", line.level);
    return cells;
}

std::string record_json(const StudyRecord& record) {
    Json json{{"format", "paraspinal study record"},
              {"format_version", 1},
              {"study_uid", record.study_uid},
              {"patient_id", record.patient_id},
              {"status", record.status},
              {"reason", record.reason},
              {"message", record.message},
              {"inputs", record.fingerprints.inputs},
              {"options", record.fingerprints.options},
              {"measurement", cells_json(record.measurement)},
              {"muscles", Json::array()}};
    for (const NamedCells& muscle : record.muscles) {
        json["muscles"].push_back(cells_json(muscle));
    }
    for (const LevelLine& line : record.levels) {
        Json level{{"level", line.level}};
        if (line.own) {
            level["measurement"] = cells_json(*line.own);
        }
        json["levels"].push_back(std::move(level));
    }
    add_table(json, "slices", record.slices);
    add_table(json, "volumes", record.volumes);
    add_table(json, "vertebrae", record.vertebrae);
    for (const Ledger::SkippedEntry& file : record.left_out) {
        json["left_out"].push_back(
            {{"file", percent_encoded(file.path)}, {"code", file.code}, {"reason", file.reason}});
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

StudyRecord parse_record(std::string_view json) {
    try {
        const Json parsed = is_json_too_deep(json) ? Json() : Json::parse(json);
        const auto text = [&parsed](const char* key) { return parsed.at(key).get<std::string>(); };
        StudyRecord record{.study_uid = text("study_uid"),
                           .patient_id = text("patient_id"),
                           .status = text("status"),
                           .reason = text("reason"),
                           .message = text("message"),
                           .fingerprints = {.inputs = text("inputs"), .options = text("options")},
                           .measurement = parse_cells(parsed.at("measurement")),
                           .muscles = {}};
        for (const Json& muscle : parsed.at("muscles")) {
            record.muscles.push_back(parse_cells(muscle));
        }
        for (const Json& level : parsed.value("levels", Json::array())) {
            LevelLine& line = record.levels.emplace_back();
            line.level = level.at("level").get<std::string>();
            if (level.contains("measurement")) {
                line.own = parse_cells(level.at("measurement"));
            }
        }
        record.slices = table_of(parsed, "slices");
        record.volumes = table_of(parsed, "volumes");
        record.vertebrae = table_of(parsed, "vertebrae");
        for (const Json& file : parsed.value("left_out", Json::array())) {
            record.left_out.push_back(
                {.path = percent_decoded(file.at("file").get<std::string>()).value_or(""),
                 .code = file.at("code").get<std::string>(),
                 .reason = file.at("reason").get<std::string>()});
        }
        return record;
    } catch (const Json::exception&) {
        throw Error(ErrorCode::malformed_file, "this is no complete record of a study");
    }
}

std::filesystem::path record_path(const std::filesystem::path& batch_folder,
                                  const std::string& study_uid) {
    const StudyKey key = parse_study_key(study_uid);
    StudyIdentity study;
    study.study_uid = key.study_uid;
    study.patient_group = key.group;
    return batch_folder / study_folder_name(study) / "record.json";
}

}  // namespace paraspinal
