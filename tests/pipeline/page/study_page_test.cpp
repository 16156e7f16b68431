// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/study_page.h"

#include "core/text.h"
#include "io/digest.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kTable =
    "patient_id,study_uid,status,reason,csa_cm2,fdr_pct,qc_flags\n"
    "<b>P1</b>,1.2.1,ok,,31.25,22.5,\n"
    "P2,1.2.2,flagged,,40.5,12.25,level_uncertain;outline_uncertain\n"
    "P3,1.2.3,failed,no_axial_t2,,,\n";

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

TEST(StudyPage, HasOneLineAStudyAndCountsThem) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kTable);
    const std::string page = study_page(read_run_table(run.path()), "1.2.3");
    EXPECT_EQ(count(page, "<tr id='study-"), 3U);
    EXPECT_NE(page.find("<b>3</b>studies"), std::string::npos);
    EXPECT_NE(page.find("<b>1</b>failed"), std::string::npos);
    EXPECT_EQ(count(page, ">no_axial_t2</button>"), 2U) << "the study and the summary";
    EXPECT_EQ(count(page, ">level_uncertain</button>"), 2U);
    EXPECT_NE(page.find("data-value='31.25' data-shown='31.2'"), std::string::npos);
    EXPECT_NE(page.find("Research use only"), std::string::npos);
}

TEST(StudyPage, ShowsBothRisksAndSaysWhichToLookAt) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv",
          "patient_id,study_uid,status,risk_model,risk_pct,companion_model,companion_risk_pct\n"
          "P1,1.2.1,ok,yang2025,99.5,yang2025_shrunk,61.25\n"
          "P2,1.2.2,ok,<b>own</b>,30,beside,40\n");
    const std::string page = study_page(read_run_table(run.path()), "1.2.3");
    EXPECT_NE(page.find("data-value='61.25' data-shown='61.2"), std::string::npos);
    EXPECT_NE(page.find("Risk: by yang2025. Companion risk: by yang2025_shrunk. "),
              std::string::npos);
    EXPECT_NE(page.find("it is the one to look at"), std::string::npos);
    EXPECT_NE(page.find("0.52 to 0.74"), std::string::npos) << "what is known elsewhere";
    EXPECT_NE(page.find("Risk: by &lt;b&gt;own&lt;/b&gt;."), std::string::npos);
}

TEST(StudyPage, NothingOfTheTableBecomesMarkup) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kTable);
    const std::string page = study_page(read_run_table(run.path()), "1.2.3");
    EXPECT_EQ(page.find("<b>P1</b>"), std::string::npos);
    EXPECT_NE(page.find("&lt;b&gt;P1&lt;/b&gt;"), std::string::npos);
}

TEST(StudyPage, LinksThePicturesThatExist) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kTable);
    const std::string first = uid_name("1.2.1");
    const std::string second = uid_name("1.2.2");
    std::filesystem::create_directory(run.path() / first);
    std::filesystem::create_directory(run.path() / second);
    write(run.path() / first / "overlay.png", "picture");
    write(run.path() / first / "level.png", "picture");
    write(run.path() / first / "profile.png", "picture");
    const std::string page = study_page(read_run_table(run.path()), "1.2.3");
    EXPECT_EQ(count(page, "class='thumbnail'"), 1U);
    EXPECT_NE(page.find("data-overlay='" + first + "/overlay.png' data-level='" + first),
              std::string::npos);
    EXPECT_NE(page.find("data-profile='" + first + "/profile.png' data-vertebrae=''"),
              std::string::npos);
    EXPECT_EQ(count(page, ">files</a>"), 2U);
}

constexpr const char* kRepeatedHeader =
    "patient_id,study_uid,study_date,status,level,slice_offset_mm,outline_source,csa_cm2,fdr_pct\n";

std::string page_of(const std::string& rows) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kRepeatedHeader + rows);
    return study_page(read_run_table(run.path()), "1.2.3");
}

TEST(StudyPage, SaysWhatChangedSinceTheEarlierExamination) {
    const std::string page = page_of(
        "P1,1.2.1,20240131,ok,L3,0.5,model,31,20\n"
        "P1,1.2.2,20260131,ok,L3,0.5,model,24,21\n"
        "P2,1.2.3,20260131,ok,L3,0.5,model,24,21\n");
    EXPECT_EQ(count(page, "<details class='follow-up'>"), 1U);
    EXPECT_NE(page.find("<summary>since 2024-01-31: CSA decrease"), std::string::npos);
    EXPECT_NE(page.find("2024-01-31 to 2026-01-31 (2.0 years): <a class='earlier' href='#study-" +
                        uid_name("1.2.1") + "'>"),
              std::string::npos);
    EXPECT_EQ(count(page, "<tr id='study-" + uid_name("1.2.1") + "'"), 1U) << "where it leads";
    EXPECT_NE(page.find("<td>CSA, cm²</td><td>31.00</td><td>24.00</td><td>-7.00 ["),
              std::string::npos);
    EXPECT_NE(page.find("<p>flags: acquisition_unknown</p>"), std::string::npos);
}

TEST(StudyPage, SaysNothingOfChangesWhereItMayBeAnotherPatient) {
    for (const char* const other : {"P2,1.2.2,20260131,ok",      // Another patient.
                                    "p1,1.2.2,20260131,ok",      // An ID in other case.
                                    "P1,1.2.2,20260131,failed",  // Not measured.
                                    "P1,1.2.2,,ok"}) {           // Nobody knows when.
        const std::string page = page_of("P1,1.2.1,20240131,ok,L3,0.5,model,31,20\n" +
                                         std::string(other) + ",L3,0.5,model,24,21\n");
        EXPECT_EQ(count(page, "<details"), 0U) << other;
        EXPECT_EQ(page.find("not compared"), std::string::npos);
    }
}

TEST(StudyPage, ATableThatCannotBeComparedStillHasAPage) {
    const std::string page = page_of(
        "P1,1.2.1,20240131,ok,L3,0.5,model,31,20\n"
        "P1,1.2.2,20260131,ok,L3,near,model,24,21\n");
    EXPECT_EQ(count(page, "<tr id='study-"), 2U);
    EXPECT_NE(page.find("Earlier examinations of patients are not compared: "), std::string::npos);
}

}  // namespace
}  // namespace paraspinal
