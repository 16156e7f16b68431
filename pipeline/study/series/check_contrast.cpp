// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/check_contrast.h"

#include "core/error.h"
#include "core/text.h"

#include <string>

namespace paraspinal {
namespace {

std::string text_of(double value) {
    return fixed_text(value, 1);
}

}  // namespace

PixelWeighting weighting_of(const ImageContrast& contrast) {
    if (contrast.bright_border > kInvertedBorder) {
        return PixelWeighting::inverted;
    }
    if (!contrast.fat_to_lean) {
        return PixelWeighting::unclear;
    }
    const double fluid_to_lean = contrast.fluid_to_lean.value_or(0);
    const bool fluid_is_bright = fluid_to_lean >= kT1FluidToLean;
    if (*contrast.fat_to_lean < kSuppressedFatToLean ||
        (fluid_is_bright && contrast.fat_to_fluid.value_or(1) < kSuppressedFatToFluid)) {
        return PixelWeighting::fat_suppressed;
    }
    if (!contrast.fluid_to_lean) {
        return PixelWeighting::unclear;
    }
    return fluid_is_bright ? PixelWeighting::t2 : PixelWeighting::t1;
}

void check_contrast(const ImageContrast& contrast) {
    switch (weighting_of(contrast)) {
        case PixelWeighting::inverted:
            throw Error(ErrorCode::malformed_file,
                        "the air around the patient is the brightest part of the image: its values "
                        "are upside down, or its photometric interpretation is wrong; export the "
                        "original images");
        case PixelWeighting::fat_suppressed:
            throw Error(ErrorCode::fat_suppressed,
                        "the pixels show a fat-suppressed image: the fat behind the muscles is " +
                            text_of(contrast.fat_to_lean.value_or(0)) +
                            " times as bright as lean muscle (" +
                            text_of(contrast.fat_to_fluid.value_or(0)) +
                            " times as bright as fluid); choose a plain T2 slice with --slice");
        case PixelWeighting::t2:
        case PixelWeighting::t1:
        case PixelWeighting::unclear: break;
    }
}

std::vector<QcFlag> contrast_flags(const ImageContrast& contrast) {
    std::vector<QcFlag> flags;
    const double fluid_to_lean = contrast.fluid_to_lean.value_or(kT1FluidToLean);
    if (fluid_to_lean >= kT1FluidToLean &&
        contrast.fat_to_fluid.value_or(1) < kSuspectedFatToFluid) {
        flags.push_back({Flag::fat_suppression_suspected,
                         "the fat behind the muscles is only " +
                             fixed_text(*contrast.fat_to_fluid, 2) +
                             " times as bright as fluid, less than on T2 without fat suppression"});
    }
    if (contrast.fat_of_darker_side.value_or(1) < kUnevenFat) {
        flags.push_back({Flag::fat_suppression_suspected,
                         "the fat behind the muscles of one side is only " +
                             fixed_text(*contrast.fat_of_darker_side, 2) +
                             " times as bright as that of the other, as where fat suppression "
                             "reaches half of an image"});
    }
    if (fluid_to_lean < kT1FluidToLean) {
        flags.push_back({Flag::contrast_not_t2,
                         "what lies behind the vertebral body is " + text_of(fluid_to_lean) +
                             " times as bright as lean muscle; fluid is brighter on T2"});
    }
    return flags;
}

}  // namespace paraspinal
