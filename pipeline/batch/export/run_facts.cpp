// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/run_facts.h"

#include "core/text.h"
#include "io/read_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace paraspinal {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 14> kCounted{"status",
                                                    "level",
                                                    "level_source",
                                                    "outline_source",
                                                    "outline_model",
                                                    "fat_method",
                                                    "fat_guard",
                                                    "roi",
                                                    "risk_model",
                                                    "companion_model",
                                                    "software_version",
                                                    "reading",
                                                    "review_status",
                                                    "patient_sex"};
constexpr std::array<std::string_view, 4> kNumbers{
    "patient_age_years", "slice_offset_mm", "slice_tilt_deg", "pixel_row_mm"};
// Of measurement.json, below "acquisition".
constexpr std::array<std::string_view, 4> kAcquisitionNumbers{
    "field_strength_t", "repetition_time_ms", "echo_time_ms", "slice_thickness_mm"};

void count(RunFacts& facts, std::string_view key, std::string value) {
    // Headers hold anything, and a bar ends a cell of a table in Markdown.
    std::ranges::replace_if(
        value, [](char one) { return one == '|' || (one >= 0 && one < ' '); }, ' ');
    if (!value.empty()) {
        ++facts.counts[std::string(key)][value];
    }
}

void add_row(RunFacts& facts, const NamedCells& row) {
    for (const std::string_view column : kCounted) {
        count(facts, column, row.get(column));
    }
    for (const std::string& flag : split(row.get("qc_flags"), ';')) {
        count(facts, "qc_flags", flag);
    }
    for (const std::string& predictor : split(row.get("risk_imputed"), ';')) {
        count(facts, "risk_imputed", predictor);
    }
    for (const std::string_view column : kNumbers) {
        if (const auto value = parse_number(row.get(column))) {
            facts.numbers[std::string(column)].push_back(*value);
        }
    }
}

// How the fat of the run's own outlines was found; a reader's may have another threshold.
void add_fat_evidence(RunFacts& facts, const Json& json) {
    const Json::json_pointer evidence("/fat/evidence");
    if (json.contains(evidence) && json[evidence].is_string()) {
        count(facts, "fat_evidence", json[evidence]);
    }
}

void add_acquisition(RunFacts& facts, const ExportedStudy& study) {
    const std::string text = read_file(study.folder / "measurement.json").value_or("");
    const Json json = is_json_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("acquisition") || !json.contains("level")) {
        ++facts.without_acquisition;
        return;
    }
    const Json& acquisition = json["acquisition"];
    if (acquisition.is_object() && acquisition.contains("manufacturer") &&
        acquisition["manufacturer"].is_string()) {
        count(facts, "manufacturer", acquisition["manufacturer"]);
    }
    for (const std::string_view key : kAcquisitionNumbers) {
        const auto value = acquisition.is_object() ? acquisition.find(key) : acquisition.end();
        if (acquisition.is_object() && value != acquisition.end() && value->is_number()) {
            facts.numbers[std::string(key)].push_back(value->get<double>());
        }
    }
    if (study.record.measurement.get("reading") != "corrected") {
        add_fat_evidence(facts, json);
    }
    const Json::json_pointer model("/level/spine/model");
    if (json.contains(model) && json[model].is_string()) {
        count(facts, "spine_model", json[model]);
    }
    const Json::json_pointer bias("/fat/bias_corrected");
    if (json.contains(bias) && json[bias].is_boolean()) {
        count(facts, "bias_corrected", json[bias].get<bool>() ? "yes" : "no");
    }
}

std::int64_t measured_rows(const CellTable& table) {
    const auto status = std::ranges::find(table.columns, "status") - table.columns.begin();
    return std::ranges::count_if(table.rows, [status](const std::vector<std::string>& row) {
        return row.at(static_cast<std::size_t>(status)) != "failed";
    });
}

void add_further(RunFacts& facts, const StudyRecord& record) {
    for (const LevelLine& level : record.levels) {
        facts.levels[level.level] += cells_of(level, record).get("status") != "failed" ? 1 : 0;
    }
    facts.slices += measured_rows(record.slices);
    facts.volumes += measured_rows(record.volumes);
}

}  // namespace

RunFacts run_facts(const ExportedStudies& studies) {
    RunFacts facts;
    facts.are_pseudonymized = studies.are_pseudonymized();
    std::set<std::string> patients;
    studies.for_each([&](const ExportedStudy& study) {
        const NamedCells& row = study.record.measurement;
        ++facts.studies;
        const std::string patient = row.get("patient_id");
        facts.without_patient += patient.empty() ? 1 : 0;
        patients.insert(patient);
        if (study.record.status == "failed") {
            ++facts.failures[row.get("reason")];
            return;
        }
        ++facts.measured;
        add_row(facts, row);
        add_acquisition(facts, study);
        add_further(facts, study.record);
    });
    patients.erase("");
    facts.patients = static_cast<std::int64_t>(patients.size());
    for (auto& [key, values] : facts.numbers) {
        std::ranges::sort(values);
    }
    return facts;
}

}  // namespace paraspinal
