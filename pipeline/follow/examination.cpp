// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/examination.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "io/calendar_date.h"
#include "io/read_file.h"
#include "io/tables/cell_text.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/follow/checked_rows.h"
#include "pipeline/tables/run_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Lines = std::map<std::string, std::vector<NamedCells>>;

// What is written for everybody, in lower case; is_missing_text knows more. Our choice.
constexpr std::array<std::string_view, 12> kNobody{"anonymous",
                                                   "anonymized",
                                                   "anonymised",
                                                   "anon",
                                                   "deidentified",
                                                   "de-identified",
                                                   "unknown",
                                                   "none",
                                                   "noid",
                                                   "nopatientid",
                                                   "patient",
                                                   "test"};

// Tells apart people who share a study UID, in every table alike.
std::string key_of(const NamedCells& row) {
    return plain_patient_id(row.get("patient_id")) + '\n' + row.get("study_uid");
}

// The measured lines of each study, by key.
Lines lines_of(const fs::path& file, const std::set<std::string>* study_uids) {
    Lines lines;
    if (fs::is_regular_file(file)) {
        for (NamedCells& line : read_checked_rows(file, study_uids)) {
            if (is_measured(line)) {
                lines[key_of(line)].push_back(std::move(line));
            }
        }
    }
    return lines;
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

// "28.5" of "28.5 % of the way from lean muscle to subcutaneous fat".
std::string share_in(const std::string& evidence) {
    const std::size_t end = evidence.find(" % of the way");
    if (end == std::string::npos) {
        return {};
    }
    const std::size_t space = evidence.rfind(' ', end - 1);
    const std::size_t start = space == std::string::npos ? 0 : space + 1;
    return evidence.substr(start, end - start);
}

void read_facts(Examination& examination) {
    const std::string text = read_file(examination.folder / "measurement.json").value_or("");
    const Json json = is_json_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            examination.facts.emplace(name, value);
        }
    };
    if (!json.is_object()) {
        return;
    }
    const Json acquisition = json.value("acquisition", Json());
    for (const std::string_view name : kAcquisitionFacts) {
        if (acquisition.is_object() && acquisition.contains(name)) {
            add(name, text_of(acquisition[name]));
        }
    }
    const Json fat = json.value("fat", Json());
    if (fat.is_object() && fat.contains("evidence") && fat["evidence"].is_string()) {
        add(kFatShareFact, share_in(fat["evidence"].get<std::string>()));
    }
    if (fat.is_object() && fat.contains("bias_corrected") && fat["bias_corrected"].is_boolean()) {
        add(kBiasFact, fat["bias_corrected"].get<bool>() ? "yes" : "no");
    }
}

// It becomes part of a path, and a table may be anybody's.
bool is_level(std::string_view name) {
    return name.size() == 2 && name[0] == 'L' && name[1] >= '1' && name[1] <= '5';
}

// As if `line` of levels.csv were its row.
Examination at_level(const Examination& one, const NamedCells& line) {
    Examination other;
    other.row = line;
    other.row.set("study_date", one.row.get("study_date"));
    other.run = one.run;
    other.folder = one.folder.empty() ? fs::path() : one.folder / "levels" / line.get("level");
    other.date = one.date;
    other.slices = one.slices;
    read_facts(other);
    return other;
}

// What a study says wherever its files lay.
NamedCells without_place(NamedCells row) {
    row.set("source_file", "");
    row.set("patient_id", plain_patient_id(row.get("patient_id")));
    return row;
}

using Copies = std::map<std::string, std::vector<Examination>>;

void add_run(const fs::path& run, const std::set<std::string>* study_uids, Copies& found) {
    const fs::path file = within(run.string(), [&run] { return run_table_file(run); });
    const ChosenReadings readings({run}, kLatestReading);
    Lines slices = lines_of(run / "slices.csv", study_uids);
    Lines vertebrae = lines_of(run / "vertebrae.csv", study_uids);
    Lines levels = lines_of(run / "levels.csv", study_uids);
    std::map<std::string, std::string> folders;  // Of the studies of this run, by key.
    for (NamedCells& row : read_checked_rows(file, study_uids)) {
        Examination one;
        one.row = std::move(row);
        one.run = run;
        const std::string folder =
            study_folder_of(run, one.row.get("study_uid"), one.row.get("study_folder"));
        one.folder = folder.empty() ? fs::path() : run / folder;
        const Reading* const reading = readings.of(one.row.get("study_uid"));
        if (reading != nullptr && one.row.get("reading") == "corrected") {
            one.labels = run / reading->outlines / "labels.nii.gz";
        }
        one.date = parse_date(one.row.get("study_date")).value_or("");
        if (!one.date.empty()) {
            std::string date = one.date;
            std::erase(date, '-');
            one.row.set("study_date", date);
        }
        std::string key = key_of(one.row);
        one.slices = slices[key];
        one.vertebrae = vertebrae[key];
        read_facts(one);
        for (const NamedCells& line : levels[key]) {
            if (is_level(line.get("level")) && line.get("level") != one.row.get("level")) {
                one.levels.push_back(at_level(one, line));
            }
        }
        const std::string named = one.row.get("study_folder");
        while (folders.contains(key) && (named.empty() || folders[key] != named)) {
            key += '\n';
        }
        folders[key] = named;
        found[key].push_back(std::move(one));
    }
}

// The lower, the more it counts.
int rank_of(const Examination& one) {
    return one.row.get("reason") == error_name(ErrorCode::rejected_by_reader) ? 0
           : is_measured(one.row)                                             ? 1
                                                                              : 2;
}

// One, or the measurements that differ.
std::vector<Examination> chosen_of(std::vector<Examination> copies) {
    std::ranges::sort(copies, {}, [](const Examination& one) {
        return std::tuple(
            rank_of(one), -static_cast<std::ptrdiff_t>(one.facts.size()), one.run.string());
    });
    std::vector<Examination> chosen{copies.front()};
    for (const Examination& other : copies) {
        const bool is_new = std::ranges::none_of(chosen, [&other](const Examination& one) {
            return without_place(one.row).cells == without_place(other.row).cells;
        });
        if (is_measured(chosen.front().row) && is_measured(other.row) && is_new) {
            chosen.push_back(other);
        }
    }
    Examination& best = chosen.front();
    const auto lend = [&](auto Examination::*lines) {
        const auto with_lines = std::ranges::find_if(copies, [lines](const Examination& one) {
            return is_measured(one.row) && !(one.*lines).empty();
        });
        if (is_measured(best.row) && with_lines != copies.end()) {
            best.*lines = (*with_lines).*lines;
        }
    };
    lend(&Examination::slices);
    lend(&Examination::vertebrae);
    lend(&Examination::levels);
    return chosen;
}

}  // namespace

std::optional<double> number_in(const NamedCells& row, std::string_view column) {
    return parse_number(row.get(column));
}

bool is_measured(const NamedCells& row) {
    const std::string status = row.get("status");
    return status == "ok" || status == "flagged";
}

bool has_other_outlines(const Examination& one) {
    return one.row.get("outline_source") != "model" || one.row.get("reading") == "corrected";
}

bool has_id_of_several(const Examination& one) {
    return names_flag(one.row.get("qc_flags"), Flag::patient_id_contradiction);
}

std::string patient_of(const Examination& one) {
    std::string id = plain_patient_id(one.row.get("patient_id"));
    const bool is_nobody = is_missing_text(id) || id.find_first_not_of('0') == std::string::npos ||
                           std::ranges::find(kNobody, id) != kNobody.end();
    return is_nobody ? std::string() : id;
}

std::vector<Examination> read_examinations(const std::vector<fs::path>& runs,
                                           const std::set<std::string>* study_uids) {
    Copies found;
    for (const fs::path& run : runs) {
        add_run(run, study_uids, found);
    }
    std::vector<Examination> examinations;
    for (auto& [key, copies] : found) {
        std::ranges::move(chosen_of(std::move(copies)), std::back_inserter(examinations));
    }
    std::ranges::sort(examinations, {}, [](const Examination& one) {
        return std::tuple(patient_of(one), one.date, one.row.get("study_uid"));
    });
    return examinations;
}

}  // namespace paraspinal
