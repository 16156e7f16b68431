// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/vertebrae_picture.h"

#include "core/text.h"
#include "io/png_image.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/level_image_internal.h"
#include "pipeline/report/pictures/sagittal_sheet_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"
#include "segmentation/level/deformity.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace paraspinal {
namespace {

std::string heights_text(const VertebralShape& shape) {
    std::vector<std::string> heights;
    for (const HeightLine& line : shape.lines) {
        heights.push_back(fixed_text(line.height_mm(), 1));
    }
    return joined(heights, " / ");
}

std::string grade_text(const Deformity& deformity) {
    const std::string low = std::to_string(deformity.grade_low());
    const std::string high = std::to_string(deformity.grade_high());
    const std::string range = low == high ? low : low + " to " + high;
    return std::string(deformity_name(deformity.kind)) + " suspected, grade " +
           std::to_string(deformity.grade()) + " (" + range + ")";
}

// "outline doubtful"
std::string reason_text(ShapeDoubt doubt) {
    std::string text(shape_doubt_name(doubt));
    std::ranges::replace(text, '_', ' ');
    return text;
}

void draw_points(SagittalSheet& sheet, const VertebralShape& shape, const Color& color) {
    constexpr double kRadiusPx = 4.5;
    constexpr int kLinePx = 2;
    constexpr int kShift = 4;
    constexpr double kFine = 1 << kShift;
    const auto fine = [&](const Vec3& place_mm) {
        const cv::Point2d at = sheet.at(place_mm);
        return cv::Point(cvRound(at.x * kFine), cvRound(at.y * kFine));
    };
    for (const HeightLine& line : shape.lines) {
        const cv::Point upper = fine(line.upper_mm);
        const cv::Point lower = fine(line.lower_mm);
        cv::line(sheet.canvas, upper, lower, bgr(color), kLinePx, cv::LINE_AA, kShift);
        for (const cv::Point& point : {upper, lower}) {
            const int radius = cvRound(kRadiusPx * kFine);
            cv::circle(sheet.canvas, point, radius, bgr(color), cv::FILLED, cv::LINE_AA, kShift);
        }
    }
}

void draw_body(SagittalSheet& sheet, const JudgedBody& body, Lettering& lettering) {
    const Vertebra& vertebra = *body.vertebra;
    const bool is_deformed = body.deformity && body.deformity->grade() > 0;
    const Color color = is_deformed ? kEndplateColor : kBodyColor;
    if (body.deformity) {
        draw_points(sheet, vertebra.shape, color);
    }
    constexpr double kRowPx = 19;
    constexpr double kGapPx = 14;
    const cv::Point2d center = sheet.at(vertebra.place.center_mm);
    const double half_px = vertebra.depth_mm / 2 / sheet.frame.spacing.col_mm;
    const TextStyle name{.size_px = 20, .bold = true, .color = color, .halo = true};
    lettering.draw(
        sheet.canvas,
        vertebra.name(),
        {center.x - half_px - kGapPx - lettering.width_px(vertebra.name(), name), center.y + 7},
        name);
    const TextStyle text{.size_px = 16, .color = color, .halo = true};
    const double x_px = center.x + half_px + kGapPx;
    const auto write = [&](const std::string& words, double row) {
        lettering.draw(sheet.canvas, words, {x_px, center.y + 5 + row * kRowPx}, text);
    };
    if (!body.deformity) {
        write(reason_text(*body.doubt), 0);
        return;
    }
    write(heights_text(vertebra.shape), is_deformed ? -0.5 : 0);
    if (is_deformed) {
        write(grade_text(*body.deformity), 0.5);
    }
}

std::string headline(const DeformityCount& count) {
    if (count.measured == 0) {
        return "No body could be measured";
    }
    const std::string range = count.low == count.high ? ""
                                                      : " (" + std::to_string(count.low) + " to " +
                                                            std::to_string(count.high) + ")";
    return "Deformity suspected in " + std::to_string(count.deformed) + range + " of " +
           std::to_string(count.measured) + " bodies measured";
}

std::vector<CaptionLine> caption(const SpineView& view,
                                 const std::vector<JudgedBody>& bodies,
                                 const StudyIdentity& study,
                                 const std::string& software_version) {
    const TextStyle bold{.size_px = 21, .bold = true, .color = kInk};
    const TextStyle faint{.size_px = 15, .color = kFaintInk};
    std::vector<CaptionLine> lines{
        {.text = headline(count_deformed(bodies)), .style = bold, .rise_px = 40},
        {.text = "Anterior / middle / posterior height in mm, medians over the middle slices. "
                 "Grades after Genant (20, 25, 40 %) with their intervals. Old and new fractures "
                 "are not told apart.",
         .style = faint,
         .rise_px = 26}};
    for (const NamingDoubt& doubt : view.spine.doubts) {
        lines.push_back({.text = "Check: " + doubt.detail,
                         .style = {.size_px = 16, .color = kWarning},
                         .rise_px = 28});
    }
    lines.push_back({.text = "Study " + short_study_name(study) + ", paraspinal " +
                             software_version + ", " + view.model + ". " +
                             std::string(kResearchNotice),
                     .style = faint,
                     .rise_px = 28});
    return lines;
}

}  // namespace

std::string vertebrae_png(const SpineView& view,
                          const StudyIdentity& study,
                          const std::string& software_version) {
    Lettering lettering;
    SagittalSheet sheet = sagittal_sheet(view.slice);
    const std::vector<JudgedBody> bodies = judged_bodies(view.spine);
    for (const JudgedBody& body : bodies) {
        draw_body(sheet, body, lettering);
    }
    draw_front_and_back(sheet.canvas, lettering);
    return png_bytes(rgb_image(
        captioned(sheet.canvas, caption(view, bodies, study, software_version), lettering)));
}

}  // namespace paraspinal
