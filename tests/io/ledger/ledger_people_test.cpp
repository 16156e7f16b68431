// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/patient_groups.h"
#include "core/study.h"
#include "io/ledger/ledger.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;
using Access = Ledger::Access;

LedgerEntry measured(const std::string& study_uid) {
    return {.study_uid = study_uid, .status = "ok", .record = "{}"};
}

std::string person(const std::string& id, const std::string& sex) {
    return person_text({.id = id, .sex = sex, .age_years = {}}, "20250102");
}

std::vector<std::string> studies_in(const Ledger& ledger) {
    std::vector<std::string> studies;
    ledger.for_each_study([&](const std::string& study_uid, const std::vector<LedgerFile>&) {
        studies.push_back(study_uid);
    });
    return studies;
}

TEST(LedgerPeople, TellsStudiesWhosePatientIdStandsForSeveralPeople) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.begin_walk();
    ledger.put_file({.path = "/a"}, {.study_uid = "1.1", .person = person("P1", "F")});
    ledger.put_file({.path = "/b"}, {.study_uid = "1.2", .person = person("P10", "M")});
    ledger.put_file({.path = "/c"}, {.study_uid = "1.3", .person = person("P2", "M")});
    ledger.end_walk();
    EXPECT_TRUE(ledger.contradictions().empty());
    ledger.begin_walk();
    ledger.put_file({.path = "/a"}, {.study_uid = "1.1", .person = person("P1", "F")});
    ledger.put_file({.path = "/c"}, {.study_uid = "1.3", .person = person(" p1", "M")});
    ledger.end_walk();
    EXPECT_EQ(ledger.contradictions(),
              (ContradictionsByStudy{{"1.1", {.patient_id = "different sexes"}},
                                     {"1.3", {.patient_id = "different sexes"}}}));
}

TEST(LedgerPeople, TellsStudiesWhoseAccessionNumberStandsForSeveralPeople) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    const auto put = [&ledger](const char* path, LedgerFileContent content) {
        content.accession_number = "A1";
        ledger.put_file({.path = path}, content);
    };
    ledger.begin_walk();
    put("/a", {.study_uid = "1.1", .person = person("P1", "F")});
    put("/b", {.study_uid = "1.2", .person = person("P2", "F")});
    ledger.end_walk();
    const KeyContradictions expected{.accession_number = "different patient IDs"};
    EXPECT_EQ(ledger.contradictions(),
              (ContradictionsByStudy{{"1.1", expected}, {"1.2", expected}}));
}

TEST(LedgerPeople, ReadsHeadersAgainForTheAccessionNumbersThatAnEarlierVersionLeftOut) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / "ledger.sqlite";
    const LedgerFile file{.path = "/a", .size_bytes = 1, .modified_ns = 2};
    {
        Ledger ledger(path, Access::write);
        ledger.begin_walk();
        ledger.put_file(file, {.study_uid = "1.1", .person = person("P1", "F")});
        ledger.end_walk();
        ledger.store(measured("1.1"));
    }
    {
        SQLite::Database database(path, SQLite::OPEN_READWRITE);
        database.exec("ALTER TABLE files DROP COLUMN accession_number");
        database.exec("PRAGMA user_version = 2");
    }
    EXPECT_TRUE(Ledger(path, Access::read).contradictions().empty()) << "as it is";
    Ledger ledger(path, Access::write);
    EXPECT_TRUE(ledger.state("1.1").has_value());
    ledger.begin_walk();
    EXPECT_FALSE(ledger.note_unchanged(file));
}

TEST(LedgerPeople, ForgetsAFolderWithoutStudyUidThatWasMoved) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    const auto walk = [&ledger](const std::vector<LedgerFile>& files, const char* study_uid) {
        ledger.begin_walk();
        for (const LedgerFile& file : files) {
            ledger.put_file(file, {.study_uid = study_uid, .person = person("", "F")});
        }
        ledger.end_walk();
    };
    walk({{"/a/1", 10, 100}, {"/a/2", 11, 100}}, "unnamed.1");
    ledger.store(measured("unnamed.1"));
    walk({{"/b/1", 10, 100}, {"/b/2", 12, 100}}, "unnamed.2");
    EXPECT_TRUE(ledger.state("unnamed.1").has_value()) << "another size";
    walk({{"/b/1", 10, 100}, {"/b/2", 11, 100}}, "unnamed.2");
    EXPECT_FALSE(ledger.state("unnamed.1").has_value());
    walk({}, "");
    ledger.store(measured("unnamed.2"));
    walk({}, "");
    EXPECT_TRUE(ledger.state("unnamed.2").has_value()) << "moved away";
}

TEST(LedgerPeople, RemembersWhoseStudiesWereMovedAway) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    const auto walk = [&ledger](const std::string& path, const LedgerFileContent& content) {
        ledger.begin_walk();
        ledger.put_file({.path = path}, content);
        ledger.end_walk();
    };
    walk("/a", {.study_uid = "1.1", .person = person("P1", "F")});
    walk("/b", {.study_uid = "1.2", .person = person("P1", "M")});
    EXPECT_TRUE(ledger.contradictions().empty()) << "the first was not measured";
    ledger.store(measured("1.1"));
    EXPECT_EQ(ledger.contradictions().size(), 2U);
    walk("/c", {.study_uid = "1.1", .person = person("P1", "M")});
    EXPECT_TRUE(ledger.contradictions().empty()) << "its header was mended";
}

TEST(LedgerPeople, TellsApartThePeopleUnderOneStudyUid) {
    const TemporaryFolder folder;
    Ledger ledger(folder.path() / "ledger.sqlite", Access::write);
    ledger.begin_walk();
    ledger.put_file({.path = "/a"}, {.study_uid = "1.1", .person = person("P1", "F")});
    ledger.put_file({.path = "/report"}, {.study_uid = "1.1"});
    ledger.put_file({.path = "/o"}, {.study_uid = "1.10", .person = person("P9", "M")});
    ledger.end_walk();
    EXPECT_EQ(studies_in(ledger), (std::vector<std::string>{"1.1", "1.10"}));
    ledger.store(measured("1.1"));
    ledger.store(measured("1.10"));

    ledger.begin_walk();
    for (const char* const path : {"/a", "/report", "/o"}) {
        EXPECT_TRUE(ledger.note_unchanged({.path = path}));
    }
    ledger.put_file({.path = "/b"}, {.study_uid = "1.1", .person = person("P2", "M")});
    ledger.put_file({.path = "/c"}, {.study_uid = "1.1", .person = person(" p1", "F")});
    ledger.end_walk();
    const std::vector<std::string> apart = studies_in(ledger);
    ASSERT_EQ(apart.size(), 3U);
    EXPECT_TRUE(apart[0].starts_with("1.1#")) << apart[0];
    EXPECT_TRUE(apart[1].starts_with("1.1#")) << apart[1];
    EXPECT_EQ(ledger.files_of(apart[0]).size() + ledger.files_of(apart[1]).size(), 4U);
    EXPECT_FALSE(ledger.entry("1.1")) << "a row of both would be left";
    EXPECT_TRUE(ledger.entry("1.10"));
    ledger.store(measured(apart[0]));

    ledger.begin_walk();
    EXPECT_TRUE(ledger.note_unchanged({.path = "/a"}));
    ledger.end_walk();
    EXPECT_EQ(studies_in(ledger), std::vector<std::string>{"1.1"});
    EXPECT_EQ(ledger.files_of("1.1").size(), 1U);
}

}  // namespace
}  // namespace paraspinal
