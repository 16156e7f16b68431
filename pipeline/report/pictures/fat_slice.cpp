// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/report/pictures/fat_slice_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr TextStyle kBody{.size_px = 16, .color = kInk};
constexpr TextStyle kSmall{.size_px = 15, .color = kFaintInk};

// What is shown and tinted, as the radiologist sees the slice.
struct Shown {
    cv::Mat intensity;
    cv::Mat muscle;
    cv::Mat lean;
    cv::Mat fat;
    cv::Mat reference;
};

cv::Mat muscles_of(const LabelMap& labels, const DisplayOrientation& turn) {
    Mask mask(labels.size());
    std::ranges::transform(labels.pixels, mask.pixels.begin(), [](Structure structure) {
        return static_cast<std::uint8_t>(is_paraspinal_muscle(structure) ? 255 : 0);
    });
    return displayed(mask, CV_8U, turn);
}

// Of the turned slice, what holds muscles and reference, with a margin.
cv::Rect seen_part(const Shown& shown) {
    constexpr int kMarginPixels = 8;
    cv::Mat all = shown.muscle | shown.reference;
    std::vector<cv::Point> points;
    cv::findNonZero(all, points);
    const cv::Rect whole(0, 0, all.cols, all.rows);
    if (points.empty()) {
        return whole;
    }
    const cv::Rect box = cv::boundingRect(points);
    return cv::Rect(box.x - kMarginPixels,
                    box.y - kMarginPixels,
                    box.width + 2 * kMarginPixels,
                    box.height + 2 * kMarginPixels) &
           whole;
}

Shown shown_of(const StudyReport& report) {
    const DisplayOrientation turn = radiological_display(report.slice.plane);
    const FatEvidence& evidence = report.fat_evidence;
    const auto mask = [&](const Mask& one) {
        const Mask empty(report.slice.intensity.size());
        return cv::Mat(displayed(one.pixels.empty() ? empty : one, CV_8U, turn) != 0);
    };
    return {.intensity = displayed(report.slice.intensity, CV_32F, turn),
            .muscle = muscles_of(report.outlines.labels, turn),
            .lean = mask(evidence.lean),
            .fat = mask(report.fat),
            .reference = mask(evidence.fat ? evidence.fat->where : Mask{})};
}

// The picture scaled into `room`; its size.
cv::Size draw_picture(cv::Mat& page,
                      const cv::Rect& room,
                      const Shown& shown,
                      double height_over_width) {
    const cv::Rect part = seen_part(shown);
    const double aspect = height_over_width * part.height / part.width;
    const int width = std::min(room.width, cvRound(room.height / aspect));
    const cv::Size size(std::max(1, width), std::max(1, cvRound(width * aspect)));
    cv::Mat picture = windowed(shown.intensity(part), size);
    const auto tint = [&](const cv::Mat& mask, const Color& color) {
        cv::Mat scaled;
        cv::resize(mask(part), scaled, size, 0, 0, cv::INTER_NEAREST);
        constexpr double kOpacity = 0.6;
        paint(picture, scaled, color, kOpacity);
    };
    tint(shown.lean, kLeanColor);
    tint(shown.fat, kFatColor);
    tint(shown.reference, kReferenceColor);
    draw_outline(picture, shown.muscle(part), kInk, 1);
    picture.copyTo(page(cv::Rect(room.tl(), size)));
    return size;
}

std::string looks_text(const SeenFat& seen) {
    const auto [least, most] = std::ranges::minmax(seen.choices);
    return fixed_text(seen.reference.fat, 0) + ", other looks " + fixed_text(least, 0) + " to " +
           fixed_text(most, 0);
}

struct Entry {
    Color color;
    std::string name;
    std::string value;
};

std::vector<Entry> entries_of(const StudyReport& report) {
    const FatEvidence& evidence = report.fat_evidence;
    std::vector<Entry> entries;
    if (evidence.fat) {
        const bool is_subcutaneous = evidence.fat->reference.place == FatPlace::subcutaneous;
        entries.push_back({kReferenceColor,
                           is_subcutaneous ? "subcutaneous fat near the muscles"
                                           : "fat elsewhere, none is subcutaneous",
                           "brightness " + looks_text(*evidence.fat)});
    }
    if (evidence.scale) {
        entries.push_back(
            {kLeanColor, "lean muscle", "brightness " + fixed_text(evidence.scale->lean, 0)});
    }
    if (report.fat_threshold) {
        entries.push_back({kFatColor,
                           "fat in the muscles",
                           "from " + fixed_text(report.fat_threshold->value, 0) + " on"});
    }
    return entries;
}

}  // namespace

void draw_fat_slice(cv::Mat& page,
                    const cv::Rect& place,
                    const StudyReport& report,
                    Lettering& lettering) {
    constexpr int kWordsPx = 400;
    const Shown shown = shown_of(report);
    const DisplayOrientation turn = radiological_display(report.slice.plane);
    const cv::Size2d size_mm = extent_mm(report.slice, turn);
    const double height_over_width =
        size_mm.height / shown.intensity.rows / (size_mm.width / shown.intensity.cols);
    const cv::Rect room(place.x, place.y, place.width - kWordsPx, place.height);
    const cv::Size drawn = draw_picture(page, room, shown, height_over_width);
    const double x = place.x + drawn.width + 24.0;
    double y = place.y + 16.0;
    lettering.draw(page, "Where the threshold comes from", {x, y}, kBody);
    for (const Entry& entry : entries_of(report)) {
        y += 44;
        cv::rectangle(page, {cvRound(x), cvRound(y) - 12, 12, 12}, bgr(entry.color), cv::FILLED);
        lettering.draw(page, entry.name, {x + 20, y}, kBody);
        y += 22;
        lettering.draw(page, entry.value, {x + 20, y}, kSmall);
    }
}

}  // namespace paraspinal
