// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/classify_by_pixels.h"

#include "core/text.h"
#include "io/read_slice.h"
#include "pipeline/study/series/check_contrast.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

// A slice of which nobody knows the weighting, but that could be measured.
bool asks_for_pixels(const ClassifiedStack& each) {
    const SliceHeader& slice = *each.stack.slices.front();
    return each.classification.kind == SeriesKind::other &&
           each.classification.code == ErrorCode::weighting_unknown && slice.plane &&
           slice.spacing && degrees_off_axial(slice) <= kMaxTiltDeg;
}

// nullopt where the slice cannot be read or is none with muscles.
std::optional<ImageContrast> contrast_of(const Stack& stack, OutlineModel& model) {
    try {
        const ImageSlice slice = read_slice(*stack.slices[stack.slices.size() / 2]);
        return image_contrast(slice, model.outline(slice).labels);
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string ratios_text(const ImageContrast& contrast) {
    return "fluid " + fixed_text(contrast.fluid_to_lean.value_or(0), 1) + " and fat " +
           fixed_text(contrast.fat_to_lean.value_or(0), 1) + " times as bright as lean muscle";
}

void judge(Classification& classification, const ImageContrast& contrast) {
    const auto refuse = [&classification, &contrast](ErrorCode code, const std::string& what) {
        classification.code = code;
        classification.reason = what + " by its pixels (" + ratios_text(contrast) + ")";
    };
    switch (weighting_of(contrast)) {
        case PixelWeighting::t2:
            classification = {.kind = SeriesKind::axial_t2,
                              .evidence = "T2 by its pixels (" + ratios_text(contrast) + ")",
                              .flags = {{Flag::weighting_from_pixels,
                                         "nothing but its pixels says that it is T2-weighted: " +
                                             ratios_text(contrast)}}};
            break;
        case PixelWeighting::t1: refuse(ErrorCode::not_t2_weighted, "not T2-weighted"); break;
        case PixelWeighting::fat_suppressed:
            refuse(ErrorCode::fat_suppressed, "fat-suppressed");
            break;
        case PixelWeighting::inverted:
            refuse(ErrorCode::malformed_file, "upside down in brightness");
            break;
        case PixelWeighting::unclear: break;
    }
}

}  // namespace

ClassifiedStudy classify_by_pixels(ClassifiedStudy study, bool is_settled, OutlineModel& model) {
    const bool is_known = std::ranges::any_of(study.stacks, [](const ClassifiedStack& each) {
        return each.classification.kind == SeriesKind::axial_t2;
    });
    for (ClassifiedStack& each : study.stacks) {
        if (is_settled || is_known || !asks_for_pixels(each)) {
            continue;
        }
        if (const auto contrast = contrast_of(each.stack, model)) {
            judge(each.classification, *contrast);
        }
    }
    return study;
}

}  // namespace paraspinal
