// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "core/text.h"
#include "pipeline/report/color.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/lettering_internal.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/overlay_panel_internal.h"
#include "pipeline/tables/wrap_text.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr int kPanelWidthPx = 500;
constexpr int kMarginPx = 30;
constexpr int kLongestPanelPx = 6000;
constexpr std::string_view kUnknown = "\u2013";

constexpr Color kRule{48, 56, 66};

constexpr TextStyle kBody{.size_px = 17, .color = kInk};
constexpr TextStyle kFaint{.size_px = 15, .color = kFaintInk};

/// A sheet that is written from top to bottom.
class Sheet {
  public:
    explicit Sheet(Lettering& lettering)
        : canvas_(kLongestPanelPx, kPanelWidthPx, CV_8UC3, bgr(kBackground)),
          lettering_(lettering) {}

    void left(std::string_view text, double x_px, const TextStyle& style) {
        lettering_.draw(canvas_, text, {x_px, y_px_}, style);
    }
    void right(std::string_view text, double x_px, const TextStyle& style) {
        left(text, x_px - lettering_.width_px(text, style), style);
    }
    void swatch(double x_px, const Color& color) {
        constexpr int kSide = 12;
        cv::rectangle(canvas_,
                      cv::Rect(cvRound(x_px), cvRound(y_px_) - kSide, kSide, kSide),
                      bgr(color),
                      cv::FILLED);
    }
    void rule() {
        cv::rectangle(canvas_,
                      cv::Rect(kMarginPx, cvRound(y_px_), kPanelWidthPx - 2 * kMarginPx, 1),
                      bgr(kRule),
                      cv::FILLED);
    }
    /// Lines of at most the width from `x_px` to the margin; ends on the last one.
    void paragraph(std::string_view text, double x_px, const TextStyle& style) {
        const double room_px = kPanelWidthPx - kMarginPx - x_px;
        const auto fits = [&](std::string_view part) {
            return lettering_.width_px(part, style) <= room_px;
        };
        bool is_first = true;
        for (const std::string& part : wrapped_lines(text, fits)) {
            down(is_first ? 0 : 1.4 * style.size_px);
            left(part, x_px, style);
            is_first = false;
        }
    }
    void down(double distance_px) { y_px_ += distance_px; }
    [[nodiscard]] double y_px() const { return y_px_; }
    void go_to(double y_px) { y_px_ = y_px; }
    [[nodiscard]] cv::Mat cut(int height_px) const {
        return canvas_.rowRange(0, height_px).clone();
    }

  private:
    cv::Mat canvas_;
    Lettering& lettering_;
    double y_px_ = 0;
};

std::string number(const std::optional<double>& value, int decimals, std::string_view unit = "") {
    return value ? fixed_text(*value, decimals).append(unit) : std::string(kUnknown);
}

void write_title(Sheet& sheet, const StudyReport& report) {
    sheet.down(48);
    sheet.left("Paraspinal muscles, " + report.level.level,
               kMarginPx,
               {.size_px = 25, .bold = true, .color = kInk});
    sheet.down(26);
    sheet.left("Study " + study_folder_name(report.study), kMarginPx, kFaint);
}

void write_totals(Sheet& sheet, const SliceMeasurement& slice) {
    const std::optional<double> fdr = fdr_pct(slice);
    const auto if_muscle = [&fdr](double value) {
        return fdr ? std::optional(value) : std::nullopt;
    };
    const std::array<std::array<std::string, 3>, 3> tiles{
        {{"CSA", number(if_muscle(csa_cm2(slice)), 2), "cm²"},
         {"Fat area", number(if_muscle(fat_area_cm2(slice)), 2), "cm²"},
         {"FDR", number(fdr, 1), "%"}}};
    constexpr double kTilePx = (kPanelWidthPx - 2.0 * kMarginPx) / 3;
    const double top = sheet.y_px();
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const double x_px = kMarginPx + static_cast<double>(i) * kTilePx;
        sheet.go_to(top + 44);
        sheet.left(tiles.at(i)[0] + ", " + tiles.at(i)[2], x_px, kFaint);
        sheet.down(38);
        sheet.left(tiles.at(i)[1], x_px, {.size_px = 36, .bold = true, .color = kInk});
    }
    sheet.down(34);
    sheet.left("VB " + number(vb_cm2(slice), 2, " cm²"), kMarginPx, kBody);
    sheet.left("CSA/VB " + number(if_muscle(1) ? csa_vb_ratio(slice) : std::nullopt, 2),
               kMarginPx + kTilePx,
               kBody);
    sheet.left("lean " + number(if_muscle(lean_csa_cm2(slice)), 2, " cm²"),
               kMarginPx + 2 * kTilePx,
               kBody);
}

void write_areas(Sheet& sheet, const StructureMeasurement& part, double x_px) {
    if (part.pixels == 0) {
        sheet.right(kUnknown, x_px + 74, kBody);
        return;
    }
    sheet.swatch(x_px, outline_color(part.structure));
    sheet.right(fixed_text(area_cm2(part), 2), x_px + 74, kBody);
    if (is_paraspinal_muscle(part.structure)) {
        sheet.right(number(fdr_pct(part), 1), x_px + 136, kBody);
    }
}

void write_legend(Sheet& sheet, const SliceMeasurement& slice) {
    using enum Structure;
    constexpr double kRightPx = 176;
    constexpr double kLeftPx = 334;
    sheet.down(44);
    for (const auto& [side, x_px] : {std::pair("right", kRightPx), std::pair("left", kLeftPx)}) {
        sheet.left(side, x_px, {.size_px = 15, .bold = true, .color = kInk});
        sheet.right("cm²", x_px + 74, kFaint);
        sheet.right("FDR %", x_px + 136, kFaint);
    }
    sheet.down(10);
    sheet.rule();
    sheet.down(24);
    for (const auto& [name, right, left] :
         {std::tuple("Multifidus", multifidus_right, multifidus_left),
          std::tuple("Erector spinae", erector_spinae_right, erector_spinae_left),
          std::tuple("Psoas", psoas_right, psoas_left)}) {
        sheet.left(name, kMarginPx, kBody);
        write_areas(sheet, measurement_of(slice, right), kRightPx);
        write_areas(sheet, measurement_of(slice, left), kLeftPx);
        sheet.down(28);
    }
    sheet.left("Vertebral body", kMarginPx, kBody);
    write_areas(sheet, measurement_of(slice, vertebral_body), kRightPx);
    sheet.down(28);
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
    for (const QcFlag& flag : report.flags) {
        sheet.down(26);
        sheet.left("Check", kMarginPx, {.size_px = 15, .bold = true, .color = kWarning});
        sheet.paragraph(flag.name + ": " + flag.detail, kTextPx, {.size_px = 15, .color = kInk});
    }
}

}  // namespace

cv::Mat overlay_panel(const StudyReport& report,
                      const std::string& software_version,
                      int min_height_px,
                      Lettering& lettering) {
    constexpr int kFooterPx = 92;
    Sheet sheet(lettering);
    write_title(sheet, report);
    write_totals(sheet, report.measurement);
    write_legend(sheet, report.measurement);
    write_facts(sheet, report);
    const int height_px =
        std::clamp(cvCeil(sheet.y_px()) + kFooterPx, min_height_px, kLongestPanelPx);
    sheet.go_to(height_px - 48);
    sheet.left("paraspinal " + software_version, kMarginPx, kFaint);
    sheet.down(21);
    sheet.left(kResearchNotice, kMarginPx, kFaint);
    return sheet.cut(height_px);
}

}  // namespace paraspinal
