// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/bids_dataset.h"

#include "core/error.h"
#include "core/structure.h"
#include "core/text.h"
#include "io/calendar_date.h"
#include "io/nifti/volume.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/export/bids_json.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/tables/measurement_row.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Above it an age leads to a person. Source: BIDS, participants.tsv, column age.
constexpr double kOldestShown = 89;

constexpr const char* kReadme =
    "# Paraspinal muscles on lumbar MRI\n\n"
    "Made by paraspinal (export --bids). `phenotype/paraspinal_mri.tsv` has one row an\n"
    "examination, failures included; the JSON file beside it says what each column means and in\n"
    "which unit. `*_dseg.nii.gz` is the label map of the one axial T2 slice that was measured, on\n"
    "the grid of that slice; `*_dseg.tsv` names its labels. Left and right are the patient's.\n\n"
    "Subjects and sessions are pseudonyms under the key of the export: who has the key gets the\n"
    "same ones again. The images are not part of this dataset.\n\n"
    "Research use only. Not a medical device.\n\n"
    "Definitions of the quantities: Yang et al. 2025, Image analyses,\n"
    "https://doi.org/10.3389/fmed.2025.1514894\n";

struct Participant {
    std::optional<double> age_years;  // At the first examination.
    std::set<std::string> sexes;
    std::map<std::string, std::string> dates;  // By session.
};

// A cell: BIDS writes unknown as n/a, and no cell may hold a tab.
std::string tsv_cell(std::string text) {
    std::ranges::replace_if(
        text, [](char one) { return one == '\t' || one == '\n' || one == '\r'; }, ' ');
    return text.empty() ? "n/a" : text;
}

std::string tsv_row(const std::vector<std::string>& cells) {
    std::vector<std::string> written;
    std::ranges::transform(cells, std::back_inserter(written), tsv_cell);
    return joined(written, "\t") + "\n";
}

std::string lookup_tsv() {
    std::string text = tsv_row({"index", "name", "abbreviation", "color"});
    for (const Structure structure : kStructures) {
        const Color color = outline_color(structure);
        text += tsv_row({std::to_string(static_cast<int>(structure)),
                         with_spaces(label_name(structure)),
                         std::string(short_name(structure)),
                         fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)});
    }
    return text;
}

using PixelCounts = std::array<std::int64_t, kStructures.size() + 1>;

PixelCounts counted_pixels(const fs::path& labels) {
    const Image<float> plane = read_nifti_plane(labels, 0);
    PixelCounts counts{};
    for (const float value : plane.pixels) {
        const bool is_label =
            value >= 0 && value < static_cast<float>(counts.size()) && value == std::floor(value);
        if (!is_label) {
            throw Error(ErrorCode::outline_mismatch, "it has values that are no structure");
        }
        ++counts.at(static_cast<std::size_t>(value));
    }
    return counts;
}

// Whether the label map is the one that the rows were counted on.
bool has_pixels_of(const fs::path& labels, const StudyRecord& record) {
    const PixelCounts counts = counted_pixels(labels);
    return std::ranges::all_of(kStructures, [&](Structure structure) {
        const auto row = std::ranges::find_if(record.muscles, [&](const NamedCells& muscle) {
            return muscle.get("structure") == structure_name(structure) &&
                   muscle.get("side") == side_name(structure);
        });
        return row != record.muscles.end() &&
               parse_integer(row->get("pixels")) == counts.at(static_cast<std::size_t>(structure));
    });
}

class Writer {
  public:
    explicit Writer(fs::path folder) : folder_(std::move(folder)) {}

    // A row of the table of measurements.
    std::string add(const ExportedStudy& study);
    BidsDataset finish();

  private:
    void add_participant(const NamedCells& row,
                         const std::string& subject,
                         const std::string& session);
    void add_segmentation(const ExportedStudy& study,
                          const std::string& subject,
                          const std::string& session);
    void write_sessions(const std::string& subject, const Participant& participant) const;

    fs::path folder_;
    std::map<std::string, Participant> participants_;
    std::set<std::string> versions_;
    BidsDataset result_;
};

void Writer::add_participant(const NamedCells& row,
                             const std::string& subject,
                             const std::string& session) {
    Participant& participant = participants_[subject];
    const std::string date = parse_date(row.get("study_date")).value_or("");
    if (!participant.dates.emplace(session, date).second) {
        throw Error(
            ErrorCode::duplicate_study,
            "two studies of one patient have one study UID; they would be one BIDS session");
    }
    if (const auto age = parse_number(row.get("patient_age_years"))) {
        participant.age_years = std::min(participant.age_years.value_or(*age), *age);
    }
    if (const std::string sex = row.get("patient_sex"); !sex.empty()) {
        participant.sexes.insert(sex);
    }
}

void Writer::add_segmentation(const ExportedStudy& study,
                              const std::string& subject,
                              const std::string& session) {
    const auto leave_out = [&](const std::string& why) {
        result_.notes.push_back("no segmentation of " + subject + " " + session + ": '" +
                                study.labels.string() + "' " + why);
    };
    const std::optional<std::string> bytes = read_file(study.labels);
    if (!bytes) {
        leave_out("is not there; measure with --write nifti among the others");
        return;
    }
    try {
        if (!has_pixels_of(study.labels, study.record)) {
            leave_out("has not the pixels that the row was counted on");
            return;
        }
    } catch (const Error& error) {
        leave_out("cannot be used: " + error.message());
        return;
    }
    const fs::path folder = folder_ / subject / session / "anat";
    make_output_folder(folder);
    const std::string stem = subject + "_" + session + "_seg-paraspinal_dseg";
    write_file(folder / (stem + ".nii.gz"), *bytes);
    write_file(folder / (stem + ".tsv"), lookup_tsv());
    write_file(folder / (stem + ".json"), bids_segmentation_json(study.record.measurement));
    ++result_.segmentations;
}

std::string Writer::add(const ExportedStudy& study) {
    const NamedCells& row = study.record.measurement;
    const std::string patient = row.get("patient_id");
    const std::string subject = "sub-" + (patient.empty() ? row.get("study_uid") : patient);
    const std::string session = "ses-" + row.get("study_uid");
    add_participant(row, subject, session);
    versions_.insert(row.get("software_version"));
    if (study.record.status != "failed") {
        add_segmentation(study, subject, session);
    }
    std::vector<std::string> cells{subject, session};
    for (const std::string& column : measurement_columns()) {
        if (is_bids_column(column)) {
            cells.push_back(column == "study_date" ? participants_[subject].dates[session]
                                                   : row.get(column));
        }
    }
    return tsv_row(cells);
}

void Writer::write_sessions(const std::string& subject, const Participant& participant) const {
    std::string text = tsv_row({"session_id", "study_date"});
    for (const auto& [session, date] : participant.dates) {
        text += tsv_row({session, date});
    }
    make_output_folder(folder_ / subject);
    write_file(folder_ / subject / (subject + "_sessions.tsv"), text);
    write_file(folder_ / subject / (subject + "_sessions.json"), bids_sessions_json());
}

BidsDataset Writer::finish() {
    std::string text = tsv_row({"participant_id", "age", "sex"});
    for (const auto& [subject, participant] : participants_) {
        const std::optional<double>& age = participant.age_years;
        const bool is_one = participant.sexes.size() == 1;
        text += tsv_row({subject,
                         !age                   ? ""
                         : *age >= kOldestShown ? "89+"
                                                : shortest_text(*age),
                         is_one ? *participant.sexes.begin() : ""});
        write_sessions(subject, participant);
    }
    write_file(folder_ / "participants.tsv", text);
    write_file(folder_ / "participants.json", bids_participants_json());
    write_file(folder_ / "phenotype" / "paraspinal_mri.json", bids_measurements_json());
    write_file(folder_ / "dataset_description.json", bids_description_json(versions_));
    write_file(folder_ / "README.md", kReadme);
    result_.participants = static_cast<std::int64_t>(participants_.size());
    return std::move(result_);
}

std::vector<std::string> columns_of_measurements() {
    std::vector<std::string> columns{"participant_id", "session_id"};
    std::ranges::copy_if(measurement_columns(), std::back_inserter(columns), is_bids_column);
    return columns;
}

}  // namespace

BidsDataset write_bids(const ExportedStudies& studies, const fs::path& folder) {
    if (!studies.are_pseudonymized()) {
        throw Error(ErrorCode::usage,
                    "a BIDS dataset is made to be passed on and names nobody; give "
                    "--pseudonymize KEYFILE as well");
    }
    if (fs::exists(folder) && !fs::is_empty(folder)) {
        throw Error(ErrorCode::usage,
                    "'" + folder.string() +
                        "' is not empty; files of an earlier export would stay in the dataset. "
                        "Name a new folder, or remove that one");
    }
    make_output_folder(folder / "phenotype");
    Writer writer(folder);
    write_file_in_parts(folder / "phenotype" / "paraspinal_mri.tsv", [&](const AppendText& append) {
        append(tsv_row(columns_of_measurements()));
        studies.for_each([&](const ExportedStudy& study) { append(writer.add(study)); });
    });
    return writer.finish();
}

}  // namespace paraspinal
