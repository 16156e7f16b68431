// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/csv.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Which columns of a table feed which predictors of a model.
///
/// A predictor's column has its key as name ("age_years"; case does not matter). Binary predictors
/// are 1/0, yes/no, y/n or true/false. Of measurements.csv `patient_age_years` stands in for
/// `age_years`, and `csa_low_cm2` to `vb_high_cm2` give the intervals of the measurements, of
/// kMeasurementCoverage; a row that was measured at another level than L3, which the models are
/// about, gives none of the three. Other columns are not looked at.
class PredictorColumns {
  public:
    PredictorColumns(const CsvReader& table, const RiskModel& model);

    /// Sets those of `values` (in the order of the model's predictors) for which the current row
    /// has a value; leaves the others. Throws Error malformed_file naming line and column.
    void read(const CsvReader& table, std::vector<std::optional<RiskInput>>& values) const;

    /// Whether the current row was measured at another level than L3.
    [[nodiscard]] bool is_other_level(const CsvReader& table) const;

    /// Keys of the predictors that have no column.
    [[nodiscard]] const std::vector<std::string>& without_column() const { return without_column_; }

  private:
    struct Source {
        std::size_t predictor = 0;
        PredictorKind kind = PredictorKind::continuous;
        std::size_t value = 0;
        bool is_measured = false;
        std::optional<std::size_t> low;
        std::optional<std::size_t> high;
    };
    std::vector<Source> sources_;
    std::optional<std::size_t> level_;  // Of measurements.csv; clinical tables may mean another.
    std::vector<std::string> without_column_;
};

/// Throws Error malformed_file, with the first names of the header, when no column feeds a
/// predictor: then the first line is no header.
void require_predictors(const CsvReader& table,
                        const PredictorColumns& columns,
                        const RiskModel& model);

/// The column that names the patient: `patient_id`, else `accession_number`; nullopt for neither.
std::optional<std::size_t> key_column(const CsvReader& table);

/// Clinical values by patient, as read_clinical_table finds them.
struct ClinicalTable {
    /// In the order of the model's predictors, missing ones nullopt.
    std::map<std::string, std::vector<std::optional<RiskInput>>, std::less<>> patients;
    /// What the table says of who a patient is, where it has the columns `sex` and `age_years`.
    struct Person {
        std::string sex;  ///< "M", "F" or empty.
        std::optional<double> age_years;
    };
    std::map<std::string, Person, std::less<>> persons;
    /// Lines (of a CSV, from 1) or places (in a JSON list, from 1) whose patient was there before.
    /// Such patients are left out altogether: nobody knows which of the two is right.
    std::vector<std::size_t> duplicate_lines;
    /// Lines that were measured at another level than L3.
    std::vector<std::size_t> other_level_lines;
    /// Lines without patient_id or accession_number.
    std::vector<std::size_t> lines_without_key;
    std::vector<std::string> without_column;  ///< Predictors that no column (or object) gives.
};

/// Reads the values of `model`'s predictors from a CSV file, or from a JSON file (".json") that
/// holds one object or a list of objects with the same keys.
/// Throws Error as CsvReader, and malformed_file when no column names the patient.
ClinicalTable read_clinical_table(const std::filesystem::path& file, const RiskModel& model);

/// One patient's values out of a clinical table and out of a measurement, in the order of the
/// model's predictors. CSA, FDR and VB are those of the measurement where it has them; for all else
/// the clinical table has the first word.
std::vector<std::optional<RiskInput>> with_measured(
    const RiskModel& model,
    std::vector<std::optional<RiskInput>> clinical,
    std::span<const std::optional<RiskInput>> measured);

/// One patient of a clinical JSON file.
struct ClinicalPatient {
    std::string key;  ///< patient_id or accession_number; may be empty.
    std::vector<std::optional<RiskInput>> values;  ///< In the order of the model's predictors.
    ClinicalTable::Person person{};
};

/// The patients of a JSON file, in order. Throws as read_clinical_table.
std::vector<ClinicalPatient> read_clinical_json(const std::filesystem::path& file,
                                                const RiskModel& model);

/// Whether the name of `file` ends in .json.
bool is_json_file(const std::filesystem::path& file);

/// 1 for "1", "yes", "y", "true"; 0 for "0", "no", "n", "false"; nullopt for anything else.
std::optional<double> parse_yes_no(std::string_view text);

}  // namespace paraspinal
