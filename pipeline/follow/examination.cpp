// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/examination.h"

#include "core/error.h"
#include "core/text.h"
#include "io/calendar_date.h"
#include "io/csv.h"
#include "io/read_file.h"
#include "pipeline/batch/apply_readings.h"
#include "pipeline/page/study_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Slices = std::map<std::string, std::vector<NamedCells>>;

// Tells people apart who share a study UID, in every table alike.
std::string key_of(const NamedCells& row) {
    return row.get("patient_id") + '\n' + row.get("study_uid");
}

Slices slices_of(const fs::path& run) {
    Slices slices;
    const fs::path file = run / "slices.csv";
    if (!fs::is_regular_file(file)) {
        return slices;
    }
    CsvReader reader(file);
    const std::size_t status = reader.required_column("status");
    while (reader.next()) {
        if (reader.cell(status) != "failed") {
            NamedCells line{.columns = reader.columns(), .cells = {}};
            for (std::size_t i = 0; i < line.columns.size(); ++i) {
                line.cells.emplace_back(reader.cell(i));
            }
            slices[key_of(line)].push_back(std::move(line));
        }
    }
    return slices;
}

std::string text_of(const Json& fact) {
    if (fact.is_number()) {
        return shortest_text(fact.get<double>());
    }
    std::vector<std::string> texts;
    for (const Json& one : fact.is_array() ? fact : Json::array({fact})) {
        if (one.is_string()) {
            texts.push_back(one.get<std::string>());
        }
    }
    return joined(texts, "\\");
}

void read_acquisition(Examination& examination) {
    const std::string text = read_file(examination.folder / "measurement.json").value_or("");
    const Json json = is_json_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("acquisition") || !json["acquisition"].is_object()) {
        return;
    }
    for (const std::string_view name : kAcquisitionFacts) {
        const auto fact = json["acquisition"].find(name);
        const std::string value = fact != json["acquisition"].end() ? text_of(*fact) : "";
        if (!value.empty()) {
            examination.acquisition.emplace(name, value);
        }
    }
}

// What a study says wherever its files lay.
NamedCells without_place(NamedCells row) {
    row.set("source_file", "");
    return row;
}

// Whether `other` says nothing that `known` does not.
bool is_repeated(Examination& known, Examination& other) {
    const bool was_measured = known.row.get("status") != "failed";
    const bool is_measured = other.row.get("status") != "failed";
    if (was_measured && is_measured) {
        return without_place(known.row).cells == without_place(other.row).cells;
    }
    if (is_measured) {
        known = std::move(other);
    }
    return true;
}

void add_run(const fs::path& run, std::map<std::string, Examination>& found) {
    const RunTable table = read_run_table(run);
    const ChosenReadings readings({run}, kLatestReading);
    Slices slices = slices_of(run);
    for (std::size_t row = 0; row < table.rows.patients; ++row) {
        Examination one;
        for (const CohortColumn& column : table.rows.columns) {
            one.row.set(column.name, column.texts.at(row));
        }
        const std::string folder = study_folder_of(table, row);
        one.folder = folder.empty() ? fs::path() : run / folder;
        const Reading* const reading = readings.of(one.row.get("study_uid"));
        if (reading != nullptr && one.row.get("reading") == "corrected") {
            one.labels = run / reading->outlines / "labels.nii.gz";
        }
        one.date = parse_date(one.row.get("study_date")).value_or("");
        one.slices = slices[key_of(one.row)];
        read_acquisition(one);
        const auto [known, is_new] = found.try_emplace(key_of(one.row), one);
        if (!is_new && !is_repeated(known->second, one)) {
            throw Error(ErrorCode::duplicate_study,
                        "study " + one.row.get("study_uid") + " was measured differently in '" +
                            run.string() +
                            "' and in a folder named before it; leave one of them out, or measure "
                            "it again with one set of options");
        }
    }
}

}  // namespace

std::optional<double> number_in(const NamedCells& row, std::string_view column) {
    return parse_number(row.get(column));
}

std::vector<Examination> read_examinations(const std::vector<fs::path>& runs) {
    std::map<std::string, Examination> found;
    for (const fs::path& run : runs) {
        add_run(run, found);
    }
    std::vector<Examination> examinations;
    for (auto& [key, one] : found) {
        examinations.push_back(std::move(one));
    }
    std::ranges::sort(examinations, {}, [](const Examination& one) {
        return std::tuple(one.row.get("patient_id"), one.date, one.row.get("study_uid"));
    });
    return examinations;
}

}  // namespace paraspinal
