// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/reader_agreement.h"

#include "core/error.h"
#include "core/text.h"
#include "io/nifti/write_volume.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/compare/readers/reader_agreement_report.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

// A run of four studies whose only outline is a square of the left psoas, 20 x 20 mm.
class AgreeReaders : public ::testing::Test {
  protected:
    AgreeReaders() {
        for (int study = 1; study <= 4; ++study) {
            const std::filesystem::path place = folder_.path() / uid(study);
            write_square(place, 0);
            std::ofstream(place / "record.json") << record_json(record(study, 30 + study));
        }
    }

    static std::string uid(int study) { return "1." + std::to_string(study); }

    static StudyRecord record(int study, double csa_cm2) {
        const std::string csa = fixed_text(csa_cm2, 3);
        return {.study_uid = uid(study),
                .patient_id = "P" + std::to_string(study),
                .status = "ok",
                .measurement = {.columns = {"study_uid", "status", "sop_instance_uid", "csa_cm2"},
                                .cells = {uid(study), "ok", "9." + std::to_string(study), csa}},
                .muscles = {{.columns = {"structure", "side", "area_cm2", "fdr_pct"},
                             .cells = {"psoas", "left", csa, ""}}}};
    }

    static void write_square(const std::filesystem::path& place, int shift) {
        std::filesystem::create_directories(place);
        LabelMap labels({.rows = 64, .cols = 64});
        for (int row = 10; row < 30; ++row) {
            for (int col = 10 + shift; col < 30 + shift; ++col) {
                labels[{row, col}] = Structure::psoas_left;
            }
        }
        write_nifti_labels(place / "labels.nii.gz",
                           labels,
                           {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {.origin_mm = {}}});
    }

    void read(const std::string& reader, int study, Decision decision) {
        append_reading(folder_.path(),
                       {.study_uid = uid(study),
                        .reader = reader,
                        .time = "2026-11-30T08:00:00Z",
                        .decision = decision,
                        .seen = seen_cells(record(study, 30 + study).measurement)});
    }

    // Moves the square by five pixels and measures `csa_cm2`.
    void correct(const std::string& reader,
                 int study,
                 double csa_cm2,
                 const std::string& slice = "",
                 const std::vector<std::string>& touched = {"psoas_left"}) {
        const std::string outlines = "readings/" + reader + "/1/" + uid(study);
        write_square(folder_.path() / outlines, 5);
        StudyRecord corrected = record(study, csa_cm2);
        if (!slice.empty()) {
            corrected.measurement.set("sop_instance_uid", slice);
        }
        append_reading(folder_.path(),
                       {.study_uid = uid(study),
                        .reader = reader,
                        .time = "2026-11-30T08:00:00Z",
                        .decision = Decision::corrected,
                        .seen = seen_cells(record(study, 30 + study).measurement),
                        .touched = touched,
                        .outlines = outlines,
                        .measurement = corrected.measurement,
                        .muscles = corrected.muscles});
    }

    void read_all() {
        read("anna", 1, Decision::accepted);
        correct("anna", 2, 33);
        read("anna", 3, Decision::accepted);
        read("anna", 4, Decision::rejected);
        read("ben", 1, Decision::accepted);
        correct("ben", 2, 34);
        correct("ben", 3, 35.5);
        read("ben", 4, Decision::accepted);
    }

    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(AgreeReaders, ComparesTheNumbersOfStudiesThatAllOfThemHave) {
    read_all();
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben", "model"});
    EXPECT_EQ(result.numbers.joined, 3) << "anna rejected the fourth";
    ASSERT_EQ(result.numbers.columns.size(), 6U) << "two columns, three pairs";
    EXPECT_EQ(agreement_name(result.numbers.columns[0]), "csa_cm2, anna - ben");
    EXPECT_EQ(result.numbers.columns[0].first, (std::vector<double>{31, 33, 33}));
    EXPECT_EQ(result.numbers.columns[0].second, (std::vector<double>{31, 34, 35.5}));
    EXPECT_EQ(result.numbers.columns[1].second, (std::vector<double>{31, 32, 33}));
    EXPECT_EQ(agreement_name(result.numbers.columns[3]), "area_cm2, psoas left, anna - ben");
    EXPECT_EQ(result.numbers.together.size(), 2U);
    EXPECT_TRUE(result.numbers.together[0].correlation.has_value());
}

TEST_F(AgreeReaders, OutlinesThatNobodyDrewAgreeByConstructionAndAreSaidTo) {
    read_all();
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben", "model"});
    ASSERT_EQ(result.shared.size(), 3U);
    EXPECT_EQ(result.shared[0].raters, "anna - ben");
    EXPECT_EQ(result.shared[0].studies, 3);
    EXPECT_EQ(result.shared[0].shared, 1);
    EXPECT_EQ(result.shared[1].raters, "anna - model");
    EXPECT_EQ(result.shared[1].shared, 2);
    std::vector<double> dice;
    for (const ReaderOverlap& row : result.outlines) {
        if (row.raters == "anna - ben") {
            dice.push_back(row.overlap.dice.value());
        }
    }
    EXPECT_EQ(dice, (std::vector<double>{1, 0.75})) << "both moved it; ben alone moved it";
}

TEST_F(AgreeReaders, CountsDecisionsAndTheirKappa) {
    read_all();
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben", "model"});
    ASSERT_EQ(result.decisions.size(), 1U) << "the model decides about nothing";
    EXPECT_EQ(result.decisions[0].subjects, 4);
    EXPECT_EQ(result.decisions[0].counts, (RatingCounts{{1, 1, 0}, {0, 1, 0}, {1, 0, 0}}));
    EXPECT_NEAR(result.decisions[0].kappa.value().value, (0.5 - 0.375) / (1 - 0.375), 1e-12);
    EXPECT_EQ(result.counts[0].accepted, 2);
    EXPECT_EQ(result.counts[0].rejected, 1);
    EXPECT_TRUE(result.counts[2].is_model);
}

TEST_F(AgreeReaders, LeavesOutWhatWasDecidedBeforeItWasMeasuredAgain) {
    read_all();
    std::ofstream(folder() / uid(1) / "record.json") << record_json(record(1, 29));
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben"});
    EXPECT_EQ(result.numbers.joined, 2);
    EXPECT_EQ(result.counts[0].outdated, 1);
    StudyRecord moved = record(2, 28);
    moved.measurement.set("fat_method", "otsu");
    std::ofstream(folder() / uid(2) / "record.json") << record_json(moved);
    const ReaderAgreement with_model = agree_readers(folder(), {"ben", "model"});
    EXPECT_EQ(with_model.numbers.joined, 2) << "ben corrected the second by another fat method";
    EXPECT_EQ(with_model.counts[0].outdated, 2);
    ASSERT_EQ(with_model.numbers.notes.size(), 1U);
    EXPECT_TRUE(with_model.numbers.notes[0].starts_with("2 studies"));
}

TEST_F(AgreeReaders, LeavesOutStudiesThatWereNotReadOnOneSlice) {
    read_all();
    correct("anna", 1, 29, "9.9", {});
    correct("anna", 3, 28, "9.8");
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben", "model"});
    EXPECT_EQ(result.numbers.joined, 1);
    EXPECT_EQ(result.shared[0].studies, 1) << "anna - ben";
    EXPECT_EQ(result.shared[0].shared, 0) << "a slice of her own is no outline of the run";
    EXPECT_EQ(result.shared[2].studies, 4) << "ben and the model read all on one slice";
    EXPECT_TRUE(std::ranges::none_of(result.outlines, [](const ReaderOverlap& row) {
        return row.study_uid == "1.3" && row.raters != "ben - model";
    }));
    ASSERT_EQ(result.other_slices.size(), 2U);
    EXPECT_EQ(result.other_slices[0].study_uid, "1.1");
    EXPECT_EQ(result.other_slices[0].slices, (std::vector<std::string>{"9.9", "9.1", "9.1"}));
    ASSERT_EQ(result.numbers.notes.size(), 1U);
    EXPECT_TRUE(result.numbers.notes[0].starts_with("2 studies left out: not all read the same"));
    EXPECT_NE(result.numbers.notes[0].find("(1.1, 1.3)"), std::string::npos);
    for (const std::string& report :
         {reader_agreement_text(result), reader_agreement_page(result)}) {
        EXPECT_NE(report.find("ben, model: 9.3"), std::string::npos) << report;
    }
    correct("anna", 2, 28, "9.7");
    EXPECT_THROW(agree_readers(folder(), {"anna", "ben"}), Error) << "none is left";
}

TEST_F(AgreeReaders, SaysItOnOnePageAndInTables) {
    read_all();
    const ReaderAgreement result = agree_readers(folder(), {"anna", "ben"});
    const std::string page = reader_agreement_page(result);
    for (const char* const part :
         {"Agreement of anna, ben", "by construction", "Koo and Li", "<svg", "0.875", "Kappa"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(page.find("http://www.w3.org/1999"), std::string::npos) << "needs no other file";
    EXPECT_NE(decisions_csv(result).find("anna - ben,4,1,1,0,0,1,0,1,0,0,2,0.2,"),
              std::string::npos)
        << decisions_csv(result);
    EXPECT_NE(reader_outlines_csv(result).find("anna - ben,1.3,psoas_left,0.75,"),
              std::string::npos)
        << reader_outlines_csv(result);
    const std::string text = reader_agreement_text(result);
    for (const std::string& line : split(text, '\n')) {
        EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST_F(AgreeReaders, RefusesWhatHasNoAnswer) {
    read("anna", 1, Decision::accepted);
    read("ben", 2, Decision::accepted);
    try {
        agree_readers(folder() / "missing", {"anna", "ben"});
        ADD_FAILURE() << "no such folder";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::input_not_found);
    }
    EXPECT_THROW(agree_readers(folder(), {"anna"}), Error);
    EXPECT_THROW(agree_readers(folder(), {"anna", "anna"}), Error);
    EXPECT_THROW(agree_readers(folder(), {"anna", "latest"}), Error) << "with herself";
    EXPECT_THROW(agree_readers(folder(), {"anna", "nobody"}), Error);
    EXPECT_THROW(agree_readers(folder(), {"anna", "ben"}), Error) << "no study in common";
    append_reading(folder(),
                   {.study_uid = uid(1),
                    .reader = "eve",
                    .time = "2026-11-30T08:00:00Z",
                    .decision = Decision::corrected,
                    .outlines = "readings/../../elsewhere"});
    EXPECT_THROW(agree_readers(folder(), {"anna", "eve"}), Error) << "out of the run";
}

}  // namespace
}  // namespace paraspinal
