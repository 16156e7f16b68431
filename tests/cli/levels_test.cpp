// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `--levels`: a row a study and level, whatever became of it.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// Axial slices about L3, one of which passes within reach of L2.
fs::path sample() {
    return source_folder() / "sample_dicom" / "patient_a";
}

std::string column(const fs::path& table, const std::string& name) {
    const std::string csv = content_of(table);
    std::string cells;
    for (int row = 0; row + 1 < static_cast<int>(lines_of(csv).size()); ++row) {
        cells += (row == 0 ? "" : " ") + cell(csv, name, row);
    }
    return cells;
}

TEST(Levels, HaveARowEachAndLeaveTheStudyAsItIs) {
    const TemporaryFolder folder;
    const fs::path alone = folder.path() / "alone";
    const fs::path all = folder.path() / "all";
    run_paraspinal({"measure", sample(), "-q", "-o", alone});
    const ProgramRun run = run_paraspinal({"measure", sample(), "-q", "-o", all, "--levels=ALL"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(content_of(all / "measurements.csv"), content_of(alone / "measurements.csv"));
    EXPECT_EQ(content_of(all / "muscles.csv"), content_of(alone / "muscles.csv"));
    EXPECT_EQ(column(all / "levels.csv", "level"), "L1 L2 L3 L4 L5");
    EXPECT_EQ(column(all / "levels.csv", "status"), "failed flagged ok failed failed");
    EXPECT_EQ(column(all / "levels.csv", "reason"),
              "level_not_covered   level_not_covered level_not_covered");
    EXPECT_EQ(lines_of(content_of(all / "levels.csv")).at(3),
              lines_of(content_of(all / "measurements.csv")).at(1))
        << "the row of the study's own level is its row";
    EXPECT_EQ(cell(content_of(all / "levels.csv"), "qc_flags", 1), "slice_far_from_level");
    const std::string study = cell(content_of(all / "measurements.csv"), "study_folder");
    EXPECT_TRUE(fs::exists(all / study / "levels/L2/overlay.png"));
    EXPECT_FALSE(fs::exists(all / study / "levels/L3")) << "lies in the folder of the study";
    EXPECT_FALSE(fs::exists(all / study / "levels/L4")) << "was not measured";

    run_paraspinal({"measure", sample(), "-q", "-o", all});
    EXPECT_FALSE(fs::exists(all / "levels.csv")) << "would belong to an earlier call";
}

TEST(LevelOffset, CountsAsTheOperatorSaysAndSaysSo) {
    const TemporaryFolder folder;
    const fs::path table = folder.path() / "measurements.csv";
    const ProgramRun run =
        run_paraspinal({"measure", sample(), "-q", "-o", folder.path(), "--level-offset", "-1"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(column(table, "level"), "L3");
    EXPECT_EQ(column(table, "level_source"), "sagittal");
    EXPECT_EQ(column(table, "level_offset"), "-1");
    const std::string lower = column(table, "sop_instance_uid");
    run_paraspinal({"measure", sample(), "-q", "-o", folder.path(), "--level", "L2"});
    EXPECT_EQ(column(table, "sop_instance_uid"), lower) << "what was called L2";
    EXPECT_EQ(column(table, "level_offset"), "");

    const ProgramRun higher = run_paraspinal({"measure", sample(), "-q", "--level-offset", "+1"});
    EXPECT_NE(higher.err.find("level_not_covered"), std::string::npos) << higher.err;
    EXPECT_EQ(run_paraspinal({"measure", sample(), "--level-offset", "2"}).exit_code, 2);
    EXPECT_EQ(
        run_paraspinal({"measure", sample(), "--level-offset=+1", "--slice", "1.2"}).exit_code, 2);
}

TEST(LevelOffset, HoldsForABatch) {
    const TemporaryFolder folder;
    const ProgramRun run = run_paraspinal(
        {"batch", sample(), "-q", "-o", folder.path(), "--level-offset", "-1", "--jobs", "1"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(column(folder.path() / "measurements.csv", "level_offset"), "-1");
}

TEST(Levels, AreMeasuredWhereTheStudysOwnIsNot) {
    const TemporaryFolder folder;
    const ProgramRun run = run_paraspinal(
        {"measure", sample(), "-q", "-o", folder.path(), "--level=L5", "--levels=l3,L5,L3"});
    EXPECT_EQ(run.exit_code, 4) << "that of --level";
    EXPECT_EQ(column(folder.path() / "measurements.csv", "status"), "failed");
    EXPECT_EQ(column(folder.path() / "levels.csv", "level"), "L3 L5");
    EXPECT_EQ(column(folder.path() / "levels.csv", "status"), "ok failed");
}

TEST(Levels, OfABatchAreThoseOfMeasureAndSurviveWhatItSurvives) {
    const TemporaryFolder folder;
    const std::string studies = source_folder() / "sample_dicom";
    const fs::path one = folder.path() / "one";
    const fs::path batch = folder.path() / "batch";
    run_paraspinal({"measure", studies, "-q", "-o", one, "--levels=L2,L3"});
    const std::string expected = content_of(one / "levels.csv");
    const Arguments call{"batch", studies, "-q", "-o", batch, "--jobs=2", "--levels=L2,L3"};
    run_paraspinal(call);
    EXPECT_EQ(content_of(batch / "levels.csv"), expected);

    fs::remove(batch / "levels.csv");
    run_paraspinal(call);
    EXPECT_EQ(content_of(batch / "levels.csv"), expected) << "from the ledger";
    fs::remove(batch / "ledger.sqlite");
    run_paraspinal(call);
    EXPECT_EQ(content_of(batch / "levels.csv"), expected) << "from the records";
    run_paraspinal({"export", batch, "-o", folder.path() / "export/cohort.csv"});
    EXPECT_EQ(content_of(folder.path() / "export/levels.csv"), expected);
    const std::string vertebrae = content_of(one / "vertebrae.csv");
    EXPECT_GT(lines_of(vertebrae).size(), 5U);
    EXPECT_EQ(content_of(batch / "vertebrae.csv"), vertebrae);
    EXPECT_EQ(content_of(folder.path() / "export/vertebrae.csv"), vertebrae);

    run_paraspinal({"batch", studies, "-q", "-o", batch, "--levels=L3"});
    EXPECT_EQ(column(batch / "levels.csv", "level"), "L3 L3") << "other options, measured again";
    run_paraspinal({"batch", studies, "-q", "-o", batch});
    EXPECT_FALSE(fs::exists(batch / "levels.csv"));
}

TEST(EverySlice, HasARowEachAndLeavesTheStudyAsItIs) {
    const TemporaryFolder folder;
    const fs::path alone = folder.path() / "alone";
    const fs::path all = folder.path() / "all";
    const std::string studies = source_folder() / "sample_dicom";
    run_paraspinal({"measure", studies, "-q", "-o", alone});
    const ProgramRun run = run_paraspinal({"measure", studies, "-q", "-o", all, "--every-slice"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(content_of(all / "measurements.csv"), content_of(alone / "measurements.csv"));
    // Five axial T2 slices of one patient, and one of the other.
    EXPECT_EQ(column(all / "slices.csv", "patient_id"),
              "sample-a sample-a sample-a sample-a sample-a sample-b");
    EXPECT_EQ(column(all / "slices.csv", "place").substr(0, 16), "L3 L3 L3 L3 L3/4");
    EXPECT_EQ(cell(content_of(all / "slices.csv"), "qc_flags", 5), "outline_uncertain");
    EXPECT_EQ(column(all / "slices.csv", "instance_number"), "1 2 3 4 5 1");
    const std::string csv = content_of(all / "slices.csv");
    EXPECT_EQ(cell(csv, "csa_cm2", 3), cell(content_of(all / "measurements.csv"), "csa_cm2"));
    EXPECT_NE(cell(csv, "vb_cm2", 3), "");
    EXPECT_EQ(cell(csv, "vb_cm2", 4) + cell(csv, "csa_vb_ratio", 4), "") << "in the disc L3/4";
    EXPECT_NEAR(
        std::stod(cell(csv, "csa_corrected_cm2", 3)), std::stod(cell(csv, "csa_cm2", 3)), 0.1);
    const auto profile_of = [&](int row) {
        return all / cell(csv, "study_folder", row) / "profile.png";
    };
    EXPECT_GT(content_of(profile_of(0)).size(), 5000U);
    EXPECT_FALSE(fs::exists(profile_of(5))) << "one slice is no profile";
    const std::string volumes = content_of(all / "volumes.csv");
    EXPECT_EQ(lines_of(volumes).size(), 1U + 2 * 10 * 7) << "pairs and muscles of two studies";
    EXPECT_EQ(cell(volumes, "reason"), "level_not_covered");

    const fs::path batch = folder.path() / "batch";
    const Arguments call{"batch", studies, "-q", "-o", batch, "--jobs=2", "--every-slice"};
    run_paraspinal(call);
    fs::remove(batch / "ledger.sqlite");
    run_paraspinal(call);
    EXPECT_EQ(content_of(batch / "slices.csv"), csv) << "from the records";
    EXPECT_EQ(content_of(batch / "volumes.csv"), volumes);
}

TEST(EverySlice, AccountsForTheSlicesOfANativeStudyInBlocks) {
    PARASPINAL_REQUIRE_SHARED_DATA("native_hitachi_03t");
    const TemporaryFolder folder;
    run_paraspinal({"measure",
                    shared_data() / "native_hitachi_03t",
                    "-q",
                    "-o",
                    folder.path(),
                    "--every-slice"});
    EXPECT_EQ(column(folder.path() / "slices.csv", "instance_number"),
              "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17");
    EXPECT_EQ(column(folder.path() / "slices.csv", "place"),
              "L1 L1/2 L2 L2/3 L2/3 L3 L3/4 L3/4 L4 L4 L4/5 L4/5 L5 L5 L5/S1 L5/S1 S1");
    EXPECT_EQ(cell(content_of(folder.path() / "slices.csv"), "reason", 16), "not_lumbar");
}

// The sample study with its sagittal series cut off in the pixels.
fs::path with_damaged_sagittal(const fs::path& folder) {
    fs::copy(sample(), folder, fs::copy_options::recursive);
    for (const auto& file : fs::directory_iterator(folder / "9F43")) {
        fs::resize_file(file, fs::file_size(file) / 2);
    }
    return folder;
}

TEST(EverySlice, IsMeasuredWithoutAPlaceWhereTheSagittalSeriesIsDamaged) {
    const TemporaryFolder folder;
    const fs::path study = with_damaged_sagittal(folder.path() / "study");
    const fs::path out = folder.path() / "out";
    run_paraspinal({"measure", sample(), "-q", "-o", out});
    const std::string name = cell(content_of(out / "measurements.csv"), "study_folder");
    EXPECT_TRUE(fs::exists(out / name / "overlay.png"));
    const ProgramRun run =
        run_paraspinal({"measure", study, "-q", "-o", out, "--every-slice", "--write=csv"});
    EXPECT_NE(run.exit_code, 0) << "the study itself has no level";
    EXPECT_EQ(column(out / "measurements.csv", "status"), "failed");
    EXPECT_EQ(lines_of(content_of(out / "slices.csv")).size(), 6U);
    EXPECT_EQ(cell(content_of(out / "slices.csv"), "place"), "");
    EXPECT_NE(cell(content_of(out / "slices.csv"), "csa_cm2"), "");
    EXPECT_NE(cell(content_of(out / "slices.csv"), "qc_flags").find("level_not_verified"),
              std::string::npos);
    for (const char* const file : {"overlay.png", "measurement.json", "labels.nii.gz"}) {
        EXPECT_FALSE(fs::exists(out / name / file)) << "of the earlier run: " << file;
    }
}

TEST(EverySlice, IsRefusedWhereNothingWouldShowIt) {
    const ProgramRun run = run_paraspinal({"measure", sample(), "-q", "--every-slice"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.err.find("slices.csv"), std::string::npos) << run.err;
}

TEST(Levels, AreRefusedWhereOneSliceIsNamed) {
    const TemporaryFolder folder;
    for (const Arguments& options : std::vector<Arguments>{{"--levels=L6"},
                                                           {"--levels="},
                                                           {"--levels", ""},
                                                           {"--levels=L3", "--slice=1.2.3"},
                                                           {"--every-slice", "--slice=1.2.3"}}) {
        Arguments call{"measure", sample(), "-q"};
        call.insert(call.end(), options.begin(), options.end());
        const ProgramRun run = run_paraspinal(call);
        EXPECT_EQ(run.exit_code, 2) << run.err;
        EXPECT_NE(run.err.find("--levels"), std::string::npos) << run.err;
    }
}

}  // namespace
}  // namespace paraspinal::testing
