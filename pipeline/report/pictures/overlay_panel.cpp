// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/overlay_panel_internal.h"
#include "pipeline/report/pictures/sheet_internal.h"
#include "pipeline/study/quantities.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::string_view kUnknown = "\u2013";

std::string shown(const std::optional<double>& value, const Unit& unit) {
    return value ? fixed_text(*value, unit.shown_decimals) : std::string(kUnknown);
}

void write_title(Sheet& sheet, const StudyReport& report) {
    sheet.down(48);
    sheet.paragraph("Paraspinal muscles, " + level_title(report),
                    kMarginPx,
                    {.size_px = 25, .bold = true, .color = kInk});
    sheet.down(26);
    sheet.left("Study " + short_study_name(report.study), kMarginPx, kFaint);
}

void write_totals(Sheet& sheet, const StudyReport& report) {
    constexpr std::array<std::string_view, 3> kTiles{"csa_cm2", "fa_cm2", "fdr_pct"};
    constexpr std::array<std::string_view, 3> kLine{"vb_cm2", "csa_vb_ratio", "lean_csa_cm2"};
    constexpr double kTilePx = (kPanelWidthPx - 2.0 * kMarginPx) / 3;
    const double top = sheet.y_px();
    double x_px = kMarginPx;
    for (const std::string_view name : kTiles) {
        const Quantity& tile = quantity(name);
        sheet.go_to(top + 44);
        sheet.left(std::string(tile.title).append(", ").append(tile.unit.text), x_px, kFaint);
        sheet.down(38);
        sheet.left(shown(tile.value(report), tile.unit),
                   x_px,
                   {.size_px = 36, .bold = true, .color = kInk});
        x_px += kTilePx;
    }
    sheet.down(34);
    x_px = kMarginPx;
    for (const std::string_view name : kLine) {
        const Quantity& row = quantity(name);
        const std::optional<double> value = row.value(report);
        std::string text = std::string(row.symbol) + " " + shown(value, row.unit);
        if (value && !row.unit.text.empty()) {
            text.append(" ").append(row.unit.text);
        }
        sheet.left(text, x_px, kBody);
        x_px += kTilePx;
    }
}

void write_areas(Sheet& sheet, const StudyReport& report, Structure structure, double x_px) {
    const StructureMeasurement& part = measurement_of(report.measurement, structure);
    const StructureQuantity& area = structure_quantity("csa_cm2");
    const StructureQuantity& fdr = structure_quantity("fdr_pct");
    if (part.pixels > 0) {
        sheet.swatch(x_px, outline_color(structure));
    }
    sheet.right(shown(area.value(report, part), area.unit), x_px + 74, kBody);
    if (const std::optional<double> value = fdr.value(report, part)) {
        sheet.right(shown(value, fdr.unit), x_px + 136, kBody);
    }
}

void write_legend(Sheet& sheet, const StudyReport& report) {
    constexpr double kRightPx = 176;
    constexpr double kLeftPx = 334;
    const StructureQuantity& fdr = structure_quantity("fdr_pct");
    sheet.down(44);
    for (const auto& [side, x_px] : {std::pair("right", kRightPx), std::pair("left", kLeftPx)}) {
        sheet.left(side, x_px, {.size_px = 15, .bold = true, .color = kInk});
        sheet.right(kUnitCm2.text, x_px + 74, kFaint);
        sheet.right(std::string(fdr.symbol).append(" ").append(fdr.unit.text), x_px + 136, kFaint);
    }
    sheet.down(10);
    sheet.rule();
    sheet.down(24);
    for (const bool sides : {true, false}) {
        for (const StructureKind& kind : structure_kinds()) {
            if (has_sides(kind) != sides) {
                continue;
            }
            sheet.left(kind.title, kMarginPx, kBody);
            write_areas(sheet, report, kind.right, kRightPx);
            if (sides) {
                write_areas(sheet, report, kind.left, kLeftPx);
            }
            sheet.down(28);
        }
    }
    sheet.left("Fat in muscle", kMarginPx, kBody);
    sheet.swatch(kRightPx, kFatColor);
}

void write_facts(Sheet& sheet, const StudyReport& report) {
    constexpr double kTextPx = 116;
    const std::array<std::pair<const char*, std::string>, 3> facts{
        {{"Level", describe_level(report.level)},
         {"Outlines", describe_outlines(report)},
         {"Fat", describe_fat(report)}}};
    sheet.down(20);
    sheet.rule();
    sheet.down(4);
    for (const auto& [label, text] : facts) {
        sheet.down(26);
        sheet.left(label, kMarginPx, kFaint);
        sheet.paragraph(text, kTextPx, {.size_px = 15, .color = kInk});
    }
    if (report.alternative) {
        sheet.down(26);
        sheet.left("Or", kMarginPx, {.size_px = 15, .bold = true, .color = kWarning});
        sheet.paragraph(describe_alternative(report), kTextPx, {.size_px = 15, .color = kInk});
    }
    for (const QcFlag& flag : report.flags) {
        // The risk is not in this picture, and may be estimated anew without it.
        if (is_of_risk(flag_subject(flag.flag))) {
            continue;
        }
        sheet.down(26);
        sheet.left("Check", kMarginPx, {.size_px = 15, .bold = true, .color = kWarning});
        sheet.paragraph(
            std::string(flag.name()) + ": " + flag.detail, kTextPx, {.size_px = 15, .color = kInk});
    }
}

}  // namespace

cv::Mat overlay_panel(const StudyReport& report,
                      const std::string& software_version,
                      int min_height_px,
                      Lettering& lettering) {
    Sheet sheet(lettering);
    write_title(sheet, report);
    write_totals(sheet, report);
    write_legend(sheet, report);
    write_facts(sheet, report);
    const int height_px =
        std::clamp(cvCeil(sheet.y_px()) + kFooterPx, min_height_px, kLongestPanelPx);
    return sheet.signed_and_cut(height_px, software_version);
}

}  // namespace paraspinal
