// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Batch runs of the real program over the sample studies and the broken files.
#include "io/file_lock.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

const Arguments& inputs() {
    static const Arguments paths{(source_folder() / "sample_dicom" / "patient_a").string(),
                                 (source_folder() / "sample_dicom" / "patient_b").string(),
                                 (source_folder() / "tests" / "broken_dicom").string()};
    return paths;
}

ProgramRun run_batch(const fs::path& out, const Arguments& more, const ProgramLimits& limits = {}) {
    Arguments arguments{"batch", "-o", out.string()};
    arguments.insert(arguments.end(), inputs().begin(), inputs().end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_paraspinal(arguments, limits);
}

// Everything that must be the same after any run; the ledger holds times.
std::map<std::string, std::string> results_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (entry.is_regular_file() && !name.starts_with("ledger") && name != ".lock") {
            files[name] = content_of(entry.path());
        }
    }
    return files;
}

// Whether a run has come so far that there are `count` records and a ledger.
std::function<bool()> has_records(const fs::path& folder, std::size_t count) {
    return [folder, count] {
        std::size_t found = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            found += fs::exists(entry.path() / "record.json") ? 1 : 0;
        }
        return found >= count && fs::exists(folder / "ledger.sqlite");
    };
}

// One undisturbed run that the tests below compare with.
const fs::path& undisturbed() {
    static const TemporaryFolder folder;
    static const ProgramRun run = run_batch(folder.path(), {"--jobs", "2"});
    EXPECT_EQ(run.exit_code, 8) << run.err;
    return folder.path();
}

TEST(Batch, HasARowForEveryStudyAndMeasuresLikeMeasure) {
    const std::string csv = content_of(undisturbed() / "measurements.csv");
    Arguments arguments{"measure", "--format", "csv", "-q"};
    arguments.insert(arguments.end(), inputs().begin(), inputs().end());
    const ProgramRun measured = run_paraspinal(arguments);
    const std::vector<std::string> lines = lines_of(csv);
    for (const std::string& line : lines_of(measured.out)) {
        EXPECT_NE(std::ranges::find(lines, line), lines.end()) << line;
    }
    // Studies of which every file is skipped have a row as well; measure leaves them out.
    EXPECT_NE(csv.find(",failed,no_images_found,"), std::string::npos) << csv;
    std::size_t folders = 0;
    for (const auto& entry : fs::directory_iterator(undisturbed())) {
        folders += fs::exists(entry.path() / "record.json") ? 1 : 0;
    }
    EXPECT_EQ(lines.size(), folders + 1) << "a row and a record a study";
    EXPECT_NE(content_of(undisturbed() / "skipped_files.csv").find("text.dcm,not_an_image,"),
              std::string::npos);
}

TEST(Batch, WritesTheSameWithOneJobAndSkipsWhatIsDone) {
    const TemporaryFolder out;
    const ProgramRun first = run_batch(out.path(), {"--jobs", "1"});
    EXPECT_EQ(first.exit_code, 8) << first.err;
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
    const ProgramRun second = run_batch(out.path(), {});
    EXPECT_EQ(second.exit_code, 8);
    EXPECT_NE(second.err.find(" 0 to measure"), std::string::npos) << second.err;
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
    const ProgramRun other_options = run_batch(out.path(), {"--no-bias-correction"});
    EXPECT_NE(other_options.err.find(" 0 done before"), std::string::npos) << other_options.err;
}

TEST(Batch, LosesNothingWhenItIsKilledAgainAndAgain) {
    const TemporaryFolder out;
    // Moments all over the run, the ledger's start and studies in flight among them.
    for (const std::size_t records : {0U, 1U, 4U, 9U, 15U}) {
        const ProgramRun killed =
            run_batch(out.path(),
                      {"--jobs", "2"},
                      {.signal_when = has_records(out.path(), records), .signal = SIGKILL});
        ASSERT_EQ(killed.exit_code, 128 + SIGKILL) << records;
    }
    const ProgramRun last = run_batch(out.path(), {"--jobs", "2", "--quiet"});
    EXPECT_EQ(last.exit_code, 8) << last.err;
    EXPECT_EQ(last.err, "") << "no ledger was damaged";
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
}

TEST(Batch, FinishesWhatIsInFlightOnCtrlC) {
    const TemporaryFolder out;
    const ProgramRun stopped = run_batch(
        out.path(), {"--jobs", "1"}, {.signal_when = has_records(out.path(), 1), .signal = SIGINT});
    ASSERT_EQ(stopped.exit_code, 130) << stopped.err;
    EXPECT_NE(stopped.err.find("the same command goes on from here"), std::string::npos);
    EXPECT_EQ(run_batch(out.path(), {}).exit_code, 8);
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
}

TEST(Batch, StopsOnAFullDiskAndGoesOnWhenThereIsRoom) {
    const TemporaryFolder out;
    constexpr std::uint64_t kTooLittle = 100000;  // The ledger grows beyond it.
    const ProgramRun full = run_batch(out.path(), {}, {.file_bytes = kTooLittle});
    EXPECT_EQ(full.exit_code, 5) << full.err;
    EXPECT_NE(full.err.find("[output_not_writable]"), std::string::npos) << full.err;
    EXPECT_EQ(run_batch(out.path(), {}).exit_code, 8);
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
}

TEST(Batch, IsMadeAgainFromItsRecordsWhenTheLedgerIsDamaged) {
    const TemporaryFolder out;
    fs::copy(undisturbed(), out.path(), fs::copy_options::recursive);
    fs::resize_file(out.path() / "ledger.sqlite", 5000);
    const ProgramRun run = run_batch(out.path(), {});
    EXPECT_EQ(run.exit_code, 8) << run.err;
    EXPECT_NE(run.err.find("is damaged"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find(" 0 to measure"), std::string::npos) << run.err;
    EXPECT_EQ(results_in(out.path()), results_in(undisturbed()));
}

TEST(Batch, ShardsMergeIntoTheSameTables) {
    const TemporaryFolder out;
    const fs::path one = out.path() / "one";
    const fs::path two = out.path() / "two";
    EXPECT_EQ(run_batch(one, {"--shard", "1/2"}).exit_code, 8);
    EXPECT_EQ(run_batch(two, {"--shard", "2/2"}).exit_code, 8);
    const fs::path table = out.path() / "merged" / "all.csv";
    const ProgramRun merged =
        run_paraspinal({"export", one.string(), two.string(), "-o", table.string(), "-q"});
    EXPECT_EQ(merged.exit_code, 0) << merged.err;
    EXPECT_EQ(content_of(table), content_of(undisturbed() / "measurements.csv"));
    EXPECT_EQ(content_of(table.parent_path() / "muscles.csv"),
              content_of(undisturbed() / "muscles.csv"));
}

TEST(Batch, ExportsWithoutNames) {
    const TemporaryFolder out;
    std::ofstream(out.path() / "key") << "a key of more than 16 bytes";
    std::filesystem::permissions(out.path() / "key", std::filesystem::perms::owner_read);
    std::ofstream(out.path() / "short") << "k";
    const fs::path table = out.path() / "all.csv";
    const Arguments start{"export", undisturbed().string(), "-o", table.string(), "-q"};
    const auto with_key = [&](const char* name) {
        Arguments arguments = start;
        arguments.insert(arguments.end(), {"--pseudonymize", (out.path() / name).string()});
        return run_paraspinal(arguments);
    };
    EXPECT_EQ(with_key("absent").exit_code, 3);
    EXPECT_EQ(with_key("short").exit_code, 2);
    EXPECT_EQ(with_key("key").exit_code, 0);
    const std::string csv = content_of(table);
    EXPECT_EQ(lines_of(csv).size(),
              lines_of(content_of(undisturbed() / "measurements.csv")).size());
    EXPECT_EQ(csv.find("sample-b"), std::string::npos);
    EXPECT_EQ(csv.find("2.25."), std::string::npos) << "a UID is left";
    EXPECT_EQ(with_key("key").exit_code, 0) << "once more";
    const ProgramRun plain = run_paraspinal(start);
    EXPECT_EQ(plain.exit_code, 2) << "true names beside pseudonyms";
    EXPECT_NE(plain.err.find("muscles.csv"), std::string::npos) << plain.err;
}

TEST(Batch, WatchesAFolderForStudiesThatArrive) {
    const TemporaryFolder out;
    const fs::path incoming = out.path() / "incoming";
    const fs::path results = out.path() / "results";
    fs::create_directory(incoming);
    const auto study_is_measured = [&] {
        if (fs::exists(results / "ledger.sqlite") && fs::is_empty(incoming)) {
            fs::copy(inputs().at(1), incoming / "study", fs::copy_options::recursive);
        }
        return fs::exists(results / "muscles.csv");
    };
    const ProgramRun watched =
        run_paraspinal({"batch", incoming.string(), "-o", results.string(), "--watch", "1"},
                       {.signal_when = study_is_measured, .signal = SIGINT});
    EXPECT_EQ(watched.exit_code, 0) << watched.err;
    EXPECT_NE(watched.err.find("studies that have arrived: 1"), std::string::npos) << watched.err;
    EXPECT_NE(content_of(results / "measurements.csv").find(",flagged,"), std::string::npos);
}

TEST(Batch, LeavesAFolderAloneThatAnotherProcessWorksIn) {
    const TemporaryFolder out;
    const FileLock lock(out.path());
    const ProgramRun run = run_batch(out.path(), {});
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_NE(run.err.find("[ledger_in_use]"), std::string::npos) << run.err;
    EXPECT_FALSE(fs::exists(out.path() / "ledger.sqlite"));
}

TEST(Batch, KeepsItsTablesFromMeasure) {
    const TemporaryFolder out;
    const std::string sample = (source_folder() / "sample_dicom" / "patient_b").string();
    ASSERT_EQ(run_paraspinal({"batch", sample, "-o", out.path().string(), "-q"}).exit_code, 0);
    const auto before = results_in(out.path());
    const ProgramRun refused = run_paraspinal({"measure", sample, "-o", out.path().string()});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.err.find("paraspinal review"), std::string::npos) << refused.err;
    EXPECT_EQ(results_in(out.path()), before);
}

TEST(Batch, RefusesWhatCannotWork) {
    const TemporaryFolder out;
    EXPECT_EQ(run_batch(out.path(), {"--shard", "3/2"}).exit_code, 2);
    EXPECT_EQ(run_batch(out.path(), {"--jobs", "0"}).exit_code, 2);
    EXPECT_EQ(run_batch(out.path(), {"--clinical", "absent.csv"}).exit_code, 3);
    EXPECT_EQ(run_paraspinal({"batch", out.path().string(), "-o", out.path().string()}).exit_code,
              3)
        << "no study";
    EXPECT_EQ(run_batch(out.path(), {"--jobs", "100000"}).exit_code, 2);
    const ProgramRun tiny = run_batch(out.path(), {"--memory", "30"});
    EXPECT_EQ(tiny.exit_code, 2);
    EXPECT_NE(tiny.err.find("at least 300"), std::string::npos) << tiny.err;
}

}  // namespace
}  // namespace paraspinal::testing
