// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Finds the level in cases with known truth, each with the network that has not seen its patient.
// Usage: evaluate_level CASES MODELS [NAME]
// CASES holds truth.csv and one folder of DICOM files a case (scripts/train/level/cases.py); MODELS
// holds fold_0.onnx, fold_1.onnx ...; fold -1 is the built-in model. With NAME, only cases whose
// name holds it. Prints one CSV row a case: what was found, how far off, and what the names rest
// on.
#include "core/error.h"
#include "core/text.h"
#include "io/find_studies.h"
#include "io/tables/csv.h"
#include "pipeline/study/level/find_spine.h"

#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <numbers>
#include <optional>
#include <string>

namespace {

using namespace paraspinal;

constexpr VertebraCount kL3 = 2;
// A center within this share of the distance between neighboring vertebrae is at the right level.
constexpr double kSameLevel = 0.4;

struct Truth {
    std::string name;
    std::string set;
    std::string variant;
    int fold = -1;
    std::optional<Vec3> center_mm;
    std::optional<Vec3> normal;
    double step_mm = 0;
};

std::optional<Vec3> vector_of(const CsvReader& table, const std::string& prefix, const char* unit) {
    const auto x = table.number(table.required_column(prefix + "x" + unit));
    const auto y = table.number(table.required_column(prefix + "y" + unit));
    const auto z = table.number(table.required_column(prefix + "z" + unit));
    return x && y && z ? std::optional(Vec3{*x, *y, *z}) : std::nullopt;
}

Truth truth_of(const CsvReader& table) {
    const auto text = [&table](const char* column) {
        return std::string(table.cell(table.required_column(column)));
    };
    return {.name = text("case"),
            .set = text("set"),
            .variant = text("variant"),
            .fold = static_cast<int>(*table.number(table.required_column("fold"))),
            .center_mm = vector_of(table, "l3_", "_mm"),
            .normal = vector_of(table, "l3_n", ""),
            .step_mm = *table.number(table.required_column("pitch_mm"))};
}

// The model that has not seen the patient; null when there is none yet.
VertebraModel* model_for(const Truth& truth, const std::filesystem::path& folder) {
    static std::map<int, VertebraModel> models;
    const auto known = models.find(truth.fold);
    if (known != models.end()) {
        return &known->second;
    }
    const std::filesystem::path file = folder / ("fold_" + std::to_string(truth.fold) + ".onnx");
    if (truth.fold < 0) {
        return &models.try_emplace(truth.fold).first->second;
    }
    return std::filesystem::exists(file) ? &models.try_emplace(truth.fold, file).first->second
                                         : nullptr;
}

std::string number(const std::optional<double>& value) {
    return value ? fixed_text(*value, 3) : "";
}

const Endplate* found_endplate(const Spine& spine) {
    const Vertebra* const l3 = spine.at(kL3);
    return l3 != nullptr && l3->inferior_endplate ? &*l3->inferior_endplate : nullptr;
}

// right, wrong, missed (no L3 named) or none (no L3 in view, none named).
std::string outcome(const Truth& truth, const Endplate* found) {
    if (found == nullptr) {
        return truth.center_mm ? "missed" : "none";
    }
    const bool is_right = truth.center_mm && length(found->plane.point_mm - *truth.center_mm) <
                                                 kSameLevel * truth.step_mm;
    return is_right ? "right" : "wrong";
}

void print_row(const Truth& truth, const SpineView& view) {
    const Endplate* const found = found_endplate(view.spine);
    std::string doubts;
    for (const NamingDoubt& doubt : view.spine.doubts) {
        doubts += (doubts.empty() ? "" : ";") + doubt.name;
    }
    std::cout << truth.name << ',' << truth.set << ',' << truth.variant << ',' << truth.fold << ','
              << outcome(truth, found) << ',' << doubts;
    std::optional<double> off_mm;
    std::optional<double> off_plane_mm;
    std::optional<double> angle_deg;
    Vec3 off;
    Vec3 turn;
    if (found != nullptr && truth.center_mm) {
        off = found->plane.point_mm - *truth.center_mm;
        off_mm = length(off);
        off_plane_mm = signed_distance_mm(found->plane, *truth.center_mm);
        if (truth.normal) {
            turn = (180 / std::numbers::pi) * (found->plane.normal - *truth.normal);
            angle_deg = line_angle_deg(found->plane.normal, *truth.normal);
        }
    }
    const NamingEvidence& evidence = view.spine.evidence;
    for (const auto& value : {off_mm,
                              off_plane_mm,
                              angle_deg,
                              std::optional(off.x),
                              std::optional(off.y),
                              std::optional(off.z),
                              std::optional(turn.x),
                              std::optional(turn.y),
                              found != nullptr ? std::optional(found->residual_mm) : std::nullopt,
                              std::optional(view.spine.confidence),
                              std::optional(evidence.s1_share),
                              std::optional(evidence.s1_size),
                              std::optional(evidence.sacrum_area_mm2),
                              std::optional(evidence.sacrum_drop_mm),
                              std::optional(evidence.sacrum_gap_mm),
                              std::optional(evidence.stray_body_mm2),
                              std::optional(evidence.lead_over_lower),
                              std::optional(evidence.lead_over_higher),
                              std::optional(evidence.slices_agreeing),
                              std::optional(evidence.s1_step),
                              std::optional(evidence.largest_step),
                              std::optional(evidence.smallest_step),
                              std::optional(evidence.largest_height),
                              std::optional(evidence.lowest_lean_deg),
                              std::optional(evidence.s1_bend_deg)}) {
        std::cout << ',' << number(value);
    }
    std::cout << ',' << view.slices_read << ',' << view.spine.vertebrae.size() << '\n';
}

int evaluate(const std::filesystem::path& cases,
             const std::filesystem::path& models,
             const std::string& wanted) {
    std::cout << "case,set,variant,fold,outcome,doubts,off_mm,off_plane_mm,angle_deg,off_x_mm,off_"
                 "y_mm,off_z_mm,turn_x_deg,turn_y_deg,residual_mm,"
                 "confidence,s1_share,s1_size,sacrum_area_mm2,sacrum_drop_mm,sacrum_gap_mm,"
                 "stray_body_mm2,lead_over_lower,lead_over_higher,slices_agreeing,s1_step,largest_"
                 "step,smallest_step,"
                 "largest_height,lowest_lean_deg,s1_bend_deg,slices_read,vertebrae\n";
    CsvReader table(cases / "truth.csv");
    while (table.next()) {
        const Truth truth = truth_of(table);
        VertebraModel* const model = model_for(truth, models);
        if (model == nullptr || truth.name.find(wanted) == std::string::npos) {
            continue;
        }
        const StudyIndex index = find_studies({cases / truth.name});
        const std::optional<SpineView> view =
            find_spine(classify_study(index.studies.at(0)), *model);
        print_row(truth, view.value());
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 4) {
        std::cerr << "usage: evaluate_level CASES MODELS [NAME]\n";
        return 2;
    }
    try {
        return evaluate(argv[1], argv[2], argc == 4 ? argv[3] : "");
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
