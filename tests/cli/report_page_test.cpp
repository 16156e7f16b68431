// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// The page of `report` in a real browser: it loads without errors, sorts, filters, opens a picture.
#include "io/digest.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal::testing {
namespace {

// Runs after the page's own script; what it writes into the title is what the test reads.
constexpr const char* kProbe = R"(<script>
const seen = () => Array.from(document.querySelectorAll('#studies tbody tr'))
  .filter(row => !row.hidden).map(row => row.cells[1].textContent).join('');
const said = [];
const header = title => Array.from(document.querySelectorAll('.sort')).find(b => b.textContent === title);
header('CSA cm²').click(); said.push('up=' + seen());
header('CSA cm²').click(); said.push('down=' + seen());
document.querySelector('#search').value = 'UNCERTAIN';
document.querySelector('#search').dispatchEvent(new Event('input')); said.push('filter=' + seen());
document.querySelector('.counts .remark').click(); said.push('reason=' + seen());
const look = text => {
  document.querySelector('#search').value = text;
  document.querySelector('#search').dispatchEvent(new Event('input'));
};
look('csa > 20'); said.push('number=' + seen());
document.querySelector('.tile.flagged').click(); said.push('tile=' + seen());
document.querySelector('.tile.all').click();
document.querySelector('.thumbnail').click();
const dialog = document.querySelector('#viewer');
said.push('open=' + dialog.open);
const told = () => document.querySelector('#caption').textContent.replaceAll(' ', '_');
said.push(told());
dialog.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight'})); said.push('next=' + told());
dialog.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft'})); said.push('back=' + told());
window.addEventListener('load', () => {
  said.push('loaded=' + (document.querySelector('#overlay').naturalWidth > 0));
  document.title = said.join(' ') + ' errors=' + failures;
});
</script></body>)";

// Before everything else, so that no error escapes.
constexpr const char* kWatch =
    "<head><script>let failures = 0; "
    "addEventListener('error', () => ++failures, true); "
    "addEventListener('securitypolicyviolation', () => ++failures);"
    "</script>";

constexpr const char* kTable =
    "patient_id,study_uid,status,reason,csa_cm2,csa_low_cm2,csa_high_cm2,qc_flags\n"
    "A,1.2.1,ok,,31.5,29,33.3,\n"
    "B,1.2.2,flagged,,9.5,,,level_uncertain\n"
    "C,1.2.3,failed,no_axial_t2,,,,\n"
    "D,1.2.4,ok,,100.25,,,\n";

// Opens the later study, and from there the earlier one.
constexpr const char* kFollowProbe = R"(<script>
document.querySelector('#search').value = '2026';
document.querySelector('#search').dispatchEvent(new Event('input'));
const lines = () => Array.from(document.querySelectorAll('#studies > tbody > tr')).filter(row => !row.hidden).length;
const said = ['found=' + lines()];
document.querySelectorAll('.thumbnail')[1].click();
const changes = document.querySelector('#changes');
said.push('csa=' + Array.from(changes.querySelectorAll('tr')[1].cells).slice(1, 3).map(cell => cell.textContent));
changes.querySelector('a.earlier').click();
said.push(document.querySelector('#caption').textContent.replaceAll(' ', '_'));
said.push('changes=' + changes.children.length, 'shown=' + lines(), 'open=' + document.querySelector('#viewer').open);
document.title = said.join(' ') + ' errors=' + failures;
</script></body>)";

void replace(std::string& text, const std::string& old, const std::string& by) {
    const auto place = text.find(old);
    ASSERT_NE(place, std::string::npos) << old;
    text.replace(place, old.size(), by);
}

// Four studies, two of them with a picture.
void write_run(const std::filesystem::path& folder) {
    std::ofstream(folder / "measurements.csv") << kTable;
    for (const char* const uid : {"1.2.1", "1.2.2"}) {
        const std::filesystem::path study = folder / uid_name(uid);
        std::filesystem::create_directory(study);
        std::filesystem::copy_file(source_folder() / "docs" / "overlay.png", study / "overlay.png");
    }
}

// What the browser makes of the page with the probe in it.
std::string title_in_browser(const std::filesystem::path& folder, const char* probe = kProbe) {
    std::string page = content_of(folder / "report.html");
    replace(page, "<head>", kWatch);
    replace(page, "</body>", probe);
    std::ofstream(folder / "probed.html") << page;
    const ProgramRun browser = run_program("timeout",
                                           {"120",
                                            "chromium",
                                            "--headless",
                                            "--no-sandbox",
                                            "--disable-gpu",
                                            "--user-data-dir=" + (folder / "browser").string(),
                                            "--dump-dom",
                                            "file://" + (folder / "probed.html").string()});
    EXPECT_EQ(browser.exit_code, 0) << browser.err;
    const auto start = browser.out.find("<title>");
    return start == std::string::npos
               ? browser.out
               : browser.out.substr(start, browser.out.find("</title>") - start);
}

TEST(ReportPage, WorksInABrowser) {
    if (run_program("chromium", {"--version"}).exit_code != 0) {
        GTEST_SKIP() << "needs chromium (scripts/install_deps test)";
    }
    const TemporaryFolder run;
    write_run(run.path());
    const ProgramRun made = run_paraspinal({"report", run.path().string()});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_EQ(made.out, (run.path() / "report.html").string() + "\n");
    EXPECT_EQ(title_in_browser(run.path()),
              "<title>up=BADC down=DABC filter=B reason=C number=DA tile=B open=true "
              "patient_A_·_CSA_cm²_31.5_(29.0_to_33.3)_·_status_ok "
              "next=patient_B_·_CSA_cm²_9.5_·_status_flagged "
              "back=patient_A_·_CSA_cm²_31.5_(29.0_to_33.3)_·_status_ok loaded=true errors=0");
}

TEST(ReportPage, LeadsToTheEarlierExamination) {
    if (run_program("chromium", {"--version"}).exit_code != 0) {
        GTEST_SKIP() << "needs chromium (scripts/install_deps test)";
    }
    const TemporaryFolder run;
    write_run(run.path());
    std::ofstream(run.path() / "measurements.csv")
        << "patient_id,study_uid,study_date,status,level,slice_offset_mm,outline_source,csa_cm2\n"
           "A,1.2.1,20240131,ok,L3,0.5,model,31\nA,1.2.2,20260131,ok,L3,0.5,model,24\n";
    ASSERT_EQ(run_paraspinal({"report", run.path().string()}).exit_code, 0);
    EXPECT_EQ(title_in_browser(run.path(), kFollowProbe),
              "<title>found=1 csa=31.00,24.00 "
              "patient_A_·_date_20240131_·_level_L3_·_offset_mm_0.5_·_CSA_cm²_31.0_·_status_ok "
              "changes=0 shown=2 open=true errors=0");
}

TEST(ReportPage, IsWrittenByMeasureAndBatchAsByReport) {
    const TemporaryFolder run;
    const std::string sample = (source_folder() / "sample_dicom" / "patient_b").string();
    for (const std::string command : {"measure", "batch"}) {
        const std::filesystem::path folder = run.path() / command;
        const ProgramRun made =
            run_paraspinal({command, sample, "-o", folder.string(), "--write", "html", "--quiet"});
        EXPECT_EQ(made.exit_code, 0) << made.err;
        const std::string page = content_of(folder / "report.html");
        EXPECT_NE(page.find("sample-b"), std::string::npos) << command;
        ASSERT_EQ(run_paraspinal({"report", folder.string()}).exit_code, 0);
        EXPECT_EQ(content_of(folder / "report.html"), page) << command;
    }
}

TEST(ReportPage, SaysWhenTheTablesAreOlderThanADecision) {
    const TemporaryFolder run;
    write_run(run.path());
    EXPECT_EQ(run_paraspinal({"report", run.path().string()}).err, "");
    std::ofstream(run.path() / "readings.jsonl") << "";
    const auto written = std::filesystem::last_write_time(run.path() / "measurements.csv");
    std::filesystem::last_write_time(run.path() / "readings.jsonl",
                                     written + std::chrono::seconds(1));
    EXPECT_NE(run_paraspinal({"report", run.path().string()}).err.find("were reviewed since"),
              std::string::npos);
}

}  // namespace
}  // namespace paraspinal::testing
