// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// A patient's risk is the same text whether it comes with the measurement (`measure`, `batch`,
// `export`) or out of the table that those wrote (`risk --measurements`).
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// Of neither patient the risk is near 0 or 1, where an interval shows no difference; one lacks
// values, and the area that the clinical table has is not that of the image.
constexpr const char* kClinical =
    "patient_id,age_years,diabetes,hemoglobin_g_l,total_protein_g_l,albumin_g_l,hdl_c_mmol_l,"
    "beta_ctx_ng_ml,pth_ng_ml,vitamin_d_nmol_l,multiple_fractures,bmd_t_score,regular_exercise,"
    "anti_osteoporosis_treatment,csa_cm2\n"
    "sample-a,61,1,113,61,36,1.30,0.8,45,24,1,-4.4,0,0,\n"
    "sample-b,,1,118,,37,1.30,0.7,44,30,1,-3.6,0,0,55\n";

class RiskDoors : public ::testing::Test {
  protected:
    RiskDoors() { std::ofstream(clinical(), std::ios::binary) << kClinical; }

    [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }
    [[nodiscard]] std::string clinical() const { return (folder_.path() / "c.csv").string(); }

    [[nodiscard]] Arguments with_samples(const std::string& command) const {
        const fs::path samples = source_folder() / "sample_dicom";
        return {command,
                (samples / "patient_a").string(),
                (samples / "patient_b").string(),
                "-q",
                "--clinical",
                clinical(),
                "-o",
                out().string()};
    }

    // A model of the user's own, about the lean area instead of CSA.
    [[nodiscard]] std::string lean_model() const {
        std::string card = content_of(source_folder() / "risk/models/yang2025.json");
        const std::string key = "\"csa_cm2\"";
        for (std::size_t at = card.find(key); at != std::string::npos; at = card.find(key)) {
            card.replace(at, key.size(), "\"lean_csa_cm2\"");
        }
        const fs::path file = folder_.path() / "lean.json";
        std::ofstream(file, std::ios::binary) << card;
        return file.string();
    }

    void expect_same_risks(const std::string& measurements,
                           const fs::path& file,
                           const std::string& model = "yang2025") const {
        const ProgramRun risk = run_paraspinal(
            {"risk", "--model", model, "--clinical", clinical(), "--measurements", file.string()});
        EXPECT_EQ(risk.exit_code, 0) << risk.err;
        for (int row = 0; row < 2; ++row) {
            ASSERT_EQ(cell(measurements, "patient_id", row), cell(risk.out, "patient_id", row));
            for (const char* const column : {"risk_pct", "risk_low_pct", "risk_high_pct"}) {
                EXPECT_NE(cell(measurements, column, row), "") << column;
                EXPECT_EQ(cell(measurements, column, row), cell(risk.out, column, row)) << column;
            }
            EXPECT_EQ(cell(measurements, "risk_imputed", row), cell(risk.out, "risk_imputed", row));
            EXPECT_NE(cell(measurements, "vb_low_cm2", row), "");
            EXPECT_NE(cell(measurements, "vb_high_cm2", row), "");
        }
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(RiskDoors, OfMeasure) {
    EXPECT_EQ(run_paraspinal(with_samples("measure")).exit_code, 0);
    const fs::path table = out() / "measurements.csv";
    expect_same_risks(content_of(table), table);
}

TEST_F(RiskDoors, OfAModelThatNamesAnotherMeasuredColumn) {
    Arguments arguments = with_samples("measure");
    const std::string model = lean_model();
    arguments.insert(arguments.end(), {"--risk-model", model});
    EXPECT_EQ(run_paraspinal(arguments).exit_code, 0);
    const fs::path table = out() / "measurements.csv";
    EXPECT_EQ(cell(content_of(table), "risk_imputed", 0), "");
    expect_same_risks(content_of(table), table, model);
}

TEST_F(RiskDoors, OfBatchAndExport) {
    EXPECT_EQ(run_paraspinal(with_samples("batch")).exit_code, 0);
    const fs::path table = out() / "measurements.csv";
    const fs::path exported = out() / "export.csv";
    expect_same_risks(content_of(table), table);
    EXPECT_EQ(run_paraspinal({"export", out().string(), "-q", "-o", exported.string()}).exit_code,
              0);
    expect_same_risks(content_of(exported), exported);
}

}  // namespace
}  // namespace paraspinal::testing
