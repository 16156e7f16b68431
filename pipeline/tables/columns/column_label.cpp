// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/column_label.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr auto kLabels = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"age_years", "Age"},
    {"patient_age_years", "Age in the image"},
    {"sex", "Sex"},
    {"patient_sex", "Sex in the image"},
    {"diabetes", "Diabetes"},
    {"hemoglobin_g_l", "Hemoglobin"},
    {"total_protein_g_l", "Total protein"},
    {"albumin_g_l", "Albumin"},
    {"hdl_c_mmol_l", "HDL-C"},
    {"beta_ctx_ng_ml", "β-CTX"},
    {"pth_ng_ml", "PTH"},
    {"vitamin_d_nmol_l", "Vitamin D"},
    {"multiple_fractures", "Multiple fractures"},
    {"bmd_t_score", "BMD T-score"},
    {"regular_exercise", "Regular exercise"},
    {"anti_osteoporosis_treatment", "Anti-osteoporosis treatment"},
    {"new_fracture", "New fracture"},
    {"adjacent_fracture", "Adjacent fracture"},
    {"remote_fracture", "Remote fracture"},
    {"brace", "Brace"},
    {"leakage_type", "Cement leakage"},
    {"vas_pre", "VAS before"},
    {"vas_post", "VAS after"},
    {"odi_pre", "ODI before"},
    {"odi_post", "ODI after"},
    {"follow_up_months", "Follow-up"},
    {"csa_cm2", "CSA"},
    {"fa_cm2", "FA"},
    {"fdr_pct", "FDR"},
    {"vb_cm2", "VB"},
    {"lean_csa_cm2", "Lean CSA"},
    {"csa_vb_ratio", "CSA / VB"},
    {"asymmetry_pct", "Asymmetry"},
});

}  // namespace

std::string_view known_label(std::string_view name) {
    const auto* const known =
        std::ranges::find(kLabels, name, &decltype(kLabels)::value_type::first);
    return known == kLabels.end() ? std::string_view() : known->second;
}

std::string column_label(const CohortColumn& column) {
    const std::string known(known_label(column.name));
    const bool is_known = !known.empty();
    const std::string label = !column.label.empty() ? column.label
                              : is_known            ? known
                                                    : column.header;
    // A header of the user's own may state its unit already.
    const bool has_unit = column.unit.empty() || label.find(column.unit) != std::string::npos ||
                          (column.label.empty() && !is_known);
    return has_unit ? label : label + " (" + column.unit + ")";
}

}  // namespace paraspinal
