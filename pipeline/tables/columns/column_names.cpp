// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/column_names.h"

#include "core/error.h"
#include "core/near_miss.h"
#include "core/text.h"
#include "io/tables/csv.h"

#include <algorithm>
#include <array>
#include <optional>

namespace paraspinal {
namespace {

// Columns of our own tables that aliases of other columns would else take.
constexpr std::array<std::string_view, 2> kOwnColumns{"patient_sex", "patient_age_years"};

bool is_own_column(std::string_view header) {
    return std::ranges::find(kOwnColumns, lower_case(header)) != kOwnColumns.end();
}

}  // namespace

std::span<const ColumnAliases> column_aliases() {
    static const std::vector<ColumnAliases> aliases{
        {"patient_id",
         {"ID",
          "PID",
          "Pat ID",
          "Patient No",
          "Patient Number",
          "MRN",
          "Record ID",
          "Medical Record Number",
          "Hospital Number",
          "Subject",
          "Subject ID",
          "Participant ID",
          "Case ID"}},
        {"accession_number", {"Accession", "Accession No", "Acc No", "Acc Number", "Accession ID"}},
        {"study_uid", {"Study Instance UID"}},
        {"study_date", {"Exam Date", "Examination Date", "Scan Date", "MRI Date", "Date of MRI"}},
        {"sex", {"Gender", "Patient's Sex"}},
        {"age_years", {"Age", "Patient Age", "Age at MRI", "Age at Examination"}},
        {"diabetes", {"DM", "Diabetes mellitus"}},
        {"hemoglobin_g_l", {"Hb (g/L)", "HGB (g/L)", "Haemoglobin (g/L)"}},
        {"total_protein_g_l", {"TP (g/L)"}},
        {"albumin_g_l", {"ALB (g/L)"}},
        {"hdl_c_mmol_l", {"HDL (mmol/L)", "HDL cholesterol (mmol/L)"}},
        {"beta_ctx_ng_ml", {"b-CTX (ng/mL)", "CTX (ng/mL)", "beta-CrossLaps (ng/mL)"}},
        {"vitamin_d_nmol_l", {"25-OH-D (nmol/L)", "25-OH-D3 (nmol/L)", "25(OH)D (nmol/L)"}},
        {"multiple_fractures", {"Multiple vertebral fractures"}},
        {"bmd_t_score", {"T-score", "BMD T"}},
        {"regular_exercise", {"Exercise"}},
        {"anti_osteoporosis_treatment", {"Osteoporosis treatment"}},
        {"new_fracture", {"Refracture", "New vertebral fracture", "NVF"}},
        {"leakage_type", {"Leakage", "Cement leakage type"}},
        {"vas_pre", {"Preoperative VAS", "VAS preoperative", "VAS preop"}},
        {"vas_post", {"Postoperative VAS", "VAS postoperative", "VAS postop"}},
        {"odi_pre", {"Preoperative ODI", "ODI preoperative", "ODI preop"}},
        {"odi_post", {"Postoperative ODI", "ODI postoperative", "ODI postop"}},
        {"pth_ng_ml", {}},
        {"brace", {}},
        {"treated_levels", {}},
        {"new_fracture_levels", {}},
        {"follow_up_months", {}},
        {"csa_cm2", {}},
        {"fa_cm2", {}},
        {"fdr_pct", {"FDR (%)", "FDR %"}},
        {"vb_cm2", {}}};
    return aliases;
}

ColumnMap read_column_map(const std::filesystem::path& file) {
    ColumnMap map;
    if (file.empty()) {
        return map;
    }
    CsvReader csv(file);
    const std::size_t column = csv.required_column("column");
    const std::size_t means = csv.required_column("means");
    while (csv.next()) {
        const std::string theirs(trimmed(csv.cell(column)));
        if (trimmed(csv.cell(means)).empty()) {
            continue;
        }
        if (!map.emplace(lower_case(theirs), trimmed(csv.cell(means))).second) {
            throw Error(ErrorCode::malformed_file,
                        "line " + std::to_string(csv.line()) + ": the column " + theirs +
                            " is named before");
        }
    }
    return map;
}

std::string known_column(std::string_view header) {
    const std::string letters = letters_of(header);
    if (letters.empty() || is_own_column(header)) {
        return std::string(header);
    }
    for (const ColumnAliases& known : column_aliases()) {
        const auto is_same = [&](std::string_view other) { return letters_of(other) == letters; };
        if (is_same(known.key) || std::ranges::any_of(known.others, is_same)) {
            return std::string(known.key);
        }
    }
    return std::string(header);
}

std::vector<std::string> named_columns(const std::vector<std::string>& headers,
                                       const ColumnMap& map) {
    std::vector<std::string> names;
    std::map<std::string, std::vector<std::size_t>> certain;  // By our name: it is said so.
    std::map<std::string, std::vector<std::size_t>> likely;   // By an alias.
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto mapped = map.find(lower_case(headers[i]));
        const bool is_mapped = mapped != map.end();
        names.push_back(is_mapped ? mapped->second : known_column(headers[i]));
        const bool is_certain = is_mapped || letters_of(headers[i]) == letters_of(names.back());
        if (!names.back().empty()) {
            (is_certain ? certain : likely)[lower_case(names.back())].push_back(i);
        }
    }
    const bool is_used = std::ranges::any_of(
        headers, [&](const std::string& header) { return map.contains(lower_case(header)); });
    if (!map.empty() && !is_used) {
        throw Error(ErrorCode::malformed_file,
                    "the map of columns names no column of the table, which " +
                        no_column_text(map.begin()->first, headers));
    }
    for (const auto* const places : {&certain, &likely}) {
        for (const auto& [name, columns] : *places) {
            if (places == &likely && certain.contains(name)) {
                std::ranges::for_each(columns, [&](std::size_t i) { names[i] = headers[i]; });
            } else if (columns.size() > 1) {
                throw Error(ErrorCode::malformed_file,
                            "the columns " + headers[columns[0]] + " and " + headers[columns[1]] +
                                " could both be " + name +
                                "; say with --map which of them is, or remove one");
            }
        }
    }
    return names;
}

std::string no_column_text(std::string_view wanted, std::span<const std::string> columns) {
    constexpr std::size_t kMostNamed = 20;
    std::string text = "has no column " + std::string(wanted);
    if (const std::optional<std::string> near = near_miss(wanted, columns)) {
        text += "; did you mean " + *near + "?";
    } else {
        text += ".";
    }
    std::vector<std::string> named(
        columns.begin(),
        columns.begin() + static_cast<std::ptrdiff_t>(std::min(columns.size(), kMostNamed)));
    if (columns.size() > kMostNamed) {
        named.push_back("... (" + std::to_string(columns.size()) + ")");
    }
    return text + " It has: " + joined(named, ", ");
}

}  // namespace paraspinal
