// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "io/tables/csv.h"
#include "pipeline/batch/export/column_dictionary.h"
#include "pipeline/batch/export/export_ledgers.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

const std::string kKey(32, 'k');

struct Row {
    std::string study_uid;
    std::string patient_id;
    std::string csa_cm2;  // Empty: failed.
    std::string date = "20250102";
    std::string age = "71";
    std::string name{};  // Of its header, which its row does not state.
    std::string accession_number{};
};

StudyRecord record_of(const Row& row) {
    const bool is_measured = !row.csa_cm2.empty();
    StudyRecord record{.study_uid = row.study_uid, .patient_id = row.patient_id};
    record.status = is_measured ? "ok" : "failed";
    record.reason = is_measured ? "" : "no_axial_t2";
    record.measurement = {
        .columns =
            {"patient_id", "patient_age_years", "study_uid", "study_date", "status", "csa_cm2"},
        .cells = {row.patient_id, row.age, row.study_uid, row.date, record.status, row.csa_cm2}};
    if (is_measured) {
        record.muscles.push_back(
            {.columns = {"study_uid", "area_cm2"}, .cells = {row.study_uid, row.csa_cm2}});
    }
    return record;
}

// Folders of batches, and what an export makes of them.
class Export {
  public:
    void add(const std::vector<Row>& rows) {
        folders_.push_back(folder_.path() / std::to_string(folders_.size()));
        std::filesystem::create_directories(folders_.back());
        const OpenedLedger opened = open_ledger(folders_.back());
        opened.ledger->begin_walk();
        for (const Row& row : rows) {
            const std::string person =
                person_text({.id = row.patient_id, .name = row.name}, row.date);
            if (!row.name.empty() || !row.accession_number.empty()) {
                opened.ledger->put_file({.path = "/" + row.study_uid},
                                        {.study_uid = row.study_uid,
                                         .person = person,
                                         .accession_number = row.accession_number});
            }
            opened.ledger->store(ledger_entry(record_of(row)));
        }
        opened.ledger->end_walk();
    }

    // Column `name` of the table that is written.
    std::vector<std::string> column(const std::string& name,
                                    const std::optional<Pseudonyms>& pseudonyms = {},
                                    const std::string& table = "all.csv") {
        export_ledgers(ExportedStudies(folders_, pseudonyms), folder_.path() / "all.csv");
        CsvReader reader(folder_.path() / table);
        std::vector<std::string> cells;
        while (reader.next()) {
            cells.emplace_back(reader.cell(reader.required_column(name)));
        }
        return cells;
    }

  private:
    TemporaryFolder folder_;
    std::vector<std::filesystem::path> folders_;
};

using Cells = std::vector<std::string>;

TEST(Export, MergesLedgersInOneOrder) {
    Export merged;
    merged.add({{.study_uid = "1.3", .patient_id = "B", .csa_cm2 = "3"},
                {.study_uid = "1.1", .patient_id = "B", .csa_cm2 = "1"}});
    merged.add({{.study_uid = "1.2", .patient_id = "B", .csa_cm2 = "2"},
                {.study_uid = "1.9", .patient_id = "A", .csa_cm2 = ""}});
    EXPECT_EQ(merged.column("study_uid"), (Cells{"1.9", "1.1", "1.2", "1.3"}));
    EXPECT_EQ(merged.column("csa_cm2"), (Cells{"", "1", "2", "3"}));
    EXPECT_EQ(merged.column("area_cm2", {}, "muscles.csv"), (Cells{"1", "2", "3"}));
    EXPECT_EQ(merged.column("name", {}, "columns.csv").size(), column_dictionary().size());
}

TEST(Export, KeepsOneRowOfAStudyInSeveralLedgers) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"},
                {.study_uid = "1.2", .patient_id = "A", .csa_cm2 = ""},
                {.study_uid = "1.3", .patient_id = "A", .csa_cm2 = "3"}});
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"},
                {.study_uid = "1.2", .patient_id = "A", .csa_cm2 = "2"},
                {.study_uid = "1.3", .patient_id = "A", .csa_cm2 = ""}});
    EXPECT_EQ(merged.column("study_uid"), (Cells{"1.1", "1.2", "1.3"}));
    EXPECT_EQ(merged.column("csa_cm2"), (Cells{"1", "2", "3"})) << "what was measured counts";
}

TEST(Export, RefusesTwoMeasurementsOfOneStudy) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"}});
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "2"}});
    try {
        merged.column("study_uid");
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::duplicate_study);
        EXPECT_NE(error.message().find("study 1.1 was measured differently"), std::string::npos);
    }
}

TEST(Export, LosesNobodyWhoSharesAStudyUid) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"}});
    merged.add({{.study_uid = "1.1", .patient_id = "B", .csa_cm2 = ""},
                {.study_uid = "1.2", .patient_id = "B", .csa_cm2 = "2"}});
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"}});
    EXPECT_EQ(merged.column("patient_id"), (Cells{"A", "B", "B"}));
    EXPECT_EQ(merged.column("csa_cm2"), (Cells{"1", "", "2"}));
    EXPECT_EQ(merged.column("qc_flags"),
              (Cells{"patient_contradiction", "patient_contradiction", ""}));
}

TEST(Export, TellsAnIdThatStandsForSeveralPeople) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"},
                {.study_uid = "1.2", .patient_id = "B", .csa_cm2 = "2"}});
    merged.add(
        {{.study_uid = "1.3", .patient_id = "A", .csa_cm2 = "3", .age = "45"},
         {.study_uid = "1.4", .patient_id = "B", .csa_cm2 = "4", .date = "20300102", .age = "76"}});
    const std::string flag = "patient_id_contradiction";
    EXPECT_EQ(merged.column("qc_flags"), (Cells{flag, flag, "", ""}));
    EXPECT_EQ(merged.column("image_flags"), (Cells{flag, flag, "", ""}));
}

TEST(Export, TellsPeopleApartByAllThatTheirHeadersSay) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1", .name = "DOE^JANE"},
                {.study_uid = "1.2", .patient_id = "B", .csa_cm2 = "2", .name = "MULLER^ANNA"},
                {.study_uid = "1.9", .patient_id = "C", .csa_cm2 = "5", .name = "ROE^ANN"}});
    merged.add({{.study_uid = "1.3", .patient_id = "A", .csa_cm2 = "3", .name = "ROE^JOHN"},
                {.study_uid = "1.4", .patient_id = "B", .csa_cm2 = "4", .name = "Mueller^Anna"},
                {.study_uid = "1.9", .patient_id = "C", .csa_cm2 = "6", .name = "FOX^EVE"}});
    const std::string one_id = "patient_id_contradiction";
    const std::string two_people = "patient_contradiction;patient_id_contradiction";
    EXPECT_EQ(merged.column("csa_cm2"), (Cells{"1", "3", "2", "4", "5", "6"}));
    EXPECT_EQ(merged.column("qc_flags"), (Cells{one_id, one_id, "", "", two_people, two_people}));
}

TEST(Export, TellsAnAccessionNumberThatStandsForSeveralPeople) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1", .accession_number = "7"}});
    merged.add({{.study_uid = "1.2", .patient_id = "B", .csa_cm2 = "2", .accession_number = "7"},
                {.study_uid = "1.3", .patient_id = "C", .csa_cm2 = "3", .accession_number = "8"}});
    const std::string flag = "accession_number_contradiction";
    EXPECT_EQ(merged.column("qc_flags"), (Cells{flag, flag, ""}));
    EXPECT_EQ(merged.column("risk_flags"), (Cells{flag, flag, ""}));
    EXPECT_EQ(merged.column("image_flags"), (Cells{"", "", ""}));
    EXPECT_EQ(merged.column("status"), (Cells{"ok", "ok", "ok"}));
}

TEST(Export, CountsNobodyTwiceWhoIsAloneInOneLedgerAndNotInAnother) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1"}});
    merged.add({{.study_uid = "1.1#0123456789abcdef", .patient_id = "A", .csa_cm2 = "1"},
                {.study_uid = "1.1#fedcba9876543210", .patient_id = "B", .csa_cm2 = "2"}});
    EXPECT_THROW(merged.column("patient_id"), Error) << "measured alone, and beside another";
}

TEST(Export, KeepsPeopleWhomOnlyTheirNamesTellApart) {
    Export merged;
    for (int ledger = 0; ledger < 2; ++ledger) {
        merged.add({{.study_uid = "1.1#0123456789abcdef", .patient_id = "A", .csa_cm2 = "1"},
                    {.study_uid = "1.1#fedcba9876543210", .patient_id = "A", .csa_cm2 = "2"}});
    }
    EXPECT_EQ(merged.column("csa_cm2"), (Cells{"1", "2"}));
}

TEST(Export, HidesWhoItIs) {
    Export merged;
    merged.add({{.study_uid = "1.1", .patient_id = "A", .csa_cm2 = "1", .date = "20250102"},
                {.study_uid = "1.2", .patient_id = "A", .csa_cm2 = "2", .date = "20250112"},
                {.study_uid = "1.3", .patient_id = "B", .csa_cm2 = "3", .age = "93.5"},
                {.study_uid = "1.4", .patient_id = "", .csa_cm2 = "", .date = "January"}});
    const Pseudonyms names(kKey, DateRule::shift);
    const Cells patients = merged.column("patient_id", names);
    const Cells studies = merged.column("study_uid", names);
    const Cells ages = merged.column("patient_age_years", names);
    std::map<std::string, std::string> csa_of_study;
    const Cells csa = merged.column("csa_cm2", names);
    for (std::size_t i = 0; i < studies.size(); ++i) {
        csa_of_study[studies[i]] = csa[i];
    }
    EXPECT_EQ(csa_of_study.at(names.uid("1.2")), "2") << "the row stays with its study";
    EXPECT_TRUE(std::ranges::is_sorted(patients)) << "the order would tell the true names";
    EXPECT_EQ(std::set(patients.begin(), patients.end()),
              (std::set<std::string>{"", names.patient("A"), names.patient("B")}));
    EXPECT_EQ(std::ranges::count(ages, "90"), 1);
    const Cells muscles = merged.column("study_uid", names, "muscles.csv");
    EXPECT_EQ(std::ranges::count(muscles, names.uid("1.1")), 1);
}

TEST(Pseudonyms, DependOnKeyAndKind) {
    const Pseudonyms names(kKey, DateRule::shift);
    EXPECT_EQ(names.patient("A"), Pseudonyms(kKey, DateRule::drop).patient("A"));
    EXPECT_NE(names.patient("A"), Pseudonyms(std::string(32, 'x'), DateRule::shift).patient("A"));
    EXPECT_NE(names.patient("A"), names.uid("A"));
    EXPECT_NE(names.patient("A"), names.patient("B"));
    EXPECT_EQ(names.patient("A").size(), 32U);
    EXPECT_EQ(names.patient(""), "");
    EXPECT_THROW(Pseudonyms("short", DateRule::shift), Error);
}

int days_between(const std::string& a, const std::string& b) {
    const auto days = [](const std::string& date) {
        const std::chrono::year_month_day day{
            std::chrono::year(std::stoi(date.substr(0, 4))),
            std::chrono::month(static_cast<unsigned>(std::stoi(date.substr(4, 2)))),
            std::chrono::day(static_cast<unsigned>(std::stoi(date.substr(6, 2))))};
        return std::chrono::sys_days(day);
    };
    return static_cast<int>((days(b) - days(a)).count());
}

TEST(Pseudonyms, ShiftTheDatesOfAPatientAlike) {
    const Pseudonyms names(kKey, DateRule::shift);
    std::set<int> shifts;
    for (const std::string owner : {"A", "B", "C", "D"}) {
        const int shift = days_between(names.date("20240229", owner), "20240229");
        EXPECT_GE(shift, 1);
        EXPECT_LE(shift, 365);
        EXPECT_EQ(days_between(names.date("20240229", owner), names.date("20250301", owner)), 366);
        shifts.insert(shift);
    }
    EXPECT_GT(shifts.size(), 1U) << "each patient has a shift of her own";
    for (const char* const wrong : {"", "2024", "20240230", "20241301", "2024-1-1"}) {
        EXPECT_EQ(names.date(wrong, "A"), "") << wrong;
    }
    EXPECT_EQ(Pseudonyms(kKey, DateRule::drop).date("20240229", "A"), "");
}

TEST(Pseudonyms, CapAges) {
    EXPECT_EQ(Pseudonyms::age("89"), "89");
    EXPECT_EQ(Pseudonyms::age("89.5"), "90");
    EXPECT_EQ(Pseudonyms::age("101"), "90");
    EXPECT_EQ(Pseudonyms::age(""), "");
}

TEST(ColumnDictionary, ExplainsEveryColumnOfEveryTable) {
    std::map<std::string, std::vector<std::string>> tables;
    for (const ColumnMeaning& column : column_dictionary()) {
        tables[column.table].push_back(column.name);
        EXPECT_FALSE(column.meaning.empty()) << column.name;
        EXPECT_FALSE(column.unit.empty()) << column.name;
        EXPECT_EQ(column.meaning.find("]("), std::string::npos) << column.meaning;
    }
    EXPECT_EQ(tables["measurements.csv"], measurement_columns());
    EXPECT_EQ(tables["muscles.csv"], muscle_columns());
    EXPECT_EQ(tables["slices.csv"], slice_columns());
    EXPECT_EQ(tables["volumes.csv"], volume_columns());
    EXPECT_EQ(tables["vertebrae.csv"], vertebra_columns());
    EXPECT_EQ(column_dictionary().front().source, "DICOM (0010,0020)");
}

}  // namespace
}  // namespace paraspinal
