// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `export --bids` against the rules of BIDS 1.10.0, which are named where they are checked; the
// validator that knows derivatives is no package of Debian.
#include "core/error.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "io/tables/csv.h"
#include "pipeline/batch/export/bids_dataset.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/batch/readings/readings_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

const Pseudonyms kNames(std::string(32, 'k'), DateRule::shift);

struct Row {
    std::string study_uid;
    std::string patient_id;
    std::string status = "ok";
    std::string age = "71";
    std::string sex = "F";
};

std::vector<NamedCells> muscles_of(int pixels) {
    std::vector<NamedCells> rows;
    for (const Structure structure : kStructures) {
        rows.push_back(
            {.columns = {"structure", "side", "pixels"},
             .cells = {std::string(structure_name(structure)),
                       std::string(side_name(structure)),
                       structure == Structure::psoas_left ? std::to_string(pixels) : "0"}});
    }
    return rows;
}

NamedCells measurement_of(const Row& row) {
    return {.columns = {"patient_id",
                        "patient_age_years",
                        "patient_sex",
                        "study_uid",
                        "study_date",
                        "status",
                        "reason",
                        "level",
                        "outline_source",
                        "csa_cm2",
                        "qc_flags",
                        "software_version",
                        "message",
                        "accession_number"},
            .cells = {row.patient_id,
                      row.age,
                      row.sex,
                      row.study_uid,
                      "20250102",
                      row.status,
                      row.status == "failed" ? "no_axial_t2" : "",
                      "L3",
                      "model",
                      "31.200",
                      "",
                      "0.1.0",
                      "of " + row.patient_id,
                      "ACC" + row.patient_id}};
}

// A map of 4 x 4 in which the left psoas has `pixels`.
void write_labels(const fs::path& file, int pixels) {
    LabelMap labels(ImageSize{.rows = 4, .cols = 4});
    std::fill_n(labels.pixels.begin(), pixels, Structure::psoas_left);
    make_output_folder(file.parent_path());
    write_nifti_labels(file, labels, {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
}

class Bids : public ::testing::Test {
  protected:
    // A study of which the row counts 3 pixels, with a label map of `pixels` (0: none).
    void add(const Row& row, int pixels = 3) {
        make_output_folder(run());
        const OpenedLedger opened = open_ledger(run());
        StudyRecord record{.study_uid = row.study_uid,
                           .patient_id = row.patient_id,
                           .status = row.status,
                           .measurement = measurement_of(row)};
        if (row.status != "failed") {
            record.muscles = muscles_of(3);
        }
        opened.ledger->store(ledger_entry(record));
        if (pixels > 0) {
            write_labels(record_path(run(), row.study_uid).parent_path() / "labels.nii.gz", pixels);
        }
    }

    BidsDataset write(const std::optional<Pseudonyms>& names = kNames) {
        return write_bids(ExportedStudies({run()}, names), out());
    }

    [[nodiscard]] fs::path run() const { return folder_.path() / "run"; }
    [[nodiscard]] fs::path out() const { return folder_.path() / "bids"; }

    // All files by their path below the dataset.
    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(out())) {
            if (entry.is_regular_file()) {
                files[entry.path().lexically_relative(out()).string()] =
                    read_file(entry.path()).value_or("");
            }
        }
        return files;
    }
    [[nodiscard]] std::vector<std::map<std::string, std::string>> table(
        const fs::path& name) const {
        CsvReader tsv(out() / name);
        std::vector<std::map<std::string, std::string>> rows;
        while (tsv.next()) {
            auto& row = rows.emplace_back();
            for (std::size_t i = 0; i < tsv.columns().size(); ++i) {
                row[tsv.columns()[i]] = tsv.cell(i);
            }
        }
        return rows;
    }

  private:
    TemporaryFolder folder_;
};

const std::string kUid1 = "2.25.1111";
const std::string kUid2 = "2.25.2222";

TEST_F(Bids, KeepsTheRulesOfADerivativeDataset) {
    add({.study_uid = kUid1, .patient_id = "Müller^Anna"});
    add({.study_uid = kUid2, .patient_id = "Müller^Anna"});
    add({.study_uid = "2.25.3", .patient_id = "01", .status = "failed"}, 0);
    add({.study_uid = "2.25.4", .patient_id = "1", .status = "flagged"});
    add({.study_uid = "2.25.5", .patient_id = ""});
    const BidsDataset dataset = write();
    EXPECT_EQ(dataset.participants, 4);
    EXPECT_EQ(dataset.segmentations, 4);
    EXPECT_TRUE(dataset.notes.empty());
    const auto all = files();
    // rules/files/common/core, tables; rules/files/deriv/imaging: anat_*_discrete_segmentation.
    std::set<std::string> subjects;
    for (const auto& [name, content] : all) {
        EXPECT_TRUE(std::regex_match(
            name,
            std::regex("dataset_description\\.json|README\\.md|participants\\.(tsv|json)"
                       "|phenotype/[a-z_]+\\.(tsv|json)"
                       "|(sub-[0-9a-zA-Z]+)/\\3_sessions\\.(tsv|json)"
                       "|(sub-[0-9a-zA-Z]+)/(ses-[0-9a-zA-Z]+)/anat/\\5_\\6_seg-[0-9a-zA-Z]+_dseg"
                       "\\.(nii\\.gz|tsv|json)")))
            << name;
        if (name.starts_with("sub-")) {
            subjects.insert(name.substr(0, name.find('/')));
        }
        for (const std::string secret : {"ller", "Anna", "ACC", kUid1.c_str(), "20250102"}) {
            EXPECT_EQ(content.find(secret), std::string::npos) << name << " has " << secret;
        }
    }
    // rules/dataset_metadata: Name, BIDSVersion; GeneratedBy with Name in a derivative.
    const auto description = nlohmann::json::parse(all.at("dataset_description.json"));
    EXPECT_EQ(description.at("DatasetType"), "derivative");
    EXPECT_EQ(description.at("BIDSVersion"), "1.10.0");
    EXPECT_EQ(description.at("GeneratedBy").at(0).at("Name"), "paraspinal");
    EXPECT_EQ(description.at("GeneratedBy").at(0).at("Version"), "0.1.0");
    // rules/checks/dataset: PARTICIPANT_ID_MISMATCH; phenotype: PHENOTYPE_SUBJECTS_MISSING.
    std::set<std::string> participants;
    for (const auto& row : table("participants.tsv")) {
        EXPECT_TRUE(participants.insert(row.at("participant_id")).second);
    }
    EXPECT_EQ(participants, subjects);
    const auto rows = table("phenotype/paraspinal_mri.tsv");
    EXPECT_EQ(rows.size(), 5U);
    std::set<std::string> examinations;
    for (const auto& row : rows) {
        EXPECT_TRUE(participants.contains(row.at("participant_id")));
        EXPECT_TRUE(examinations.insert(row.at("participant_id") + row.at("session_id")).second);
        EXPECT_FALSE(std::ranges::any_of(row, [](const auto& cell) { return cell.second.empty(); }))
            << "unknown is n/a";
    }
    // Every column is explained.
    for (const std::string stem : {"participants", "phenotype/paraspinal_mri"}) {
        const auto json = nlohmann::json::parse(all.at(stem + ".json"));
        const auto lines = table(stem + ".tsv");
        for (const auto& [column, cell] : lines.front()) {
            EXPECT_FALSE(json.at(column).at("Description").get<std::string>().empty()) << column;
        }
    }
    EXPECT_EQ(
        nlohmann::json::parse(all.at("phenotype/paraspinal_mri.json")).at("csa_cm2").at("Units"),
        "cm^2");
}

TEST_F(Bids, JoinsTheExportedTableByItsPseudonyms) {
    add({.study_uid = kUid1, .patient_id = "A", .age = "88"});
    add({.study_uid = kUid2, .patient_id = "A", .age = "90", .sex = "M"});
    write();
    const std::string subject = "sub-" + kNames.patient("A");
    const std::string session = "ses-" + kNames.uid(kUid1);
    const auto participants = table("participants.tsv");
    ASSERT_EQ(participants.size(), 1U);
    EXPECT_EQ(participants[0].at("participant_id"), subject);
    EXPECT_EQ(participants[0].at("age"), "88") << "at the first examination";
    EXPECT_EQ(participants[0].at("sex"), "n/a") << "they contradict each other";
    EXPECT_EQ(table(fs::path(subject) / (subject + "_sessions.tsv")).size(), 2U);
    const fs::path anat = fs::path(subject) / session / "anat";
    const std::string stem = subject + "_" + session + "_seg-paraspinal_dseg";
    EXPECT_EQ(files().at(anat / (stem + ".nii.gz")),
              read_file(record_path(run(), kUid1).parent_path() / "labels.nii.gz").value());
    const auto lookup = table(anat / (stem + ".tsv"));
    ASSERT_EQ(lookup.size(), kStructures.size());
    EXPECT_EQ(lookup[0].at("index"), "1");
    EXPECT_EQ(lookup[6].at("name"), "psoas left");
    EXPECT_TRUE(std::regex_match(lookup[0].at("color"), std::regex("#[0-9a-f]{6}")));
    EXPECT_FALSE(nlohmann::json::parse(files().at(anat / (stem + ".json"))).at("Manual"));
}

TEST_F(Bids, WritesOldAgesAsItAsks) {
    add({.study_uid = kUid1, .patient_id = "A", .age = "93.5"});
    write();
    EXPECT_EQ(table("participants.tsv")[0].at("age"), "89+");
}

TEST_F(Bids, LeavesOutALabelMapThatIsNotTheOneOfTheRow) {
    add({.study_uid = kUid1, .patient_id = "A"}, 4);
    add({.study_uid = kUid2, .patient_id = "B"}, 0);
    const BidsDataset dataset = write();
    EXPECT_EQ(dataset.segmentations, 0);
    ASSERT_EQ(dataset.notes.size(), 2U);
    EXPECT_NE(dataset.notes[0].find("pixels") == std::string::npos,
              dataset.notes[1].find("pixels") == std::string::npos);
    EXPECT_EQ(table("phenotype/paraspinal_mri.tsv").size(), 2U) << "the rows stay";
}

TEST_F(Bids, TakesTheOutlinesOfAReader) {
    const Row row{.study_uid = kUid1, .patient_id = "A"};
    add(row);
    Reading reading{.study_uid = kUid1,
                    .reader = "anna",
                    .time = "2026-11-30T08:00:00Z",
                    .decision = Decision::corrected,
                    .outlines = "readings/anna/1/x",
                    .measurement = measurement_of(row),
                    .muscles = muscles_of(5)};
    reading.measurement.set("outline_source", "reader+model");
    append_reading(run(), reading);
    write_labels(run() / reading.outlines / "labels.nii.gz", 5);
    EXPECT_EQ(write().segmentations, 1);
    const auto all = files();
    const auto sidecar = std::ranges::find_if(
        all, [](const auto& file) { return file.first.ends_with("dseg.json"); });
    EXPECT_TRUE(nlohmann::json::parse(sidecar->second).at("Manual"));
    EXPECT_EQ(nlohmann::json::parse(sidecar->second).at("Reading"), "corrected");
}

TEST_F(Bids, NamesNobodyAndMixesWithNothing) {
    add({.study_uid = kUid1, .patient_id = "A"});
    EXPECT_THROW(write({}), Error);
    write();
    EXPECT_THROW(write(), Error) << "the folder is not empty";
}

}  // namespace
}  // namespace paraspinal
