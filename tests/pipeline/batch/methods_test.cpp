// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/output_file.h"
#include "pipeline/batch/export/methods_text.h"
#include "pipeline/batch/open_ledger.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

struct Row {
    std::string study_uid;
    std::string patient_id;
    std::string status = "ok";
    std::string reason;
    std::string level = "L3";
    std::string fat_method = "reference";
    std::string age = "71";
    std::string risk_model{};
    bool has_further = false;  // Levels, slices and volumes.
};

StudyRecord record_of(const Row& row) {
    StudyRecord record{.study_uid = row.study_uid,
                       .patient_id = row.patient_id,
                       .status = row.status,
                       .reason = row.reason};
    const auto set = [&record](std::string_view column, const std::string& text) {
        record.measurement.set(column, text);
    };
    set("patient_id", row.patient_id);
    set("study_uid", row.study_uid);
    set("status", row.status);
    set("reason", row.reason);
    set("software_version", "0.1.0");
    if (row.status != "failed") {
        set("patient_age_years", row.age);
        set("level", row.level);
        set("level_source", "sagittal");
        set("slice_offset_mm", "-0.50");
        set("fat_method", row.fat_method);
        set("outline_source", "model");
        set("risk_model", row.risk_model);
        set("outline_model", "outline 0.6.0 (b7857c43)");
    }
    if (row.has_further) {
        record.levels = {
            {.level = "L3", .own = {}},
            {.level = "L4", .own = NamedCells{.columns = {"status"}, .cells = {"failed"}}}};
        record.slices = {.columns = {"status"}, .rows = {{"ok"}, {"flagged"}, {"failed"}}};
        record.volumes = {.columns = {"status"}, .rows = {{"ok"}, {"failed"}}};
    }
    return record;
}

std::string methods_of(const std::vector<Row>& rows, const std::string& json = {}) {
    const TemporaryFolder folder;
    {
        const OpenedLedger opened = open_ledger(folder.path());
        for (const Row& row : rows) {
            opened.ledger->store(ledger_entry(record_of(row)));
            const auto study = record_path(folder.path(), row.study_uid).parent_path();
            if (!json.empty() && row.status != "failed") {
                make_output_folder(study);
                write_file(study / "measurement.json", json);
            }
        }
    }
    return methods_text(run_facts(ExportedStudies({folder.path()}, {})));
}

void expect_text(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << "no '" << part << "' in\n" << text;
}

TEST(Methods, CountEveryStudyOnce) {
    const std::string text = methods_of(
        {{.study_uid = "1.1", .patient_id = "Anna"},
         {.study_uid = "1.2", .patient_id = "Anna", .status = "flagged"},
         {.study_uid = "1.3", .patient_id = "B", .status = "failed", .reason = "no_axial_t2"},
         {.study_uid = "1.4",
          .patient_id = "",
          .status = "failed",
          .reason = "rejected_by_reader"}});
    expect_text(text, "| found | 4 |");
    expect_text(text, "| not measured | 2 |");
    expect_text(text, "(`no_axial_t2`) | 1 |");
    expect_text(text, "(`rejected_by_reader`) | 1 |");
    expect_text(text, "| measured | 2 |");
    expect_text(text, "(`flagged`) | 1 |");
    expect_text(text, "of 2 patients, and 1 without a patient ID");
    EXPECT_EQ(text.find("Anna"), std::string::npos);
    expect_text(text, "2 measured studies have no measurement.json");
}

TEST(Methods, TellOfLevelsSlicesAndVolumes) {
    const std::string text =
        methods_of({{.study_uid = "1.1", .patient_id = "A", .has_further = true}});
    expect_text(text, "L3 (1), L4 (0)");
    expect_text(text, "2 slices");
    expect_text(text, "inferior endplates (1)");
    EXPECT_EQ(methods_of({{.study_uid = "1.1", .patient_id = "A"}}).find("Further"),
              std::string::npos);
}

TEST(Methods, SayHowManyWhereStudiesDiffer) {
    const std::string text =
        methods_of({{.study_uid = "1.1", .patient_id = "A", .age = "60"},
                    {.study_uid = "1.2", .patient_id = "B", .level = "L4", .age = "80"},
                    {.study_uid = "1.3", .patient_id = "C", .fat_method = "otsu", .age = "71"}});
    expect_text(text, "at L3 (n = 2), L4 (n = 1)");
    expect_text(text, "reference (n = 2), otsu (n = 1)");
    expect_text(text, "median 71 years, range 60 to 80 (n = 3)");
    expect_text(text, "outline 0.6.0 (b7857c43) (n = 3)");
    expect_text(text, "median -0.5 mm, range -0.5 to -0.5 (n = 3)");
    EXPECT_EQ(text.find("**Risk.**"), std::string::npos) << "none was estimated";
}

TEST(Methods, TakeTheImagesFromTheStudies) {
    const std::string text =
        methods_of({{.study_uid = "1.1", .patient_id = "A"}},
                   R"({"acquisition": {"manufacturer": "X|Y", "field_strength_t": 3.0,
                       "echo_time_ms": null}, "level": {}, "fat": {"bias_corrected": true}})");
    expect_text(text, "| manufacturer | X Y (n = 1) |");
    expect_text(text, "| field strength | median 3.0 T, range 3.0 to 3.0 (n = 1) |");
    expect_text(text, "| echo time | not stated |");
    expect_text(text, "doi:10.1109/TMI.2010.2046908");
    const std::string without = methods_of({{.study_uid = "1.1", .patient_id = "A"}}, "no JSON");
    expect_text(without, "1 measured studies have no measurement.json");
    EXPECT_EQ(without.find("TMI"), std::string::npos) << "nobody knows whether it was corrected";
}

TEST(Methods, HaveAllItemsOfTripodWhereARiskWasEstimated) {
    const std::string text =
        methods_of({{.study_uid = "1.1", .patient_id = "A", .risk_model = "yang2025"}});
    for (int item = 1; item <= 27; ++item) {
        const std::regex row(R"(\n\| )" + std::to_string(item) + R"([a-g]? \|)");
        EXPECT_TRUE(std::regex_search(text.substr(text.find("## TRIPOD+AI")), row)) << item;
    }
    expect_text(text, "Model card: yang2025 (n = 1); `paraspinal model show`");
    expect_text(methods_of({{.study_uid = "1.1", .patient_id = "A"}}),
                "It is about prediction models, of which this run used none.");
}

TEST(Methods, HaveAllItemsOfClaim) {
    const std::string text = methods_of({{.study_uid = "1.1", .patient_id = "A"}});
    for (int item = 1; item <= 44; ++item) {
        const std::regex line("\\n\\| " + std::to_string(item) +
                              " \\| [^|]+\\|[^|]*\\|[^|]*\\|\\n");
        const std::ptrdiff_t lines = std::distance(
            std::sregex_iterator(text.begin(), text.end(), line), std::sregex_iterator());
        EXPECT_EQ(lines, 1) << item;
    }
}

TEST(Methods, ClaimNothingWhereNothingWasMeasured) {
    const std::string text = methods_of(
        {{.study_uid = "1.1", .patient_id = "A", .status = "failed", .reason = "no_axial_t2"}});
    expect_text(text, "No study was measured.");
    EXPECT_EQ(text.find("**Slice.**"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal
