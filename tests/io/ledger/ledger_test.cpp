// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/ledger/ledger.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;
using Access = Ledger::Access;

LedgerEntry entry_of(const std::string& study_uid, const std::string& patient_id) {
    return {.study_uid = study_uid,
            .patient_id = patient_id,
            .status = "failed",
            .reason = "no_axial_t2",
            .inputs = "in",
            .options = "opt",
            .record = "{\"a\": \"\xc3\xbc\"}",
            .started = "2026-11-20T18:00:00Z",
            .wall_s = 1.5,
            .processor_s = 0.75,
            .peak_memory_mb = 170};
}

std::vector<std::string> studies_in(const Ledger& ledger) {
    std::vector<std::string> studies;
    ledger.for_each_study([&](const std::string& study_uid, const std::vector<LedgerFile>&) {
        studies.push_back(study_uid);
    });
    return studies;
}

// The code of the error that opening `file` ends with.
std::string refusal(const std::filesystem::path& file, Access access) {
    try {
        const Ledger ledger(file, access);
    } catch (const Error& error) {
        return std::string(error_name(error.code()));
    }
    return "none";
}

void overwrite(const std::filesystem::path& file, std::streamoff place, const std::string& bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(place);
    stream << bytes;
}

TEST(Ledger, KeepsEntriesFromOneOpeningToTheNext) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    {
        Ledger ledger(file, Access::write);
        ledger.store(entry_of("1.2", "B"));
        ledger.store(entry_of("1.1", "B"));
        ledger.store(entry_of("1.3", "A"));
    }
    const Ledger ledger(file, Access::read);
    std::vector<std::string> order;
    ledger.for_each_entry([&](const LedgerEntry& entry) { order.push_back(entry.study_uid); });
    EXPECT_EQ(order, (std::vector<std::string>{"1.3", "1.1", "1.2"})) << "by patient, then study";
    const LedgerEntry entry = ledger.entry("1.2").value();
    EXPECT_EQ(entry.record, "{\"a\": \"\xc3\xbc\"}");
    EXPECT_EQ(entry.started, "2026-11-20T18:00:00Z");
    EXPECT_EQ(entry.wall_s, 1.5);
    EXPECT_EQ(entry.processor_s, 0.75);
    EXPECT_EQ(entry.peak_memory_mb, 170);
    EXPECT_FALSE(ledger.entry("9").has_value());
    EXPECT_FALSE(ledger.state("9").has_value());
}

// Older versions made no such column and leave it empty.
TEST(Ledger, KnowsWhoseRiskRestsOnSomethingElse) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    {
        Ledger ledger(file, Access::write);
        ledger.store(entry_of("1.1", "B"));
    }
    {
        SQLite::Database database(file, SQLite::OPEN_READWRITE);
        database.exec("DROP INDEX studies_by_risk");
        database.exec("ALTER TABLE studies DROP COLUMN risk");
    }
    EXPECT_TRUE(Ledger(file, Access::read).entry("1.1").has_value());
    Ledger ledger(file, Access::write);
    ledger.store(entry_of("1.2", "B"), "now");
    ledger.store(entry_of("1.3", "B"), "before");
    const std::string options = entry_of("1.1", "B").options;
    using Studies = std::vector<std::string>;
    EXPECT_EQ(ledger.begin_risks("other options", "now"), Studies{});
    EXPECT_EQ(ledger.begin_risks(options, "now"), (Studies{"1.1", "1.3"}));
    EXPECT_EQ(ledger.begin_risks(options, "before"), (Studies{"1.1", "1.2", "1.3"}))
        << "1.3 may have been changed";
    ledger.store(entry_of("1.1", "B"), "before");
    ledger.begin_again("1.2");
    EXPECT_EQ(ledger.begin_risks(options, "before"), Studies{"1.3"});
}

TEST(Ledger, ReplacesTheEntryOfAStudyThatIsMeasuredAgain) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.store(entry_of("1.2", "B"));
    LedgerEntry better = entry_of("1.2", "B");
    better.status = "ok";
    better.reason = "";
    ledger.store(better);
    ledger.store(entry_of("1.3", "B"));
    EXPECT_EQ(ledger.state("1.2").value().status, "ok");
    const std::vector<Ledger::ReasonCount> counts = ledger.count_by_reason();
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts[0].reason, "");
    EXPECT_EQ(counts[1].reason, "no_axial_t2");
    EXPECT_EQ(counts[1].studies, 1);
}

TEST(Ledger, KnowsWhichFilesAreUnchanged) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    const LedgerFile file{.path = "/a/\xfc.dcm", .size_bytes = 10, .modified_ns = 20};
    ledger.begin_walk();
    EXPECT_FALSE(ledger.note_unchanged(file));
    ledger.put_file(file, {.study_uid = "1.2"});
    ledger.end_walk();
    EXPECT_EQ(ledger.files_of("1.2"), std::vector{file});
    ledger.begin_walk();
    EXPECT_TRUE(ledger.note_unchanged(file));
    EXPECT_FALSE(ledger.note_unchanged({.path = file.path, .size_bytes = 11, .modified_ns = 20}));
    EXPECT_FALSE(ledger.note_unchanged({.path = file.path, .size_bytes = 10, .modified_ns = 21}));
    ledger.end_walk();
    EXPECT_EQ(ledger.files_of("1.2"), std::vector{file});
}

// A permission that was missing, a reader that the system killed: neither changes the file.
TEST(Ledger, LooksAgainAtWhatWasLeftOutForAReasonThatMayPass) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.begin_walk();
    for (const char* const code : {"unreadable_file", "crashed", "timeout", "out_of_memory"}) {
        ledger.put_file({.path = code}, {.skip_code = code});
    }
    ledger.put_file({.path = "text"}, {.skip_code = "not_an_image"});
    ledger.end_walk();
    EXPECT_EQ(ledger.count_unread(), 4);
    ledger.begin_walk();
    for (const char* const code : {"unreadable_file", "crashed", "timeout", "out_of_memory"}) {
        EXPECT_FALSE(ledger.note_unchanged({.path = code})) << code;
    }
    EXPECT_TRUE(ledger.note_unchanged({.path = "text"}));
    ledger.put_file({.path = "crashed"}, {.study_uid = "1.1"});
    ledger.end_walk();
    EXPECT_EQ(ledger.count_unread(), 0) << "the others are gone";
    EXPECT_EQ(ledger.files_of("1.1").size(), 1U);
}

TEST(Ledger, TakesATimeInTheFutureForNow) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    {
        Ledger ledger(file, Access::write);
        ledger.begin_walk();
        ledger.put_file({.path = "/a"}, {.study_uid = "1.1"});
        ledger.end_walk();
    }
    // As if the clock had been far ahead when the file came.
    SQLite::Database(file, SQLite::OPEN_READWRITE).exec("UPDATE files SET seen_s = 1e12");
    Ledger ledger(file, Access::write);
    ledger.begin_walk();
    EXPECT_TRUE(ledger.note_unchanged({.path = "/a"}));
    ledger.end_walk();
    EXPECT_LE(ledger.last_change_s("1.1"), static_cast<double>(std::time(nullptr)) + 1);
    EXPECT_GT(ledger.last_change_s("1.1"), static_cast<double>(std::time(nullptr)) - 60);
}

TEST(Ledger, TakesAStudyThatIsBegunAgainForChanged) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.store(entry_of("1.2", "B"));
    ledger.begin_again("1.2");
    ledger.begin_again("9");
    EXPECT_EQ(ledger.state("1.2").value().inputs, "");
    EXPECT_EQ(ledger.entry("1.2").value().patient_id, "B") << "the row stays";
    EXPECT_FALSE(ledger.state("9").has_value());
}

TEST(Ledger, KeepsNothingOfATransactionThatFails) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    EXPECT_THROW(ledger.in_one_transaction([&] {
        ledger.store(entry_of("1.2", "B"));
        throw Error(ErrorCode::internal, "killed");
    }),
                 Error);
    EXPECT_FALSE(ledger.state("1.2").has_value());
    ledger.in_one_transaction([&] { ledger.store(entry_of("1.3", "B")); });
    EXPECT_TRUE(ledger.state("1.3").has_value());
}

TEST(Ledger, RefusesOneWithoutATable) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    { const Ledger ledger(file, Access::write); }
    SQLite::Database(file, SQLite::OPEN_READWRITE).exec("DROP TABLE studies");
    EXPECT_EQ(refusal(file, Access::write), "malformed_file");
}

TEST(Ledger, ForgetsFilesThatTheLastWalkDidNotMeet) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.begin_walk();
    ledger.put_file({.path = "/a"}, {.study_uid = "1.1"});
    ledger.put_file({.path = "/b"}, {.study_uid = "1.2"});
    ledger.put_file({.path = "/c"}, {.skip_code = "not_an_image", .skip_reason = "a text"});
    ledger.end_walk();
    EXPECT_EQ(studies_in(ledger), (std::vector<std::string>{"1.1", "1.2"}));
    ledger.begin_walk();
    EXPECT_TRUE(ledger.note_unchanged({.path = "/b"}));
    EXPECT_TRUE(ledger.note_unchanged({.path = "/c"}));
    ledger.end_walk();
    EXPECT_EQ(studies_in(ledger), std::vector<std::string>{"1.2"});
    int skipped = 0;
    ledger.for_each_skipped([&](const Ledger::SkippedEntry& entry) {
        ++skipped;
        EXPECT_EQ(entry.path, "/c");
        EXPECT_EQ(entry.code, "not_an_image");
        EXPECT_EQ(entry.reason, "a text");
    });
    EXPECT_EQ(skipped, 1);
}

TEST(Ledger, RefusesOneOfALaterVersion) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    { const Ledger ledger(file, Access::write); }
    constexpr std::streamoff kUserVersion = 60;  // Big-endian, SQLite file format section 1.3.
    overwrite(file, kUserVersion, std::string("\0\0\0\x63", 4));
    EXPECT_EQ(refusal(file, Access::write), "ledger_too_new");
    EXPECT_EQ(refusal(file, Access::read), "ledger_too_new");
}

TEST(Ledger, SaysWhenItIsDamaged) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    std::ofstream(file) << "this is no database, but long enough to look at as one\n";
    EXPECT_EQ(refusal(file, Access::write), "malformed_file");
    std::filesystem::remove(file);
    {
        Ledger ledger(file, Access::write);
        for (int i = 0; i < 100; ++i) {
            ledger.store(entry_of("1." + std::to_string(i), "A"));
        }
    }
    overwrite(file, 4096, std::string(8192, 'x'));
    EXPECT_EQ(refusal(file, Access::write), "malformed_file");
    EXPECT_EQ(refusal(file, Access::read), "malformed_file");
    EXPECT_EQ(refusal(folder.path() / "absent.sqlite", Access::read), "input_not_found");
}

TEST(Ledger, LetsNoSecondReaderIn) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "ledger.sqlite";
    Ledger ledger(file, Access::write);
    ledger.store(entry_of("1.2", "B"));
    EXPECT_EQ(refusal(file, Access::read), "ledger_in_use");
}

}  // namespace
}  // namespace paraspinal
