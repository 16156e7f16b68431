// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/fat_picture.h"

#include "core/quantile.h"
#include "core/text.h"
#include "io/png_image.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/fat_slice_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace paraspinal {
namespace {

const cv::Rect kPage{0, 0, 1280, 1200};
// The plot; above it stand the names of the thresholds.
const cv::Rect kPlot{66, 300, 1148, 380};
// Below it the slice.
const cv::Rect kSlice{66, 770, 1148, 370};
constexpr int kBars = 164;  // Of 7 pixels.
constexpr double kLabelRowPx = 23;

constexpr Color kOther{200, 208, 216};
constexpr Color kUsed{255, 190, 66};

constexpr TextStyle kFaint{.size_px = 15, .color = kFaintInk};

struct Threshold {
    double value = 0;
    std::string text;
    bool is_used = false;
    int row = 0;  // Of the labels above the plot, 0 the lowest.
    double left_px = 0;
};

// From brightness to pixels of the page.
struct Axis {
    double low = 0;
    double high = 1;

    [[nodiscard]] double x(double value) const {
        return kPlot.x + std::clamp((value - low) / (high - low), 0.0, 1.0) * kPlot.width;
    }
};

Axis axis_of(const StudyReport& report) {
    constexpr double kRarest = 0.001;
    const FatEvidence& evidence = report.fat_evidence;
    Axis axis{.low = quantile(evidence.muscle_values, kRarest),
              .high = quantile(evidence.muscle_values, 1 - kRarest)};
    const auto show = [&axis](double value) {
        axis.low = std::min(axis.low, value);
        axis.high = std::max(axis.high, value);
    };
    if (report.fat_threshold) {
        show(report.fat_threshold->value);
    }
    if (evidence.fat) {
        show(evidence.fat->reference.fat);
    }
    for (const MethodFat& one : evidence.by_method) {
        show(one.threshold.value);
    }
    const double margin = std::max(0.03 * (axis.high - axis.low), 1e-6);
    return {.low = axis.low - margin, .high = axis.high + margin};
}

std::string label_of(std::string_view method, const SliceMeasurement& measurement) {
    const auto fdr = fdr_pct(measurement);
    return std::string(method) + (fdr ? " " + fixed_text(*fdr, 1) : "");
}

// Thresholds of the same value share a label. The lowest come first.
std::vector<Threshold> thresholds_of(const StudyReport& report) {
    const std::optional<FatThreshold>& used = report.fat_threshold;
    std::vector<Threshold> all;
    if (used) {
        all.push_back({.value = used->value,
                       .text = label_of(fat_method_name(used->method), report.measurement),
                       .is_used = true});
    }
    for (const MethodFat& one : report.fat_evidence.by_method) {
        const std::string name(fat_method_name(one.threshold.method));
        const auto same = std::ranges::find(all, one.threshold.value, &Threshold::value);
        if (same == all.end()) {
            all.push_back({.value = one.threshold.value, .text = label_of(name, one.measurement)});
        } else if (!used || one.threshold.method != used->method) {
            same->text = name + ", " + same->text;
        }
    }
    std::ranges::stable_sort(all, {}, &Threshold::value);
    return all;
}

TextStyle style_of(const Threshold& threshold) {
    return threshold.is_used ? TextStyle{.size_px = 18, .bold = true, .color = kUsed}
                             : TextStyle{.size_px = 15, .color = kOther};
}

// A label begins at its line and stands above all lines that would cross it.
void place_labels(std::vector<Threshold>& thresholds, const Axis& axis, Lettering& lettering) {
    constexpr double kGapPx = 6;
    for (std::size_t i = thresholds.size(); i-- > 0;) {
        Threshold& one = thresholds[i];
        const double width = lettering.width_px(one.text, style_of(one));
        one.left_px =
            std::clamp(axis.x(one.value) - 3, kPlot.x * 1.0, kPlot.x + kPlot.width - width);
        const double end_px = one.left_px + width + kGapPx;
        for (std::size_t j = i + 1; j < thresholds.size(); ++j) {
            if (std::min(axis.x(thresholds[j].value), thresholds[j].left_px) < end_px) {
                one.row = std::max(one.row, thresholds[j].row + 1);
            }
        }
    }
}

struct Stroke {
    double x = 0;
    int top = 0;
    int bottom = 0;
    int width = 1;
};

void draw(cv::Mat& page, const Stroke& stroke, const Color& color) {
    cv::rectangle(page,
                  cv::Rect(cvRound(stroke.x) - stroke.width / 2,
                           stroke.top,
                           stroke.width,
                           stroke.bottom - stroke.top),
                  bgr(color),
                  cv::FILLED);
}

void draw_bars(cv::Mat& page, const StudyReport& report, const Axis& axis) {
    std::array<double, kBars> lean{};
    std::array<double, kBars> fat{};
    const double least_fat = report.fat_threshold ? report.fat_threshold->value : axis.high;
    for (const double value : report.fat_evidence.muscle_values) {
        const double place = (value - axis.low) / (axis.high - axis.low) * kBars;
        if (place >= 0 && place < kBars) {
            auto& side = value >= least_fat ? fat : lean;
            side.at(static_cast<std::size_t>(place)) += 1;
        }
    }
    double most = 1;
    for (std::size_t i = 0; i < lean.size(); ++i) {
        most = std::max(most, lean.at(i) + fat.at(i));
    }
    const int width = kPlot.width / kBars;
    const int bottom = kPlot.y + kPlot.height;
    for (std::size_t i = 0; i < lean.size(); ++i) {
        const int x = kPlot.x + static_cast<int>(i) * width;
        const int lean_px = cvRound(lean.at(i) / most * kPlot.height);
        const int fat_px = cvRound(fat.at(i) / most * kPlot.height);
        cv::rectangle(page, {x, bottom - lean_px, width - 1, lean_px}, bgr(kLeanColor), cv::FILLED);
        cv::rectangle(
            page, {x, bottom - lean_px - fat_px, width - 1, fat_px}, bgr(kFatColor), cv::FILLED);
    }
}

// 1, 2 or 5 times a power of ten, so that about eight ticks fit.
double tick_step(const Axis& axis) {
    const double wanted = (axis.high - axis.low) / 8;
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= wanted) {
            return factor * power;
        }
    }
    return 10 * power;
}

void draw_axis(cv::Mat& page, const Axis& axis, Lettering& lettering) {
    const int bottom = kPlot.y + kPlot.height;
    cv::rectangle(page, {kPlot.x, bottom, kPlot.width, 2}, bgr(kFaintInk), cv::FILLED);
    const double step = tick_step(axis);
    const auto last = std::llround(std::floor(axis.high / step));
    for (auto number = std::llround(std::ceil(axis.low / step)); number <= last; ++number) {
        const double tick = static_cast<double>(number) * step;
        draw(page, {.x = axis.x(tick), .top = bottom, .bottom = bottom + 8, .width = 2}, kFaintInk);
        const std::string text = shortest_text(parse_number(fixed_text(tick, 6)).value_or(0));
        const double half = lettering.width_px(text, kFaint) / 2;
        lettering.draw(page, text, {axis.x(tick) - half, bottom + 27.0}, kFaint);
    }
    lettering.draw(page,
                   "Brightness of the muscle pixels; the higher a bar, the more of them",
                   {kPlot.x * 1.0, bottom + 56.0},
                   kFaint);
}

void draw_reference(cv::Mat& page,
                    const StudyReport& report,
                    const Axis& axis,
                    Lettering& letters) {
    const auto mark = [&](double value, std::string_view name) {
        const double x = axis.x(value);
        for (int y = kPlot.y; y < kPlot.y + kPlot.height; y += 12) {
            draw(page, {.x = x, .top = y, .bottom = y + 6, .width = 2}, kReferenceColor);
        }
        const TextStyle style{.size_px = 15, .color = kReferenceColor, .halo = true};
        const double width = letters.width_px(name, style);
        const bool fits = x + 8 + width < kPlot.x + kPlot.width;
        letters.draw(page, name, {fits ? x + 8 : x - 8 - width, kPlot.y + 22.0}, style);
    };
    if (const auto& scale = report.fat_evidence.scale) {
        const double lean = axis.x(scale->lean);
        const double fat = axis.x(scale->fat);
        cv::rectangle(page,
                      cv::Rect(cvRound(lean), kPlot.y + 34, cvRound(fat - lean), 2),
                      bgr(kReferenceColor),
                      cv::FILLED);
        mark(scale->lean, "lean muscle");
    }
    if (const auto& seen = report.fat_evidence.fat) {
        mark(
            seen->reference.fat,
            seen->reference.place == FatPlace::subcutaneous ? "subcutaneous fat" : "fat elsewhere");
    }
}

void draw_thresholds(cv::Mat& page,
                     const StudyReport& report,
                     const Axis& axis,
                     Lettering& letters) {
    std::vector<Threshold> thresholds = thresholds_of(report);
    place_labels(thresholds, axis, letters);
    std::ranges::stable_sort(thresholds, {}, &Threshold::is_used);  // The used one on top.
    for (const Threshold& one : thresholds) {
        const double base = kPlot.y - 14 - one.row * kLabelRowPx;
        const Color& color = one.is_used ? kUsed : kOther;
        draw(page,
             {.x = axis.x(one.value),
              .top = cvRound(base) + 5,
              .bottom = kPlot.y + kPlot.height,
              .width = one.is_used ? 4 : 1},
             color);
        letters.draw(page, one.text, {one.left_px, base}, style_of(one));
    }
}

void draw_words(cv::Mat& page,
                const StudyReport& report,
                const std::string& software_version,
                Lettering& letters) {
    constexpr double kLeft = 40;
    letters.draw(page,
                 "Fat in the paraspinal muscles, " + level_title(report),
                 {kLeft, 50},
                 {.size_px = 25, .bold = true, .color = kInk});
    letters.draw(page, "Study " + short_study_name(report.study), {kLeft, 76}, kFaint);
    letters.draw(page, describe_fat(report), {kLeft, 104}, {.size_px = 17, .color = kInk});
    const auto entry = [&](double x, const Color& color, std::string_view text) {
        cv::rectangle(page, {cvRound(x), 40, 12, 12}, bgr(color), cv::FILLED);
        letters.draw(page, text, {x + 20, 51}, kFaint);
    };
    entry(880, kLeanColor, "muscle");
    entry(970, kFatColor, "fat");
    letters.draw(page, "Methods with the FDR in % that each gives", {880, 76}, kFaint);
    letters.draw(page,
                 "They differ by " + fixed_text(report.fat_evidence.disagreement_pct, 1) +
                     " percentage points",
                 {880, 104},
                 kFaint);
    letters.draw(page,
                 "paraspinal " + software_version + "   " + std::string(kResearchNotice),
                 {kLeft, kPage.height - 24.0},
                 kFaint);
}

}  // namespace

std::string fat_png(const StudyReport& report, const std::string& software_version) {
    Lettering letters;
    cv::Mat page(kPage.height, kPage.width, CV_8UC3, bgr(kBackground));
    const Axis axis = axis_of(report);
    draw_words(page, report, software_version, letters);
    draw_bars(page, report, axis);
    draw_axis(page, axis, letters);
    draw_reference(page, report, axis, letters);
    draw_thresholds(page, report, axis, letters);
    draw_fat_slice(page, kSlice, report, letters);
    return png_bytes(rgb_image(page));
}

}  // namespace paraspinal
