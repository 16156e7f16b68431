// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interval.h"
#include "core/measurement.h"
#include "core/unit.h"
#include "pipeline/study/study_report.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace paraspinal {

/// What a number rests on, besides the outlines.
enum class Basis {
    outlines,        ///< Nothing else.
    muscles,         ///< The part of the muscles that is measured (`--roi`).
    fat,             ///< That part, and the threshold of fat inside it.
    risk,            ///< A risk model.
    companion_risk,  ///< The card that stands beside it.
};

/// How a DICOM report names a number.
struct QuantityCode {
    std::string_view value;    ///< At most 16 characters; empty: the number is in no report.
    std::string_view meaning;  ///< Of the code.
    std::string_view scheme;   ///< Empty: our own, kOwnScheme.
};

/// One number of a study. Every table, file, picture and page takes names, digits and values from
/// here; docs/columns.md and docs/dicom_objects.md are held to it.
struct Quantity {
    std::string_view name;        ///< Column and JSON key: "csa_cm2". The last part says the unit.
    std::string_view symbol;      ///< Heads a column: "CSA".
    std::string_view title;       ///< Stands in a sentence: "right-left asymmetry".
    std::string_view definition;  ///< For `measurement.json`; empty where the name says it all.
    Unit unit;
    Basis basis = Basis::outlines;
    QuantityCode code;
    /// Nothing when it is unknown or was not measured.
    std::optional<double> (*value)(const StudyReport& report) = nullptr;
    /// Null where no interval is ever estimated; nothing where there is none in this study.
    std::optional<Interval> (*interval)(const StudyReport& report) = nullptr;
};

/// What is measured of all four muscles and the vertebral body, in the order of `measurement.json`.
std::span<const Quantity> quantities();

/// The one with this name, of `quantities`, "risk_pct" or "companion_risk_pct". Throws Error
/// internal: there is none.
const Quantity& quantity(std::string_view name);

std::optional<Interval> interval_of(const Quantity& quantity, const StudyReport& report);

/// Column and JSON key of the ends of its interval: "csa_low_cm2", "csa_high_cm2".
std::string low_name(const Quantity& quantity);
std::string high_name(const Quantity& quantity);
/// The same of its repeat_interval: "csa_repeat_low_cm2", "csa_repeat_high_cm2".
std::string repeat_low_name(const Quantity& quantity);
std::string repeat_high_name(const Quantity& quantity);

/// One number of each structure.
struct StructureQuantity {
    std::string_view name;    ///< Column of `muscles.csv` and JSON key: "area_cm2".
    std::string_view column;  ///< In `measurements.csv`, behind the structure: "csa_cm2", or empty.
    std::string_view symbol;  ///< Heads a column: "CSA".
    Unit unit;
    Basis basis = Basis::outlines;  ///< Of the muscles; that of others is the outlines.
    QuantityCode code;
    /// Nothing when it is unknown or was not measured. `part` belongs to `report`.
    std::optional<double> (*value)(const StudyReport& report,
                                   const StructureMeasurement& part) = nullptr;
};

/// What is measured of each structure, in the order of `muscles.csv`.
std::span<const StructureQuantity> structure_quantities();

/// The one whose `column` this is. Throws Error internal: there is none.
const StructureQuantity& structure_quantity(std::string_view column);

/// Column of `measurements.csv`: "mf_right_csa_cm2".
std::string column_name(const StructureQuantity& quantity, Structure structure);

}  // namespace paraspinal
