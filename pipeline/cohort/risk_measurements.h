// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/risk_rows.h"
#include "pipeline/tables/clinical_table.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// Dates of the examinations in a clinical file, by patient or accession number, in its order.
using DatesByKey = std::map<std::string, std::vector<std::optional<std::string>>>;

/// The text of `key` in the row that `table` stands at; empty without such a column.
std::string key_text(const TableReader& table, RowKey key);

/// Reads the rows of `table` that are left.
DatesByKey dates_by_key(TableReader table, RowKey key);

/// A row of a clinical file on its way to its measurement.
struct WantedMeasurement {
    std::string key;
    std::optional<std::string> date;
    std::size_t line = 0;
};

/// Measurements to be joined to a clinical file, and the count of those that were.
class RiskMeasurements {
  public:
    /// `file` is a measurements.csv, empty for none; `dates` are those of the clinical file.
    /// Throws Error as read_clinical_table.
    RiskMeasurements(const std::filesystem::path& file,
                     const RiskModel& model,
                     RowKey key,
                     DatesByKey dates);

    /// The measurement of `wanted`, as match_examination; why there is none is noted in `notes`
    /// too.
    ClinicalTable::Found find(const WantedMeasurement& wanted, RiskTableNotes& notes);
    /// Adds to `notes` what is left.
    void finish(RiskTableNotes& notes) const;

  private:
    ClinicalTable table_;
    DatesByKey dates_;
    bool is_given_;
    std::size_t joined_ = 0;
};

/// Why a risk from the row `own` of a file and the measurement that was found for it is doubtful.
RiskDoubt doubt_of(const ClinicalTable::Row& own, const ClinicalTable::Found& measured);

}  // namespace paraspinal
