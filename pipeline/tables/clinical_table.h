// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flag.h"
#include "pipeline/tables/columns/table_reader.h"
#include "pipeline/tables/match_examination.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What tells whose row it is.
enum class RowKey : std::uint8_t { patient_id, accession_number };

/// "patient_id" or "accession_number".
std::string_view row_key_name(RowKey key);

/// The flag of rows whose key stands for several people: `patient_id_contradiction` or
/// `accession_number_contradiction`.
Flag flag_of(RowKey key);

/// What the columns of a table tell rows by: patient_id, else accession_number; nullopt for
/// neither.
std::optional<RowKey> row_key_of(const TableReader& table);

/// Clinical values by patient, as read_clinical_table finds them.
struct ClinicalTable {
    RowKey key = RowKey::patient_id;  ///< What `patients` and `persons` are told by.
    /// What the table says of who a patient is, where it has the columns `sex` and `age_years`.
    struct Person {
        std::string sex;  ///< "M", "F" or empty.
        std::optional<double> age_years;
        /// Of rows of measurements.csv: what they are told by stands for several people, by the
        /// flag of one of them (flag_of) or by contradictions_by_study.
        bool stands_for_several = false;
    };
    /// A row: one examination of a patient.
    struct Row {
        std::optional<std::string> date;  ///< Of the examination, as parse_date.
        /// In the order of the model's predictors, missing ones nullopt.
        std::vector<std::optional<RiskInput>> values;
        Person person{};
        std::string otherwise{};  ///< As measured_otherwise.
    };
    /// By `key`, in the order of the file; without those that have none.
    std::map<std::string, std::vector<Row>, std::less<>> rows;
    /// Lines that were measured at another level than L3.
    std::vector<std::size_t> other_level_lines;
    /// Lines without patient_id or accession_number.
    std::vector<std::size_t> lines_without_key;
    std::vector<std::string> without_column;  ///< Predictors that no column (or object) gives.

    /// A row, or nullptr and the reason as match_examination.
    struct Found {
        const Row* row = nullptr;
        std::string_view reason{};
    };
    /// The row of the examination at `place` among those of the own table with this key, whose
    /// dates are `dates`.
    [[nodiscard]] Found find(std::string_view key_text,
                             std::size_t place,
                             ExaminationDates dates) const;
};

/// The date of the examination of the row that `table` stands at, as parse_date.
std::optional<std::string> examination_date(const TableReader& table);

/// How the row that `table` stands at was measured, where it says so.
std::string measured_otherwise(const TableReader& table, const RiskModel& model);

/// What the row that `table` stands at says of who the patient is, whom `key` tells.
ClinicalTable::Person person_of(const TableReader& table, RowKey key);

/// Why two rows with one ID may be two people: "different sexes" or "ages more than two years
/// apart"; empty where they agree, or do not say.
std::string_view contradiction_between(const ClinicalTable::Person& one,
                                       const ClinicalTable::Person& other);

/// Ages are taken at different times, but not years apart. Our choice.
inline constexpr double kMostYearsBetweenAges = 2;

/// Reads the values of `model`'s predictors from a table, or from a JSON file (".json") that holds
/// one object or a list of objects with the same keys. Rows are told by `key`; without it by what
/// the table has, as row_key_of. Rows of measurements.csv whose status is failed are passed over.
/// Throws Error as TableReader, and malformed_file when no column names the patient or cells cannot
/// be read: all of them in one message.
ClinicalTable read_clinical_table(const std::filesystem::path& file,
                                  const RiskModel& model,
                                  const TableOptions& options = {},
                                  std::optional<RowKey> key = std::nullopt);

}  // namespace paraspinal
