// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/profile_picture.h"

#include "core/text.h"
#include "io/png_image.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>

namespace paraspinal {
namespace {

constexpr int kWidthPx = 900;
constexpr int kHeightPx = 760;
constexpr double kTopPx = 104;
constexpr double kBottomPx = 660;
constexpr std::array<double, 2> kPanelLeftPx{90, 520};
constexpr double kPanelWidthPx = 340;
constexpr double kMarginPx = 20;
/// Farther apart than half a vertebra and its disc, nobody knows what lies between two slices.
constexpr double kLargestStep = 0.5;
constexpr double kMm2PerCm2 = 100;

// One side on one slice.
struct SidePoint {
    std::string series_uid;
    double height = 0;
    std::optional<double> csa_cm2;  // Across the spine; nothing where it is cut too much askew.
    std::optional<double> fdr_pct;
    bool is_flagged = false;
};

using Muscles = std::array<Structure, 2>;
constexpr Muscles kRight{Structure::multifidus_right, Structure::erector_spinae_right};
constexpr Muscles kLeft{Structure::multifidus_left, Structure::erector_spinae_left};

bool is_about_names(const QcFlag& flag) {
    return flag.flag == Flag::level_uncertain || flag.flag == Flag::transitional_suspected;
}

// Doubts about the names are those of every slice; they stand below the picture.
bool is_doubtful(const StudyReport& report) {
    return std::ranges::any_of(report.flags, [](const QcFlag& flag) {
        return !is_about_names(flag) && flag_subject(flag.flag) != FlagSubject::risk;
    });
}

std::optional<SidePoint> point_of(const SliceOutcome& slice, const Muscles& muscles) {
    const auto* const report = std::get_if<StudyReport>(&slice.outcome);
    if (!slice.place || report == nullptr) {
        return std::nullopt;
    }
    double area_mm2 = 0;
    std::optional<double> across_mm2 = 0;
    std::optional<double> fat_mm2 = 0;
    for (const Structure muscle : muscles) {
        const auto section = slice.sections.find(muscle);
        if (section == slice.sections.end()) {
            return std::nullopt;
        }
        const auto tilt = slice.tilt_factors.find(muscle);
        const double on_slice_mm2 = section->second.area_mm2;
        area_mm2 += on_slice_mm2;
        across_mm2 = across_mm2 && tilt != slice.tilt_factors.end()
                         ? std::optional(*across_mm2 + tilt->second * on_slice_mm2)
                         : std::nullopt;
        const std::optional<double>& fat = section->second.fat_area_mm2;
        fat_mm2 = fat && fat_mm2 ? std::optional(*fat_mm2 + *fat) : std::nullopt;
    }
    SidePoint point{.series_uid = slice.series_uid,
                    .height = slice.place->height,
                    .csa_cm2 = {},
                    .fdr_pct = {},
                    .is_flagged = is_doubtful(*report)};
    if (across_mm2) {
        point.csa_cm2 = *across_mm2 / kMm2PerCm2;
    }
    if (fat_mm2) {
        point.fdr_pct = 100 * *fat_mm2 / area_mm2;
    }
    return point;
}

std::vector<SidePoint> points_of(const std::vector<SliceOutcome>& slices, const Muscles& muscles) {
    std::vector<SidePoint> points;
    for (const SliceOutcome& slice : slices) {
        if (const std::optional<SidePoint> point = point_of(slice, muscles)) {
            points.push_back(*point);
        }
    }
    return points;
}

using Value = std::optional<double> (*)(const SidePoint& point);

// A value against the spine.
struct Panel {
    std::string title;
    double left_px = 0;
    double largest = 1;  // At the right end; the left end is 0.
    double step = 1;     // Between grid lines.
    Value value = nullptr;
};

class Profile {
  public:
    Profile(std::vector<SidePoint> right, std::vector<SidePoint> left)
        : right_(std::move(right)),
          left_(std::move(left)),
          page_(kHeightPx, kWidthPx, CV_8UC3, bgr(kBackground)) {
        for (const std::vector<SidePoint>* side : {&right_, &left_}) {
            for (const SidePoint& point : *side) {
                highest_ = std::max(highest_, point.height + 0.2);
                lowest_ = std::min(lowest_, point.height - 0.2);
            }
        }
    }

    cv::Mat draw(const StudyIdentity& study, const std::string& doubt, const std::string& version) {
        write("Paraspinal muscles along the spine, right and left",
              {kMarginPx, 32},
              {.size_px = 20, .bold = true, .color = kInk});
        legend();
        draw_endplates();
        draw_panel(panel_of("CSA of one side across the spine, cm²",
                            kPanelLeftPx[0],
                            5,
                            [](const SidePoint& point) { return point.csa_cm2; }));
        draw_panel(panel_of("FDR of that side, %", kPanelLeftPx[1], 10, [](const SidePoint& point) {
            return point.fdr_pct;
        }));
        const TextStyle faint{.size_px = 13, .color = kFaintInk};
        const TextStyle warning{.size_px = 14, .color = kWarning};
        if (!doubt.empty()) {
            write("Check: the names of the vertebrae are in doubt.", {kMarginPx, 712}, warning);
        }
        const auto askew =
            std::ranges::count_if(right_, [](const SidePoint& point) { return !point.csa_cm2; });
        if (askew > 0) {
            write("No area across the spine for " + std::to_string(askew) + " of " +
                      std::to_string(right_.size()) + " slices: tilted too far at the muscles.",
                  {kPanelLeftPx[0] + 260, 712},
                  warning);
        }
        write("Study " + short_study_name(study) + ", paraspinal " + version + ". " +
                  std::string(kResearchNotice),
              {kMarginPx, 740},
              faint);
        return page_;
    }

  private:
    [[nodiscard]] double y_px(double height) const {
        return kTopPx + (highest_ - height) / (highest_ - lowest_) * (kBottomPx - kTopPx);
    }
    static double x_px(const Panel& panel, double value) {
        return panel.left_px + value / panel.largest * kPanelWidthPx;
    }
    void write(const std::string& text, cv::Point2d start, const TextStyle& style) {
        lettering_.draw(page_, text, start, style);
    }
    void line(cv::Point2d from, cv::Point2d to, const Color& color, int width_px = 1) {
        cv::line(page_, cv::Point(from), cv::Point(to), bgr(color), width_px, cv::LINE_AA);
    }

    void legend() {
        double x_px = kMarginPx;
        for (const auto& [name, color] :
             {std::pair("right", kRightColor), std::pair("left", kLeftColor)}) {
            line({x_px, 54}, {x_px + 26, 54}, color, 3);
            write(name, {x_px + 32, 59}, {.size_px = 14, .color = kInk});
            x_px += 90;
        }
        write("open circles: slices with flags; level lines: inferior endplates",
              {x_px, 59},
              {.size_px = 14, .color = kFaintInk});
    }

    void draw_endplates() {
        for (VertebraCount count = kL5; count <= kL1; ++count) {
            if (count < lowest_ || count > highest_) {
                continue;
            }
            for (const double left_px : kPanelLeftPx) {
                line({left_px, y_px(count)}, {left_px + kPanelWidthPx, y_px(count)}, kGrid, 2);
            }
            write(vertebra_name(count),
                  {kPanelLeftPx[0] - 40, y_px(count) - 4},
                  {.size_px = 16, .bold = true, .color = kInk});
        }
    }

    [[nodiscard]] Panel panel_of(std::string title,
                                 double left_px,
                                 double step,
                                 Value value) const {
        Panel panel{.title = std::move(title),
                    .left_px = left_px,
                    .largest = step,
                    .step = step,
                    .value = value};
        for (const std::vector<SidePoint>* side : {&right_, &left_}) {
            for (const SidePoint& point : *side) {
                panel.largest = std::max(panel.largest, value(point).value_or(0));
            }
        }
        panel.largest = step * std::ceil(panel.largest / step);
        return panel;
    }

    void draw_panel(const Panel& panel) {
        write(panel.title, {panel.left_px, kTopPx - 8}, {.size_px = 14, .color = kInk});
        for (double value = 0; value <= panel.largest; value += panel.step) {
            const double x = x_px(panel, value);
            line({x, kTopPx}, {x, kBottomPx}, kGrid);
            write(
                fixed_text(value, 0), {x - 6, kBottomPx + 20}, {.size_px = 13, .color = kFaintInk});
        }
        draw_side(panel, left_, kLeftColor);
        draw_side(panel, right_, kRightColor);
    }

    void draw_side(const Panel& panel, const std::vector<SidePoint>& side, const Color& color) {
        const auto at = [&](const SidePoint& point) {
            return cv::Point2d{x_px(panel, *panel.value(point)), y_px(point.height)};
        };
        // Series that lie over one another are two lines, not a zigzag.
        std::map<std::string, const SidePoint*> last_of_series;
        for (const SidePoint& point : side) {
            const SidePoint*& last = last_of_series[point.series_uid];
            if (last != nullptr && last->height - point.height <= kLargestStep &&
                panel.value(*last) && panel.value(point)) {
                line(at(*last), at(point), color, 2);
            }
            last = &point;
        }
        constexpr int kRadiusPx = 4;
        for (const SidePoint& point : side) {
            if (panel.value(point)) {
                const cv::Point center(at(point));
                const Color& inside = point.is_flagged ? kBackground : color;
                cv::circle(page_, center, kRadiusPx, bgr(inside), cv::FILLED, cv::LINE_AA);
                cv::circle(page_, center, kRadiusPx, bgr(color), 2, cv::LINE_AA);
            }
        }
    }

    static constexpr Color kRightColor{0xE6, 0x9F, 0x00};  // Okabe and Ito, as color.h.
    static constexpr Color kLeftColor{0x56, 0xB4, 0xE9};
    static constexpr Color kGrid{58, 66, 76};

    std::vector<SidePoint> right_;
    std::vector<SidePoint> left_;
    double highest_ = -100;
    double lowest_ = 100;
    Lettering lettering_;
    cv::Mat page_;
};

std::string doubt_of(const std::vector<SliceOutcome>& slices) {
    for (const SliceOutcome& slice : slices) {
        if (const auto* const report = std::get_if<StudyReport>(&slice.outcome)) {
            const auto doubt = std::ranges::find_if(report->flags, is_about_names);
            if (doubt != report->flags.end()) {
                return doubt->detail;
            }
        }
    }
    return {};
}

}  // namespace

bool has_profile(const std::vector<SliceOutcome>& slices) {
    constexpr std::size_t kFewest = 2;
    return points_of(slices, kRight).size() >= kFewest;
}

std::string profile_png(const StudyIdentity& study,
                        const std::vector<SliceOutcome>& slices,
                        const std::string& software_version) {
    Profile profile(points_of(slices, kRight), points_of(slices, kLeft));
    return png_bytes(rgb_image(profile.draw(study, doubt_of(slices), software_version)));
}

}  // namespace paraspinal
