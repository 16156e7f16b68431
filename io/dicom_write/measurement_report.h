// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"
#include "io/dicom_write/coded_concept.h"
#include "io/dicom_write/provenance.h"
#include "io/dicom_write/segmentation.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// An interval around a number, in its unit.
struct ReportedInterval {
    double low = 0;
    double high = 0;
    double coverage_pct = 0;  ///< How often the truth is meant to lie inside.
};

/// A measured or computed number.
struct ReportedNumber {
    CodedConcept name;
    double value = 0;
    int decimals = 2;
    CodedConcept unit;
    std::string algorithm;  ///< What computed it.
    std::vector<std::pair<CodedConcept, CodedConcept>> modifiers;
    std::optional<ReportedInterval> interval;  ///< Of sums only.
    /// Of sums only: the structures whose outlines the number comes from. Viewers write the sums
    /// beside the first ones.
    std::vector<Structure> regions{};
};

/// What is said in words. Plain ASCII.
struct ReportedText {
    CodedConcept name;
    std::string text;
};

/// Numbers about one thing.
struct ReportedGroup {
    std::string name;  ///< Tracking identifier: "multifidus_right", "totals".
    /// Outlined in the segmentation. Absent for sums, whose numbers have names that occur once in
    /// the report.
    std::optional<Structure> structure;
    std::vector<ReportedNumber> numbers;
    std::vector<ReportedText> remarks;
};

struct MeasurementReportContent {
    std::string level = "L3";           ///< Vertebra at whose level the slice lies.
    std::vector<ReportedGroup> groups;  ///< First those of structures, then the sums.
    std::vector<ReportedText> remarks;  ///< About the whole: level, doubts, notice.
};

/// Writes a DICOM Comprehensive 3D SR, "Imaging Measurement Report" (PS3.16 TID 1500): a group for
/// each structure (TID 1411) that refers to its segment in the object that write_dicom_segmentation
/// makes of `segmentation` and the same provenance, groups of sums (TID 1501), and remarks. Each
/// number has the outlines that it was measured on (TID 320), see report_outlines.h.
///
/// Throws Error internal (a structure without segment), output_not_writable; or as the reader of
/// the source.
void write_measurement_report(const std::filesystem::path& file,
                              const MeasurementReportContent& content,
                              const SegmentationContent& segmentation,
                              const Provenance& provenance);

}  // namespace paraspinal
