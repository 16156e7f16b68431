// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/bids_json.h"

#include "core/text.h"
#include "pipeline/batch/export/column_dictionary.h"
#include "pipeline/batch/export/disguise.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// As BIDS writes units: CMIXF-12. Source: BIDS, Common principles, Units.
std::string_view bids_unit(std::string_view unit) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kUnits{
        {{"cm²", "cm^2"}, {"mm", "mm"}, {"%", "%"}, {"degrees", "degree"}, {"years", "year"}}};
    for (const auto& [ours, theirs] : kUnits) {
        if (ours == unit) {
            return theirs;
        }
    }
    return {};
}

Json column_json(const ColumnMeaning& column) {
    Json json{{"Description", column.meaning}};
    if (const std::string_view unit = bids_unit(column.unit); !unit.empty()) {
        json["Units"] = unit;
    }
    for (const std::string& word : classes_of(column)) {
        json["Levels"][word] = with_spaces(word);
    }
    return json;
}

const Json kParticipant{{"Description", "the patient, under a pseudonym"}};
const Json kSession{{"Description", "the examination, under a pseudonym"}};

}  // namespace

bool is_bids_column(std::string_view column) {
    const Disguise disguise = disguise_of(column);
    return disguise == Disguise::none || disguise == Disguise::date || disguise == Disguise::age;
}

std::string bids_description_json(const std::set<std::string>& versions) {
    Json generated = Json::array();
    for (const std::string& version : versions) {
        generated.push_back({{"Name", "paraspinal"},
                             {"Version", version},
                             {"Description",
                              "outlines and fat of the paraspinal muscles on an axial T2 slice at "
                              "a lumbar level"}});
    }
    return text_of({{"Name", "Paraspinal muscles on lumbar MRI"},
                    {"BIDSVersion", kBidsVersion},
                    {"DatasetType", "derivative"},
                    {"GeneratedBy", std::move(generated)},
                    {"ReferencesAndLinks", {"https://doi.org/10.3389/fmed.2025.1514894"}}});
}

std::string bids_participants_json() {
    return text_of(
        {{"participant_id", kParticipant},
         {"age",
          {{"Description", "age at the first of the examinations; 89+ for 89 and above"},
           {"Units", "year"}}},
         {"sex",
          {{"Description", "sex in the images; n/a where examinations contradict each other"},
           {"Levels", {{"F", "female"}, {"M", "male"}, {"O", "other"}}}}}});
}

std::string bids_sessions_json() {
    return text_of({{"session_id", kSession},
                    {"study_date",
                     {{"Description",
                       "date of the examination, moved by days that are the same for all "
                       "examinations of a patient; n/a where dates were dropped"}}}});
}

std::string bids_measurements_json() {
    Json json{{"MeasurementToolMetadata",
               {{"Description",
                 "paraspinal: areas and fat of the paraspinal muscles, one row an examination, "
                 "failures included"},
                {"TermURL", "https://doi.org/10.3389/fmed.2025.1514894"}}},
              {"participant_id", kParticipant},
              {"session_id", kSession}};
    for (const ColumnMeaning& column : column_dictionary()) {
        if (column.table == "measurements.csv" && is_bids_column(column.name)) {
            json[column.name] = column_json(column);
        }
    }
    return text_of(json);
}

std::string bids_segmentation_json(const NamedCells& measurement) {
    const std::string source = measurement.get("outline_source");
    Json flags = Json::array();
    for (const std::string& flag : split(measurement.get("qc_flags"), ';')) {
        if (!flag.empty()) {
            flags.push_back(flag);
        }
    }
    return text_of({{"Description",
                     "paraspinal muscles, psoas and vertebral body on the measured axial T2 slice "
                     "at " +
                         measurement.get("level")},
                    {"Manual", source != "model"},
                    {"OutlineSource", source},
                    {"OutlineModel", measurement.get("outline_model")},
                    {"SoftwareVersion", measurement.get("software_version")},
                    {"Level", measurement.get("level")},
                    {"LevelSource", measurement.get("level_source")},
                    {"Status", measurement.get("status")},
                    {"Reading", measurement.get("reading")},
                    {"ReviewStatus", measurement.get("review_status")},
                    {"QcFlags", std::move(flags)}});
}

}  // namespace paraspinal
