// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

// Fifty women of 41 to 90 years, measured as the row of `table` was.
void write_controls(const fs::path& file, const std::string& table) {
    std::ofstream stream(file);
    stream
        << "patient_id,gender,age,status,level,level_source,outline_source,outline_model,roi,"
           "fat_method,fat_guard,csa_repeat_low_cm2,fdr_repeat_low_pct,pixel_row_mm,pixel_col_mm,"
           "software_version,study_uid,csa_cm2,fdr_pct\n";
    for (int i = 0; i < 50; ++i) {
        stream << "c" << i << ",female," << 41 + i << ",ok,L3,sagittal,model,"
               << cell(table, "outline_model") << ",fascial," << cell(table, "fat_method") << ","
               << cell(table, "fat_guard") << ",1,1," << cell(table, "pixel_row_mm") << ","
               << cell(table, "pixel_col_mm") << "," << cell(table, "software_version") << ",,"
               << 38 + 5 * std::sin(7.0 * i) << "," << 25 + 6 * std::cos(5.0 * i) << "\n";
    }
}

TEST(NormsCommand, PlacesAStudyAmongControls) {
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    const fs::path controls = folder.path() / "controls.csv";
    const fs::path card = folder.path() / "norms.json";
    const std::string study = (source_folder() / "sample_dicom/patient_a").string();
    const std::vector<std::string> measure{"measure", study, "-q", "-o", out.string()};
    ASSERT_EQ(run_paraspinal(measure).exit_code, 0);
    const std::string table = content_of(out / "measurements.csv");
    EXPECT_FALSE(fs::exists(out / "norms.csv"));
    write_controls(controls, table);

    const ProgramRun fit = run_paraspinal(
        {"norms", "fit", controls.string(), "--by", "gender,age", "-o", card.string()});
    ASSERT_EQ(fit.exit_code, 0) << fit.err;
    EXPECT_NE(fit.out.find("50 of 50 rows entered."), std::string::npos) << fit.out;
    EXPECT_NE(fit.out.find("No controls of sex M."), std::string::npos) << fit.out;

    std::vector<std::string> with_norms = measure;
    with_norms.insert(with_norms.end(), {"--norms", card.string()});
    const ProgramRun measured = run_paraspinal(with_norms);
    ASSERT_EQ(measured.exit_code, 0) << measured.err;
    EXPECT_NE(measured.out.find("percentile"), std::string::npos) << measured.out;
    for (const std::string& line : lines_of(measured.out)) {
        EXPECT_LE(line.size(), 80U) << line;
    }
    const std::string norms = content_of(out / "norms.csv");
    EXPECT_EQ(cell(norms, "quantity"), "csa_cm2");
    EXPECT_EQ(cell(norms, "value"), cell(table, "csa_cm2"));
    EXPECT_NE(cell(norms, "z"), "");
    EXPECT_EQ(content_of(out / "measurements.csv"), table);
    EXPECT_EQ(content_of(out / "norms.json"), content_of(card));
    const fs::path picture = out / cell(table, "study_folder") / "norms.svg";
    EXPECT_NE(content_of(picture).find("50 controls"), std::string::npos);
    EXPECT_EQ(content_of(picture).find("sample-a"), std::string::npos);

    EXPECT_EQ(
        run_paraspinal({"norms", "apply", card.string(), (out / "measurements.csv").string()}).out,
        norms);
    ASSERT_EQ(run_paraspinal({"report", out.string()}).exit_code, 0);
    EXPECT_NE(content_of(out / "report.html").find("/norms.svg'"), std::string::npos);

    // Another share of the way to fat is another FDR.
    std::vector<std::string> share = measure;
    share.back() = (folder.path() / "share").string();
    share.insert(share.end(), {"--fat-share", "0.45"});
    ASSERT_EQ(run_paraspinal(share).exit_code, 0);
    const std::string other =
        run_paraspinal(
            {"norms", "apply", card.string(), (folder.path() / "share/measurements.csv").string()})
            .out;
    EXPECT_EQ(cell(other, "reason"), "");
    EXPECT_NE(other.find(",repeatability_unknown,"), std::string::npos) << other;

    const fs::path batch = folder.path() / "batch";
    const std::vector<std::string> run{"batch", study, "-q", "-o", batch.string()};
    std::vector<std::string> run_norms = run;
    run_norms.insert(run_norms.end(), {"--norms", card.string()});
    ASSERT_EQ(run_paraspinal(run_norms).exit_code, 0);
    EXPECT_EQ(content_of(batch / "norms.csv"), norms);
    ASSERT_EQ(run_paraspinal(run).exit_code, 0);
    EXPECT_FALSE(fs::exists(batch / "norms.csv"));
    EXPECT_FALSE(fs::exists(batch / "norms.json"));
    EXPECT_FALSE(fs::exists(batch / cell(table, "study_folder") / "norms.svg"));
}

TEST(NormsCommand, SaysWhatIsWrongWithACard) {
    const TemporaryFolder folder;
    const fs::path card = folder.path() / "norms.json";
    std::ofstream(card) << "{\"schema\": \"another\"}";
    const std::string study = (source_folder() / "sample_dicom/patient_a").string();
    const ProgramRun other = run_paraspinal({"measure", study, "--norms", card.string()});
    EXPECT_EQ(other.exit_code, 3);
    EXPECT_NE(other.err.find("schema"), std::string::npos) << other.err;
    const ProgramRun none =
        run_paraspinal({"measure", study, "--norms", (folder.path() / "none.json").string()});
    EXPECT_EQ(none.exit_code, 3);
    EXPECT_NE(none.err.find("norms fit"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace paraspinal::testing
