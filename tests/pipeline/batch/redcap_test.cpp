// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "io/tables/csv.h"
#include "pipeline/batch/export/redcap_field.h"
#include "pipeline/batch/export/redcap_files.h"
#include "pipeline/report/tables/measurement_row.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;
using Row = std::map<std::string, std::string>;

// What REDCap is given for a table.
class Project {
  public:
    explicit Project(const std::string& table, const ColumnKinds& kinds = {}) {
        write_file(folder_.path() / "all.csv", table);
        notes_ = write_redcap(folder_.path() / "all.csv", kinds, folder_.path() / "redcap").notes;
    }

    [[nodiscard]] std::vector<Row> rows(const std::string& file) const {
        CsvReader csv(folder_.path() / "redcap" / file);
        std::vector<Row> rows;
        while (csv.next()) {
            Row& row = rows.emplace_back();
            for (std::size_t i = 0; i < csv.columns().size(); ++i) {
                row[csv.columns()[i]] = csv.cell(i);
            }
        }
        return rows;
    }
    [[nodiscard]] std::vector<Row> records() const { return rows("redcap_import.csv"); }
    [[nodiscard]] Row field(const std::string& name) const {
        for (Row& row : rows("redcap_data_dictionary.csv")) {
            if (row["Variable / Field Name"] == name) {
                return row;
            }
        }
        return {};
    }
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
    [[nodiscard]] std::vector<std::string> columns(const std::string& file) const {
        return CsvReader(folder_.path() / "redcap" / file).columns();
    }

  private:
    TemporaryFolder folder_;
    std::vector<std::string> notes_;
};

// A table with every column of measurements.csv and `more` at its end; cells as `rows` have them.
std::string table_of(const std::vector<Row>& rows, const std::vector<std::string>& more = {}) {
    std::vector<std::string> columns = measurement_columns();
    columns.insert(columns.end(), more.begin(), more.end());
    std::string text;
    for (const std::string& column : columns) {
        text += (text.empty() ? "" : ",") + column;
    }
    for (const Row& row : rows) {
        text += '\n';
        for (const std::string& column : columns) {
            const auto found = row.find(column);
            text += (column == columns.front() ? "" : ",") +
                    (found == row.end() ? std::string() : found->second);
        }
    }
    return text + "\n";
}

// The rules of REDCap for what it takes.
TEST(Redcap, TakesEveryFieldOfTheDictionary) {
    const Project project(table_of({}));
    const std::regex name("[a-z](_?[a-z0-9])*");
    const std::set<std::string> types{"text", "notes", "radio", "yesno"};
    const std::set<std::string> validations{"", "number", "integer", "date_ymd"};
    std::set<std::string> names;
    std::set<std::string> labels;
    EXPECT_EQ(project.columns("redcap_data_dictionary.csv").size(), 18U);
    std::vector<Row> fields = project.rows("redcap_data_dictionary.csv");
    ASSERT_EQ(fields.size(), measurement_columns().size() + 1);
    EXPECT_EQ(fields.front()["Variable / Field Name"], "record_id");
    for (Row& field : fields) {
        const std::string& own = field["Variable / Field Name"];
        EXPECT_TRUE(std::regex_match(own, name)) << own;
        EXPECT_LE(own.size(), 100U);
        EXPECT_TRUE(names.insert(own).second) << own;
        EXPECT_TRUE(types.contains(field["Field Type"])) << own;
        EXPECT_TRUE(validations.contains(field["Text Validation Type OR Show Slider Number"]));
        EXPECT_EQ(field["Field Type"] == "radio",
                  !field["Choices, Calculations, OR Slider Labels"].empty());
        EXPECT_EQ(field["Form Name"], "paraspinal_mri");
        EXPECT_TRUE(labels.insert(field["Field Label"]).second) << own;
    }
}

TEST(Redcap, KnowsTypesUnitsChoicesAndIdentifiers) {
    const Project project(table_of({}));
    const std::string validation = "Text Validation Type OR Show Slider Number";
    EXPECT_EQ(project.field("mf_left_fa_cm2")["Field Label"],
              "Fat area of the left multifidus (cm²)");
    EXPECT_EQ(project.field("csa_high_cm2")["Field Label"],
              "Upper end of the 90 % interval of CSA (cm²)");
    EXPECT_EQ(project.field("status")["Choices, Calculations, OR Slider Labels"],
              "ok, ok | flagged, flagged | failed, failed");
    EXPECT_EQ(project.field("study_date")[validation], "date_ymd");
    EXPECT_EQ(project.field("series_number")[validation], "integer");
    std::size_t numbers = 0;
    for (Row& row : project.rows("redcap_data_dictionary.csv")) {
        numbers += row[validation] == "number" ? 1 : 0;
        const std::string& name = row["Variable / Field Name"];
        const bool has_unit = name.ends_with("_cm2") || name.ends_with("_pct") ||
                              name.ends_with("_mm") || name.ends_with("_deg");
        EXPECT_TRUE(!has_unit || row[validation] == "number") << name;
    }
    EXPECT_GT(numbers, 40U);
    for (const char* const name : {"record_id",
                                   "patient_id",
                                   "study_uid",
                                   "series_uid",
                                   "sop_instance_uid",
                                   "study_date",
                                   "accession_number",
                                   "source_file",
                                   "message",
                                   "reader",
                                   "review_note"}) {
        EXPECT_EQ(project.field(name)["Identifier?"], "y") << name;
    }
    EXPECT_EQ(project.field("csa_cm2")["Identifier?"], "");
}

TEST(Redcap, HasARecordAnExaminationAndKeepsCellsAsTheyAre) {
    const Row first{{"patient_id", "01"},
                    {"study_uid", "1.2"},
                    {"study_date", "20250102"},
                    {"status", "ok"},
                    {"csa_cm2", "37.490"}};
    Row second = first;
    second["study_uid"] = "1.3";
    second["status"] = "failed";
    second["csa_cm2"] = "";
    const Project project(table_of({first, second}));
    std::vector<Row> records = project.records();
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0]["patient_id"], "01");
    EXPECT_EQ(records[0]["study_date"], "2025-01-02");
    EXPECT_EQ(records[0]["csa_cm2"], "37.490");
    EXPECT_EQ(records[1]["csa_cm2"], "");
    EXPECT_EQ(records[1]["status"], "failed");
    EXPECT_NE(records[0]["record_id"], records[1]["record_id"]);
    EXPECT_TRUE(std::regex_match(records[0]["record_id"], std::regex("study_[0-9a-f]{32}")));
    EXPECT_EQ(project.columns("redcap_import.csv").front(), "record_id");
    EXPECT_TRUE(project.notes().empty());
    const Project again(table_of({second, first}));
    EXPECT_EQ(again.records()[1]["record_id"], records[0]["record_id"]) << "whatever else is there";
}

TEST(Redcap, RefusesTwoRowsOfOneRecord) {
    const Row row{{"patient_id", "A"}, {"study_uid", "1.2"}};
    EXPECT_THROW(Project(table_of({row, row})), Error);
}

TEST(Redcap, LeavesOutWhatItWouldRefuseAndSaysSo) {
    const Project project(table_of({{{"study_uid", "1"}, {"study_date", "January"}},
                                    {{"study_uid", "2"}, {"study_date", "20251301"}},
                                    {{"study_uid", "3"}, {"patient_sex", "W"}}}));
    EXPECT_EQ(project.records()[0]["study_date"], "");
    ASSERT_EQ(project.notes().size(), 2U);
    EXPECT_EQ(project.notes()[0],
              "column patient_sex: REDCap would refuse what stands in line 4; left empty in "
              "redcap_import.csv");
    EXPECT_NE(project.notes()[1].find("line 2 and 1 more"), std::string::npos);
}

TEST(Redcap, TakesColumnsOfOtherTables) {
    const Project project(
        table_of({{{"study_uid", "1"},
                   {"Größe (cm)", "171.5"},
                   {"CRP <mg/l>", "<0.6"},
                   {"Ward", "01"},
                   {"OP-Datum", "31.1.2026"},
                   {"Brace", "Yes"},
                   {"2nd", "Ä"}},
                  {{"study_uid", "2"},
                   {"Größe (cm)", "n.a."},
                   {"CRP <mg/l>", "3.1"},
                   {"Ward", "02"},
                   {"Brace", "no"}}},
                 {"Größe (cm)", "CRP <mg/l>", "Ward", "OP-Datum", "Brace", "2nd"}),
        {{"Brace", ColumnKind::yes_no}});
    const std::string validation = "Text Validation Type OR Show Slider Number";
    EXPECT_EQ(project.field("gr_e_cm")["Field Label"], "Größe (cm)");
    EXPECT_EQ(project.field("gr_e_cm")["Form Name"], "clinical_data");
    EXPECT_EQ(project.field("gr_e_cm")[validation], "number");
    EXPECT_EQ(project.field("crp_mg_l")[validation], "") << "REDCap would refuse <0.6";
    EXPECT_EQ(project.field("ward")[validation], "");
    EXPECT_EQ(project.field("op_datum")[validation], "date_ymd");
    EXPECT_EQ(project.field("op_datum")["Identifier?"], "y");
    EXPECT_EQ(project.field("brace")["Field Type"], "yesno");
    std::vector<Row> records = project.records();
    EXPECT_EQ(records[0]["op_datum"], "2026-01-31");
    EXPECT_EQ(records[0]["ward"], "01");
    EXPECT_EQ(records[0]["crp_mg_l"], "<0.6");
    EXPECT_EQ(records[0]["brace"], "1");
    EXPECT_EQ(records[1]["brace"], "0");
    EXPECT_EQ(records[1]["gr_e_cm"], "");
    EXPECT_EQ(records[0]["column_2nd"], "Ä");
}

// A count of fractures is no yes or no because nobody in the export has two.
TEST(Redcap, TakesYesAndNoForWhatTheWholeTableSays) {
    const Project project(table_of({{{"study_uid", "1"}, {"fractures", "1"}},
                                    {{"study_uid", "2"}, {"fractures", "0"}}},
                                   {"fractures"}),
                          {{"fractures", ColumnKind::number}});
    EXPECT_EQ(project.field("fractures")["Text Validation Type OR Show Slider Number"], "number");
}

TEST(Redcap, NamesFieldsAsItAllows) {
    EXPECT_EQ(redcap_name("HDL-C (mmol/L)", {}), "hdl_c_mmol_l");
    EXPECT_EQ(redcap_name("csa_cm2", {"csa_cm2", "csa_cm2_2"}), "csa_cm2_3");
    EXPECT_EQ(redcap_name("骨密度", {}), "column");
    EXPECT_EQ(redcap_name(std::string(300, 'a'), {}).size(), 100U);
    EXPECT_EQ(redcap_name(std::string(300, 'a'), {std::string(100, 'a')}),
              std::string(98, 'a') + "_2");
}

}  // namespace
}  // namespace paraspinal
