// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/renew_risks.h"

#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "risk/model/load_risk_model.h"
#include "tests/pipeline/report/report_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::phantom_report;
using testing::TemporaryFolder;
using Values = std::vector<std::optional<RiskInput>>;

StudyReport measured() {
    StudyReport report = phantom_report();
    report.level.level = "L3";
    report.risk.reset();
    std::erase_if(report.flags,
                  [](const QcFlag& flag) { return is_of_risk(flag_subject(flag.flag)); });
    return report;
}

ClinicalTable table_of(const RiskModel& model,
                       const std::string& patient_id,
                       std::initializer_list<std::pair<const char*, double>> values,
                       ClinicalTable::Person person = {}) {
    ClinicalTable table;
    Values row(model.predictors.size());
    for (const auto& [key, value] : values) {
        row.at(predictor_index(model, key).value()) = RiskInput{.value = value};
    }
    table.rows[patient_id] = {{.date = {}, .values = row, .person = std::move(person)}};
    return table;
}

// Each with another end: a risk, one beyond what was published, none for four reasons.
std::vector<ClinicalTable> tables(const RiskModel& model) {
    const std::string id = measured().study.patient.id;
    ClinicalTable by_accession = table_of(model, "no such number", {});
    by_accession.key = RowKey::accession_number;
    return {table_of(model, id, {{"age_years", 64}, {"bmd_t_score", -2.5}}),
            table_of(model, id, {{"age_years", 99}, {"multiple_fractures", 0}}),
            table_of(model, id, {{"age_years", 500}}),
            table_of(model, "somebody else", {}),
            table_of(model, id, {}, {.sex = {}, .age_years = 20}),
            by_accession};
}

StudyReport with(const ClinicalTable& table, RiskEstimator& estimator) {
    StudyReport report = measured();
    add_risk(report, estimator, table);
    return report;
}

FoundRisk risk_of(const StudyReport& report) {
    FoundRisk found{.estimate = report.risk, .flags = {}};
    for (const QcFlag& flag : report.flags) {
        if (is_of_risk(flag_subject(flag.flag))) {
            found.flags.push_back(flag);
        }
    }
    return found;
}

TEST(RenewRisks, FromTheTablesIsAsFromTheImage) {
    RiskEstimator estimator(load_risk_model("yang2025"));
    const std::vector<ClinicalTable> all = tables(estimator.model());
    for (const ClinicalTable& before : all) {
        const StudyReport old = with(before, estimator);
        const NamedCells line{.columns = measurement_columns(), .cells = measurement_row(old, "1")};
        const std::string json = measurement_json(old, "1");
        for (const ClinicalTable& after : all) {
            const StudyReport expected = with(after, estimator);
            EXPECT_EQ(with_risk(line, {.estimator = &estimator, .clinical = &after}).cells,
                      measurement_row(expected, "1"));
            EXPECT_EQ(with_risk(json, risk_of(expected)), measurement_json(expected, "1"));
        }
        EXPECT_EQ(with_risk(line, {}).cells, measurement_row(measured(), "1")) << "no table";
        EXPECT_EQ(with_risk(json, {}), measurement_json(measured(), "1"));
    }
}

TEST(RenewRisks, NotWhereTheTablesLackAnInterval) {
    RiskModel model = load_risk_model("yang2025");
    EXPECT_TRUE(rests_on_tables(model));
    model.predictors.at(0).key = "lean_csa_cm2";
    EXPECT_TRUE(rests_on_tables(model));
    model.predictors.at(0).key = "fat_fraction_pct";
    EXPECT_FALSE(rests_on_tables(model));
}

// Two studies of a batch, measured without a table.
class RenewedBatch : public ::testing::Test {
  protected:
    RenewedBatch() {
        options_.folder = folder_.path();
        options_.options_fingerprint = "options";
        options_.risk_fingerprint = "no table";
        ledger_ = open_ledger(folder_.path()).ledger;
        for (const char* const study_uid : {"1.1", "1.2"}) {
            StudyReport report = measured();
            report.study.study_uid = study_uid;
            StudyRecord record =
                study_record(report, {}, {.inputs = "in", .options = "options"}, "1");
            make_output_folder(study(study_uid));
            write_file(study(study_uid) / "record.json", record_json(record));
            write_file(study(study_uid) / "measurement.json", measurement_json(report, "1"));
            ledger_->store(ledger_entry(record), options_.risk_fingerprint);
        }
        options_.risk_fingerprint = "a table";
    }

    [[nodiscard]] fs::path study(const std::string& study_uid) const {
        return record_path(folder_.path(), study_uid).parent_path();
    }
    [[nodiscard]] std::string text(const std::string& study_uid, const char* file) const {
        return read_file(study(study_uid) / file).value();
    }
    RenewedRisks renew() {
        return renew_risks(*ledger_, options_, {.estimator = &estimator_, .clinical = &table_}, [] {
            return false;
        });
    }

    TemporaryFolder folder_;
    BatchOptions options_;
    std::unique_ptr<Ledger> ledger_;
    RiskEstimator estimator_{load_risk_model("yang2025")};
    ClinicalTable table_ = tables(estimator_.model()).front();
};

TEST_F(RenewedBatch, FilesAndLedgerSayTheSame) {
    const RenewedRisks renewed = renew();
    EXPECT_EQ(renewed.estimated, 2);
    EXPECT_EQ(renewed.changed, 2);
    for (const char* const study_uid : {"1.1", "1.2"}) {
        StudyReport expected = measured();
        expected.study.study_uid = study_uid;
        add_risk(expected, estimator_, table_);
        EXPECT_EQ(text(study_uid, "measurement.json"), measurement_json(expected, "1"));
        EXPECT_EQ(text(study_uid, "record.json"), ledger_->entry(study_uid)->record);
        EXPECT_EQ(parse_record(text(study_uid, "record.json")).measurement.cells,
                  measurement_row(expected, "1"));
    }
    EXPECT_EQ(renew().estimated, 0) << "they rest on the table now";
    options_.risk_fingerprint = "another table with the same rows";
    EXPECT_EQ(renew().estimated, 2);
    options_.risk_fingerprint = "yet another one";
    EXPECT_EQ(renew().changed, 0);
}

// Cut off behind the files, the ledger does not know; behind the ledger, there is nothing to do.
TEST_F(RenewedBatch, GoesOnWhereItWasCutOff) {
    EXPECT_EQ(ledger_->begin_risks("options", "a table").size(), 2U);
    write_file(study("1.1") / ".partial-999999999-record.json", "half");
    options_.risk_fingerprint = "no table";
    EXPECT_EQ(renew().estimated, 2) << "what was begun may have changed files";
    EXPECT_FALSE(fs::exists(study("1.1") / ".partial-999999999-record.json"));
}

TEST_F(RenewedBatch, LeavesWhatIsMeasuredAgainAnyway) {
    ledger_->begin_again("1.1");
    EXPECT_EQ(renew().estimated, 1);
    EXPECT_EQ(parse_record(text("1.1", "record.json")).measurement.get("risk_pct"), "");
    options_.options_fingerprint = "other options";
    options_.risk_fingerprint = "another table";
    EXPECT_EQ(renew().estimated, 0);
    options_.risk_fingerprint = "";
    EXPECT_EQ(renew().estimated, 0) << "measured again where it differs";
}

TEST_F(RenewedBatch, HasAStudyMeasuredAgainWhoseFileIsDamaged) {
    write_file(study("1.1") / "measurement.json", "{\"flags\":[");
    fs::remove(study("1.2") / "measurement.json");
    EXPECT_EQ(renew().changed, 2);
    EXPECT_EQ(ledger_->state("1.1")->inputs, "");
    EXPECT_EQ(ledger_->state("1.2")->inputs, "in") << "it was not asked for";
    EXPECT_FALSE(fs::exists(study("1.2") / "measurement.json"));
    EXPECT_NE(parse_record(text("1.2", "record.json")).measurement.get("risk_pct"), "");
}

}  // namespace
}  // namespace paraspinal
