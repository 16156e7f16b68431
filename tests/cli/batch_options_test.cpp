// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// How the options of a batch reach its workers, and which change what it measures again.
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

const fs::path& sample() {
    static const fs::path folder = source_folder() / "sample_dicom" / "patient_b";
    return folder;
}

// No text in any encoding that JSON takes, and what an encoding might stumble over.
constexpr const char* kOddName = "\xfc%41 \n";

class BatchOptions : public ::testing::Test {
  protected:
    // Started in `folder`, so that names are relative to it.
    [[nodiscard]] ProgramRun run(const Arguments& arguments) const {
        Arguments all{"-C", folder.path().string(), PARASPINAL_BINARY};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return run_program("env", all);
    }
    [[nodiscard]] ProgramRun run_batch(Arguments options) const {
        options.insert(options.begin(), {"batch", sample().string(), "-o", "out"});
        return run(options);
    }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder.path() / name) << content;
    }
    // How many studies the run measured.
    static std::string measured(const ProgramRun& run) {
        const std::size_t end = run.err.find(" to measure");
        return end == std::string::npos ? run.err : run.err.substr(end - 1, 1);
    }

    TemporaryFolder folder;
};

TEST_F(BatchOptions, OnlyFilesThatOptionsNameCount) {
    write(kOddName, "patient_id,age_years\nsample-b,78\n");
    const Arguments options{"--level=L3", "--clinical", kOddName};
    EXPECT_EQ(measured(run_batch(options)), "1");
    // Files that are called like values of options.
    for (const char* const name : {"L3", "fascial", "yang2025", "csv,json,png,nifti"}) {
        write(name, "no model card");
    }
    EXPECT_EQ(measured(run_batch(options)), "0");
    write(kOddName, "patient_id,age_years\nsample-b,79\n");
    EXPECT_EQ(measured(run_batch(options)), "0") << "only the risk rests on it";
    const std::string changed = "estimated again from what was measured, 1 changed";
    EXPECT_EQ(run_batch(options).err.find(changed), std::string::npos) << "once is enough";
    write(kOddName, "patient_id,age_years\nsample-b,78\n");
    EXPECT_NE(run_batch(options).err.find(changed), std::string::npos);
    const Arguments report{"--write=csv,sr", "--level=L3", "--clinical", kOddName};
    EXPECT_EQ(measured(run_batch(report)), "1");
    write(kOddName, "patient_id,age_years\nsample-b,79\n");
    EXPECT_EQ(measured(run_batch(report)), "1") << "the report says the risk";
}

TEST_F(BatchOptions, WhoDrewOutlinesIsNothingWithoutThem) {
    const ProgramRun lone =
        run({"batch", sample().string(), "-o", "lone", "--outlines-reader=carl"});
    EXPECT_EQ(lone.exit_code, 2) << lone.err;
    EXPECT_NE(lone.err.find("--outlines-dir"), std::string::npos) << lone.err;
}

// Every file as if all had been measured with that table, corrections drawn elsewhere included.
TEST_F(BatchOptions, AnotherClinicalTableMakesWhatAFreshRunMakes) {
    const fs::path drawn = folder.path() / "drawn";
    fs::create_directory(drawn);
    EXPECT_EQ(run_batch({}).exit_code, 0);
    const std::string study =
        cell(content_of(folder.path() / "out/measurements.csv"), "study_folder");
    fs::copy(folder.path() / "out" / study / "labels.nii.gz", drawn / (study + ".nii.gz"));
    write("a.csv", "patient_id,age_years\nsample-b,78\n");
    write("b.csv", "patient_id,age_years,bmd_t_score\nsample-b,79,-2.5\n");
    const Arguments outlines{"--outlines-dir=drawn", "--outlines-reader=ann"};
    const auto with = [&](const std::string& table) {
        Arguments options{"--clinical", table};
        options.insert(options.end(), outlines.begin(), outlines.end());
        return options;
    };
    EXPECT_EQ(measured(run_batch(with("a.csv"))), "0");
    const std::string of_a = content_of(folder.path() / "out/measurements.csv");
    EXPECT_EQ(cell(of_a, "review_status"), "corrected");
    EXPECT_EQ(measured(run_batch(with("b.csv"))), "0");
    const std::string of_b = content_of(folder.path() / "out/measurements.csv");
    EXPECT_NE(cell(of_a, "risk_pct"), cell(of_b, "risk_pct"));
    EXPECT_EQ(run({"batch",
                   sample().string(),
                   "-o",
                   "fresh",
                   "--clinical=b.csv",
                   outlines[0],
                   outlines[1]})
                  .exit_code,
              0);
    for (const std::string file : {"measurements.csv", "muscles.csv", "vertebrae.csv"}) {
        EXPECT_EQ(content_of(folder.path() / "out" / file),
                  content_of(folder.path() / "fresh" / file));
    }
    for (const auto& entry : fs::directory_iterator(folder.path() / "fresh" / study)) {
        EXPECT_EQ(content_of(entry.path()),
                  content_of(folder.path() / "out" / study / entry.path().filename()))
            << entry.path().filename();
    }
}

TEST_F(BatchOptions, ReachTheWorkers) {
    write(kOddName, "patient_id,age_years\nsample-b,78\n");
    write("key", "a key of more than 16 bytes");
    fs::permissions(folder.path() / "key", fs::perms::owner_read);
    const std::string plain = run({"measure", "-q", "--format=csv", sample().string()}).out;
    const Arguments place{"--slice=" + cell(plain, "sop_instance_uid"),
                          "--series=" + cell(plain, "series_uid"),
                          "--level=L2"};
    const std::vector<Arguments> cases{
        {"--fat-threshold=200", "--roi=muscle", std::string("--clinical=") + kOddName},
        {"--fat-method=reference", "--fat-share=0.5", "--no-bias-correction"},
        {"--write=csv,seg", "--deidentify=key"}};
    for (Arguments options : cases) {
        options.insert(options.end(), place.begin(), place.end());
        EXPECT_EQ(measured(run_batch(options)), "1");
        options.insert(options.begin(),
                       {"measure", "-q", "--format=csv", sample().string(), "-o", "m"});
        const ProgramRun alone = run(options);
        EXPECT_EQ(alone.exit_code, 0) << alone.err;
        EXPECT_NE(alone.out, plain);
        EXPECT_EQ(content_of(folder.path() / "out" / "measurements.csv"), alone.out);
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "m")) {
        const fs::path other =
            folder.path() / "out" / entry.path().lexically_relative(folder.path() / "m");
        if (entry.path().filename() == "seg.dcm") {
            EXPECT_EQ(content_of(entry.path()), content_of(other)) << "the key";
        }
    }
}

TEST_F(BatchOptions, FilesMayHaveAnyName) {
    fs::copy(sample(), folder.path() / kOddName, fs::copy_options::recursive);
    const ProgramRun odd = run({"batch", kOddName, "-o", "odd"});
    EXPECT_EQ(odd.exit_code, 0) << odd.err;
    EXPECT_EQ(run_batch({}).exit_code, 0);
    EXPECT_EQ(cell(content_of(folder.path() / "odd" / "measurements.csv"), "csa_cm2"),
              cell(content_of(folder.path() / "out" / "measurements.csv"), "csa_cm2"));
}

TEST_F(BatchOptions, ThatAreNoneAreRefusedByAWorker) {
    for (const char* const wrong : {"", "{", "[1]", R"({"lvel":"L3"})", R"({"level":"%"})"}) {
        EXPECT_EQ(
            run({"batch-worker", "--output=out", std::string("--options=") + wrong}).exit_code, 2)
            << wrong;
    }
}

}  // namespace
}  // namespace paraspinal::testing
