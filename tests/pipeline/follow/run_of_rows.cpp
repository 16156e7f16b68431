// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/follow/run_of_rows.h"

#include "io/digest.h"
#include "io/tables/write_csv.h"
#include "tests/support/temporary_folder.h"

#include <fstream>

namespace paraspinal::testing {
namespace {

void write_table(const std::filesystem::path& file, const std::vector<Cells>& rows) {
    std::vector<std::string> columns;
    for (const auto& [column, cell] : rows.at(0)) {
        columns.push_back(column);
    }
    std::vector<std::vector<std::string>> lines;
    for (const Cells& row : rows) {
        std::vector<std::string>& line = lines.emplace_back();
        for (const std::string& column : columns) {
            line.push_back(row.at(column));
        }
    }
    std::ofstream(file) << csv_text(columns, lines);
}

void write_facts(const std::filesystem::path& study, const Cells& row) {
    std::filesystem::create_directories(study);
    std::ofstream(study / "measurement.json")
        << R"({"acquisition": {"manufacturer": "maker", "field_strength_t": )"
        << row.at("field_strength_t") << R"(, "echo_time_ms": 100.0}, "fat": {"evidence": ")"
        << row.at("fat_share_pct") << R"( % of the way from lean muscle to subcutaneous fat")"
        << R"(, "bias_corrected": )" << row.at("bias_corrected") << "}}";
}

}  // namespace

Cells measured_row(const Cells& changes) {
    Cells row{{"patient_id", "P1"},
              {"patient_sex", "F"},
              {"patient_age_years", "70"},
              {"study_uid", "1.2.1"},
              {"study_date", "20240131"},
              {"series_uid", "1.2.1.4"},
              {"sop_instance_uid", ""},
              {"status", "ok"},
              {"reason", ""},
              {"level", "L3"},
              {"slice_offset_mm", "0.50"},
              {"slice_tilt_deg", "2.00"},
              {"pixel_row_mm", "0.8"},
              {"pixel_col_mm", "0.8"},
              {"outline_source", "model"},
              {"outline_model", "outline 1"},
              {"fat_method", "reference"},
              {"fat_threshold", "316.18"},
              {"fat_guard", "on"},
              {"roi", "fascial"},
              {"csa_cm2", "31.000"},
              {"fa_cm2", "6.200"},
              {"fdr_pct", "20.00"},
              {"lean_csa_cm2", "24.800"},
              {"vb_cm2", "13.000"},
              {"mf_right_fdr_pct", ""},
              {"mf_left_fdr_pct", ""},
              {"psoas_right_csa_cm2", ""},
              {"psoas_left_csa_cm2", ""},
              {"qc_flags", ""},
              {"accession_number", ""},
              {"software_version", "1.0.0"},
              {"reading", "model"},
              {"study_folder", ""},
              {"level_alternative", ""},
              {"level_offset", ""},
              {"field_strength_t", "1.5"},
              {"fat_share_pct", "28.5"},
              {"bias_corrected", "true"}};
    for (const auto& [column, cell] : changes) {
        row.at(column) = cell;
    }
    return row;
}

void write_run(const std::filesystem::path& run, const std::vector<Cells>& rows) {
    std::filesystem::create_directories(run);
    write_table(run / "measurements.csv", rows);
    for (const Cells& row : rows) {
        write_facts(run / uid_name(row.at("study_uid")), row);
    }
}

void write_levels(const std::filesystem::path& run, const std::vector<Cells>& rows) {
    write_table(run / "levels.csv", rows);
    for (const Cells& row : rows) {
        write_facts(run / uid_name(row.at("study_uid")) / "levels" / row.at("level"), row);
    }
}

void write_slices(const std::filesystem::path& run, const std::vector<Cells>& rows) {
    write_table(run / "slices.csv", rows);
}

void write_vertebrae(const std::filesystem::path& run, const std::vector<Cells>& rows) {
    write_table(run / "vertebrae.csv", rows);
}

std::vector<Examination> examinations_of(const std::vector<Cells>& rows) {
    const TemporaryFolder folder;
    write_run(folder.path(), rows);
    return read_examinations({folder.path()});
}

}  // namespace paraspinal::testing
