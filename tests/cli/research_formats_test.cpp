// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `export --redcap` and `--bids` of a run over the sample studies and broken files.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

const fs::path& results() {
    static const TemporaryFolder folder;
    static const ProgramRun run = run_paraspinal({"batch",
                                                  source_folder() / "sample_dicom",
                                                  source_folder() / "tests/broken_dicom",
                                                  "-o",
                                                  folder.path(),
                                                  "-q"});
    EXPECT_EQ(run.exit_code, 8) << run.err;
    return folder.path();
}

void write_key(const fs::path& file) {
    std::ofstream(file) << "correct horse battery staple";
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

TEST(ResearchFormats, GoToRedcapWithARecordAnExamination) {
    const TemporaryFolder folder;
    const fs::path redcap = folder.path() / "redcap";
    const ProgramRun run = run_paraspinal(
        {"export", results(), "-o", folder.path() / "cohort.csv", "--redcap", redcap});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.err.find("redcap_import.csv"), std::string::npos) << run.err;
    const std::string import = content_of(redcap / "redcap_import.csv");
    EXPECT_EQ(lines_of(import).size(), lines_of(content_of(folder.path() / "cohort.csv")).size());
    EXPECT_EQ(cell(import, "patient_id"), "sample-a");
    EXPECT_EQ(cell(import, "study_date"), "2026-01-05");
    EXPECT_EQ(cell(import, "csa_cm2"), cell(content_of(results() / "measurements.csv"), "csa_cm2"));
    EXPECT_TRUE(lines_of(content_of(redcap / "redcap_data_dictionary.csv"))
                    .front()
                    .starts_with("Variable / Field Name,Form Name,Section Header,Field Type,"));
}

TEST(ResearchFormats, SayThatReadingsAreDamaged) {
    const TemporaryFolder folder;
    const fs::path run = folder.path() / "run";
    fs::copy(results(), run, fs::copy_options::recursive);
    const fs::path table = folder.path() / "cohort.csv";
    const auto expect = [&](int code, const std::string& said) {
        const ProgramRun exported = run_paraspinal({"export", run, "-o", table});
        const ProgramRun reported = run_paraspinal({"report", run});
        for (const ProgramRun& one : {exported, reported}) {
            EXPECT_EQ(one.exit_code, code) << one.err;
            EXPECT_NE(one.err.find(said), std::string::npos) << one.err;
        }
    };
    std::ofstream(run / "readings.jsonl") << "{\"study_uid\":\"1.2.3\",\"patient\n";
    expect(8, "1 lines of '");
    EXPECT_EQ(run_paraspinal({"export", run, "-o", table, "--reading", "model"}).exit_code, 0);
    const ProgramRun batch =
        run_paraspinal({"batch", source_folder() / "sample_dicom/patient_a", "-o", run, "-q"});
    EXPECT_EQ(batch.exit_code, 8);
    EXPECT_NE(batch.err.find("1 lines of '"), std::string::npos) << batch.err;
    fs::remove(run / "readings.jsonl");
    fs::create_directory(run / "readings.jsonl");
    expect(3, "which holds what people decided");
}

TEST(ResearchFormats, ArriveInSpssAndStata) {
    const TemporaryFolder folder;
    const fs::path table = folder.path() / "cohort.csv";
    const fs::path sav = folder.path() / "cohort.sav";
    const fs::path dta = folder.path() / "cohort.dta";
    const ProgramRun run =
        run_paraspinal({"export", results(), "-o", table, "--sav", sav, "--dta", dta});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(run_paraspinal({"export", results(), "-o", table, "--sav", dta}).exit_code, 2);
    const auto described = [](const fs::path& file) {
        const std::string text =
            run_paraspinal({"cohort", "describe", file, "--format", "csv"}).out;
        std::vector<std::string> rows;
        for (const std::string& line : lines_of(text)) {
            if (line.starts_with("csa_cm2,") || line.starts_with("fdr_pct,") ||
                line.starts_with("status,") || line.starts_with("patient_sex,")) {
                rows.push_back(line);
            }
        }
        return rows;
    };
    EXPECT_EQ(described(table).size(), 4U);
    EXPECT_EQ(described(sav), described(table));
    EXPECT_EQ(described(dta), described(table));
}

TEST(ResearchFormats, BecomeABidsDatasetUnderPseudonyms) {
    const TemporaryFolder folder;
    const fs::path key = folder.path() / "key";
    const fs::path bids = folder.path() / "bids";
    const fs::path table = folder.path() / "cohort.csv";
    write_key(key);
    EXPECT_EQ(run_paraspinal({"export", results(), "-o", table, "--bids", bids}).exit_code, 2)
        << "without a key";
    const ProgramRun run =
        run_paraspinal({"export", results(), "-o", table, "--bids", bids, "--pseudonymize", key});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.err.find("3 subjects, 2 segmentations"), std::string::npos) << run.err;
    std::size_t segmentations = 0;
    for (const auto& entry : fs::recursive_directory_iterator(bids)) {
        const std::string name = entry.path().filename().string();
        segmentations += name.ends_with("_dseg.nii.gz") ? 1 : 0;
        if (!entry.is_regular_file()) {
            continue;
        }
        EXPECT_EQ(content_of(entry.path()).find("sample-"), std::string::npos) << name;
    }
    EXPECT_EQ(segmentations, 2U);
    EXPECT_EQ(lines_of(content_of(bids / "phenotype/paraspinal_mri.tsv")).size(),
              lines_of(content_of(table)).size());
    EXPECT_NE(
        content_of(bids / "participants.tsv").find("sub-" + cell(content_of(table), "patient_id")),
        std::string::npos);
}

TEST(ResearchFormats, TakeClinicalColumnsAndDescribeTheMethods) {
    const TemporaryFolder folder;
    const fs::path clinical = folder.path() / "ward.csv";
    std::ofstream(clinical) << "patient_id;Größe (cm);CRP;brace\nsample-a;171,5;<0.6;yes\n"
                               "sample-b;180;3.1;no\n";
    const fs::path redcap = folder.path() / "redcap";
    const fs::path methods = folder.path() / "methods.md";
    const ProgramRun run = run_paraspinal({"export",
                                           results(),
                                           "-o",
                                           folder.path() / "cohort.csv",
                                           "--clinical",
                                           clinical,
                                           "--redcap",
                                           redcap,
                                           "--methods",
                                           methods});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const std::string import = content_of(redcap / "redcap_import.csv");
    EXPECT_EQ(cell(import, "gr_e_cm"), "171.5");
    EXPECT_EQ(cell(import, "crp"), "<0.6");
    EXPECT_EQ(cell(import, "brace"), "1");
    const std::string dictionary = content_of(redcap / "redcap_data_dictionary.csv");
    EXPECT_NE(dictionary.find("gr_e_cm,clinical_data,,text,Größe (cm),,,number,"),
              std::string::npos)
        << dictionary;
    EXPECT_NE(content_of(methods).find("| measured | 2 |"), std::string::npos);
    EXPECT_EQ(content_of(methods).find("sample-a"), std::string::npos) << "IDs";
}

TEST(ResearchFormats, AFailingJoinWritesNothing) {
    const TemporaryFolder folder;
    const fs::path clinical = folder.path() / "ward.csv";
    std::ofstream(clinical) << "patient_id,age_years\nnobody,70\n";
    const fs::path out = folder.path() / "out";
    for (const fs::path& file : {clinical, folder.path() / "missing.csv"}) {
        const ProgramRun run = run_paraspinal({"export",
                                               results(),
                                               "-o",
                                               out / "cohort.csv",
                                               "--clinical",
                                               file,
                                               "--sav",
                                               out / "spss" / "cohort.sav"});
        EXPECT_NE(run.exit_code, 0);
        for (const auto& entry : fs::recursive_directory_iterator(out)) {
            EXPECT_TRUE(entry.is_directory()) << entry.path();
        }
    }
    std::ofstream(clinical) << "patient_id,group\nsample-a,1\n";
    EXPECT_EQ(run_paraspinal({"export",
                              results(),
                              "-o",
                              out / "cohort.csv",
                              "--clinical",
                              clinical,
                              "--sav",
                              out / "new" / "cohort.sav"})
                  .exit_code,
              0);
    EXPECT_TRUE(fs::exists(out / "new" / "cohort.sav")) << "its folder is made";
}

}  // namespace
}  // namespace paraspinal::testing
