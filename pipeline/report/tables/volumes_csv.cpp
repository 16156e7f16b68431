// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/volumes_csv.h"

#include "core/text.h"
#include "core/unit.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/table_column.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

struct VolumeRow {
    const StudyIdentity& study;
    const StretchVolume& stretch;
    const std::string& software_version;
    std::string level_offset;  // Of the names of the levels.
};
using Column = TableColumn<VolumeRow>;

constexpr double kMm2PerCm2 = 100;
constexpr double kMm3PerCm3 = 1000;
constexpr int kFractionDecimals = 2;
constexpr int kVolumeDecimals = 2;

Column of_volume(std::string name, std::function<std::string(const MuscleVolume&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const VolumeRow& row) {
                const auto* const volume = std::get_if<MuscleVolume>(&row.stretch.volume);
                return volume != nullptr ? text(*volume) : std::string();
            }};
}

Column of_failure(std::string name, std::function<std::string(const VolumeFailure&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const VolumeRow& row) {
                const auto* const failure = std::get_if<VolumeFailure>(&row.stretch.volume);
                return failure != nullptr ? text(*failure) : std::string();
            }};
}

Column of_largest(std::string name, std::function<std::string(const LargestSection&)> text) {
    return {.name = std::move(name), .text = [text = std::move(text)](const VolumeRow& row) {
                return row.stretch.largest ? text(*row.stretch.largest) : std::string();
            }};
}

std::string status_of(const StretchVolume& stretch) {
    if (std::holds_alternative<VolumeFailure>(stretch.volume)) {
        return "failed";
    }
    return stretch.flags.empty() ? "ok" : "flagged";
}

std::string flag_text(const StretchVolume& stretch) {
    std::vector<std::string> names;
    for (const Flag flag : stretch.flags) {
        names.emplace_back(flag_name(flag));
    }
    return joined(names, ";");
}

std::vector<Column> all_columns() {
    return {
        {"patient_id", [](const VolumeRow& row) { return row.study.patient.id; }},
        {"study_uid", [](const VolumeRow& row) { return row.study.study_uid; }},
        {"study_date", [](const VolumeRow& row) { return row.study.study_date; }},
        {"structure",
         [](const VolumeRow& row) {
             const std::optional<Structure> muscle = row.stretch.muscle;
             return muscle ? std::string(structure_name(*muscle)) : "paraspinal";
         }},
        {"side",
         [](const VolumeRow& row) {
             const std::optional<Structure> muscle = row.stretch.muscle;
             return muscle ? std::string(side_name(*muscle)) : "both";
         }},
        {"from_level", [](const VolumeRow& row) { return row.stretch.upper; }},
        {"to_level", [](const VolumeRow& row) { return row.stretch.lower; }},
        {"status", [](const VolumeRow& row) { return status_of(row.stretch); }},
        of_failure("reason",
                   [](const auto& failure) { return std::string(error_name(failure.code)); }),
        of_volume("slices", [](const auto& volume) { return std::to_string(volume.sections); }),
        of_volume(
            "length_mm",
            [](const auto& volume) { return fixed_text(volume.length_mm, kUnitMm.decimals); }),
        of_volume(
            "largest_gap_mm",
            [](const auto& volume) { return fixed_text(volume.largest_gap_mm, kUnitMm.decimals); }),
        of_volume("volume_cm3",
                  [](const auto& volume) {
                      return fixed_text(volume.volume_mm3 / kMm3PerCm3, kVolumeDecimals);
                  }),
        of_volume("volume_error_cm3",
                  [](const auto& volume) {
                      return fixed_text(
                          (volume.integration_error_mm3 + volume.ends_error_mm3) / kMm3PerCm3,
                          kVolumeDecimals);
                  }),
        of_volume("fat_volume_cm3",
                  [](const auto& volume) {
                      return volume.fat_mm3
                                 ? fixed_text(*volume.fat_mm3 / kMm3PerCm3, kVolumeDecimals)
                                 : "";
                  }),
        of_volume("fdr_pct",
                  [](const auto& volume) {
                      return volume.fat_mm3 ? fixed_text(100 * *volume.fat_mm3 / volume.volume_mm3,
                                                         kUnitPercent.decimals)
                                            : "";
                  }),
        of_volume("mean_csa_cm2",
                  [](const auto& volume) {
                      return fixed_text(volume.volume_mm3 / volume.length_mm / kMm2PerCm2,
                                        kUnitCm2.decimals);
                  }),
        of_largest("max_csa_cm2",
                   [](const auto& largest) {
                       return fixed_text(largest.area_mm2 / kMm2PerCm2, kUnitCm2.decimals);
                   }),
        of_largest("max_place", [](const auto& largest) { return largest.place.name; }),
        of_largest("max_place_fraction",
                   [](const auto& largest) {
                       const std::optional<double> fraction = largest.place.fraction;
                       return fraction ? fixed_text(*fraction, kFractionDecimals) : "";
                   }),
        of_largest("max_sop_instance_uid", [](const auto& largest) { return largest.slice_uid; }),
        {"qc_flags", [](const VolumeRow& row) { return flag_text(row.stretch); }},
        of_failure("message", [](const auto& failure) { return failure.message; }),
        {"software_version", [](const VolumeRow& row) { return row.software_version; }},
        {"level_offset", [](const VolumeRow& row) { return row.level_offset; }},
    };
}

const std::vector<Column>& column_table() {
    static const std::vector<Column> columns = all_columns();
    return columns;
}

}  // namespace

const std::vector<std::string>& volume_columns() {
    static const std::vector<std::string> names = names_of(column_table());
    return names;
}

std::vector<std::vector<std::string>> volume_rows(const StudyIdentity& study,
                                                  const FurtherSlices& further,
                                                  const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    const auto placed = std::ranges::find_if(
        further.slices, [](const SliceOutcome& slice) { return slice.place.has_value(); });
    const std::string offset =
        placed == further.slices.end() ? std::string() : offset_text(placed->level);
    for (const StretchVolume& stretch : further.volumes) {
        rows.push_back(cells_of(column_table(),
                                VolumeRow{.study = study,
                                          .stretch = stretch,
                                          .software_version = software_version,
                                          .level_offset = offset}));
    }
    return rows;
}

}  // namespace paraspinal
