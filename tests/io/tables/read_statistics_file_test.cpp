// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/read_statistics_file.h"

#include "core/error.h"
#include "tests/io/damaged_files.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <readstat.h>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Cells = std::vector<std::string>;

ssize_t append(const void* bytes, std::size_t size, void* stream) {
    static_cast<std::ofstream*>(stream)->write(static_cast<const char*>(bytes),
                                               static_cast<std::streamsize>(size));
    return static_cast<ssize_t>(size);
}

// Three patients: an ID, a labelled sex, an age with -9 for missing, a date, a VAS of which only
// the ends are labelled.
void write_patients(const std::filesystem::path& file, bool is_stata) {
    std::ofstream stream(file, std::ios::binary);
    const std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)> owner(
        readstat_writer_init(), &readstat_writer_free);
    readstat_writer_t* const writer = owner.get();
    readstat_set_data_writer(writer, append);
    readstat_label_set_t* const sexes =
        readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "sexes");
    readstat_label_double_value(sexes, 1, "Male");
    readstat_label_double_value(sexes, 2, "Female");
    readstat_label_set_t* const pains =
        readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "pains");
    readstat_label_double_value(pains, 0, "none");
    readstat_label_double_value(pains, 10, "worst");
    readstat_variable_t* const id =
        readstat_add_variable(writer, "patient_id", READSTAT_TYPE_STRING, 8);
    readstat_variable_t* const sex = readstat_add_variable(writer, "sex", READSTAT_TYPE_DOUBLE, 0);
    readstat_variable_set_label_set(sex, sexes);
    readstat_variable_t* const age =
        readstat_add_variable(writer, "age_years", READSTAT_TYPE_DOUBLE, 0);
    if (!is_stata) {
        readstat_variable_add_missing_double_value(age, -9);
    }
    readstat_variable_t* const date =
        readstat_add_variable(writer, "study_date", READSTAT_TYPE_DOUBLE, 0);
    readstat_variable_set_format(date, is_stata ? "%td" : "DATE11");
    readstat_variable_t* const vas = readstat_add_variable(writer, "vas", READSTAT_TYPE_DOUBLE, 0);
    readstat_variable_set_label_set(vas, pains);
    ASSERT_EQ(is_stata ? readstat_begin_writing_dta(writer, &stream, 3)
                       : readstat_begin_writing_sav(writer, &stream, 3),
              READSTAT_OK);
    const double day = is_stata ? 24137 : 24137.0 * 86400 + 11903760000.0;  // 2026-01-31.
    for (int row = 0; row < 3; ++row) {
        readstat_begin_row(writer);
        readstat_insert_string_value(writer, id, ("P" + std::to_string(row)).c_str());
        readstat_insert_double_value(writer, sex, row == 1 ? 1 : 2);
        if (row == 2 && is_stata) {
            readstat_insert_tagged_missing_value(writer, age, 'a');
        } else {
            readstat_insert_double_value(writer, age, row == 2 ? -9 : 70.5 + row);
        }
        if (row == 1) {
            readstat_insert_missing_value(writer, date);
        } else {
            readstat_insert_double_value(writer, date, day);
        }
        readstat_insert_double_value(writer, vas, row == 0 ? 10 : 7);
        readstat_end_row(writer);
    }
    ASSERT_EQ(readstat_end_writing(writer), READSTAT_OK);
}

class StatisticsFile : public ::testing::TestWithParam<const char*> {
  protected:
    std::filesystem::path written() {
        const auto file = folder_.path() / (std::string("t") + GetParam());
        write_patients(file, std::string(GetParam()) == ".dta");
        return file;
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_P(StatisticsFile, LabelsDatesAndMissingCodesAreUnderstood) {
    const TableRows table = read_statistics_file(written());
    EXPECT_EQ(table.columns, (Cells{"patient_id", "sex", "age_years", "study_date", "vas"}));
    EXPECT_EQ(table.rows,
              (std::vector<Cells>{{"P0", "Female", "70.5", "2026-01-31", "10"},
                                  {"P1", "Male", "71.5", "", "7"},
                                  {"P2", "Female", "", "2026-01-31", "7"}}));
    EXPECT_EQ(table.numbers, (std::vector<std::size_t>{1, 2, 3}));
}

TEST_P(StatisticsFile, DamageIsANamedError) {
    testing::expect_named_errors(written(), [](const auto& file) { read_statistics_file(file); });
}

INSTANTIATE_TEST_SUITE_P(SpssAndStata, StatisticsFile, ::testing::Values(".sav", ".dta"));

TEST(StatisticsFileRefusal, NamesWhatIsWrong) {
    EXPECT_EQ(testing::refusal([] { read_statistics_file("no/such.sav"); }),
              ErrorCode::input_not_found);
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "t.sav") << "patient_id\n";
    EXPECT_EQ(testing::refusal([&] { read_statistics_file(folder.path() / "t.sav"); }),
              ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal
