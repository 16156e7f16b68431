// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/level_picture.h"

#include "core/text.h"
#include "io/png_image.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/level_image_internal.h"
#include "pipeline/report/pictures/sagittal_sheet_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <cmath>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

std::string headline(const LevelEvidence& level) {
    const double offset_mm = level.slice_offset_mm.value_or(0);
    return "Slice " + fixed_text(std::abs(offset_mm), 1) + " mm " +
           (offset_mm < 0 ? "below" : "above") + " the inferior endplate of " + level.level +
           ", tilted by " + fixed_text(level.slice_tilt_deg.value_or(0), 1) + "°" +
           recount_text(level);
}

std::vector<CaptionLine> caption(const StudyReport& report, const std::string& software_version) {
    const TextStyle bold{.size_px = 21, .bold = true, .color = kInk};
    const TextStyle faint{.size_px = 15, .color = kFaintInk};
    const TextStyle warning{.size_px = 16, .color = kWarning};
    const LevelEvidence& level = report.level;
    std::vector<CaptionLine> lines;
    const auto add = [&](const std::string& text, const TextStyle& style, double rise_px) {
        lines.push_back({.text = text, .style = style, .rise_px = rise_px});
    };
    add(headline(level), bold, 40);
    add("Confidence " + fixed_text(level.confidence.value_or(0), 2) + ", endplate fitted to " +
            std::to_string(level.endplate->slices) + " sagittal slices, residual " +
            fixed_text(level.endplate->residual_mm, 1) +
            " mm. Bold line: the measured slice; thin: the other axial slices.",
        faint,
        26);
    for (const QcFlag& flag : report.flags) {
        if (flag_subject(flag.flag) == FlagSubject::level) {
            add("Check: " + flag.detail, warning, 28);
        }
    }
    add("Study " + short_study_name(report.study) + ", paraspinal " + software_version + ", " +
            report.level_view->sagittal.model + ". " + std::string(kResearchNotice),
        faint,
        28);
    return lines;
}

}  // namespace

std::string level_png(const StudyReport& report, const std::string& software_version) {
    return png_bytes(level_pixels(report, software_version));
}

RgbImage level_pixels(const StudyReport& report, const std::string& software_version) {
    Lettering lettering;
    const cv::Mat image = level_image(*report.level_view, report.level, lettering);
    return rgb_image(captioned(image, caption(report, software_version), lettering));
}

}  // namespace paraspinal
