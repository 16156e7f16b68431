// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/study/series/series_refusals_internal.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

// STIR nulls fat at 0.69 x its T1 of 260-380 ms: TI 130-260 ms from 0.5 to 3 T. Longer times null
// fluid (FLAIR) or nothing; either way the picture is no plain T2.
constexpr double kMaxStirInversionTimeMs = 300;
constexpr double kMinFlairInversionTimeMs = 1500;

}  // namespace

std::string milliseconds(double value) {
    return shortest_text(value) + " ms";
}

bool has_any(const std::vector<std::string>& values,
             std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(wanted, [&values](std::string_view value) {
        return std::ranges::find(values, value) != values.end();
    });
}

Verdict judge_fat(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    const double inversion_ms = acquisition.inversion_time_ms.value_or(0);
    if (inversion_ms > 0 && inversion_ms <= kMaxStirInversionTimeMs) {
        return Refusal{ErrorCode::fat_suppressed,
                       "fat-suppressed (STIR, TI " + milliseconds(inversion_ms) + ")"};
    }
    if (judged.words.says_stir || judged.table_words.says_stir) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (named STIR or TIRM)"};
    }
    if (has_any(acquisition.scan_options,
                {"FS",
                 "SFS",
                 "FATSAT",
                 "FAT_SAT",
                 "FAT SAT",
                 "FATSAT_GEMS",
                 "CHEMSAT",
                 "SPIR",
                 "SPAIR",
                 "ASPIR",
                 "SPECIR",
                 "CHESS",
                 "PROSET",
                 "WE"})) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (scan options say so)"};
    }
    if (has_any(acquisition.image_type, {"W", "WATER"}) || judged.words.says_water_only) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (Dixon water image)"};
    }
    if (judged.words.says_fat_suppressed || judged.table_words.says_fat_suppressed) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (its name says so)"};
    }
    return std::nullopt;
}

Verdict judge_image_type(const Judged& judged) {
    const std::vector<std::string>& type = judged.acquisition().image_type;
    const auto refuse = [](std::string reason) {
        return Refusal{ErrorCode::not_t2_weighted, std::move(reason)};
    };
    if (has_any(judged.acquisition().scan_options, {"WS"})) {
        return refuse("water-suppressed");
    }
    if (has_any(type, {"F", "FAT"}) || judged.words.says_fat_only) {
        return refuse("Dixon fat image");
    }
    if (has_any(type, {"OP", "OPP_PHASE", "OUT_PHASE", "OPPOSED_PHASE"}) ||
        judged.words.says_opposed_phase) {
        return refuse("Dixon opposed-phase image (fat and water cancel)");
    }
    if (has_any(type, {"P", "PHASE", "PHASE MAP", "R", "REAL", "I", "IMAGINARY"})) {
        return refuse("phase, real or imaginary image, not magnitude");
    }
    if (has_any(type,
                {"ADC",
                 "TRACEW",
                 "FA",
                 "EADC",
                 "T1 MAP",
                 "T2 MAP",
                 "T2_STAR",
                 "R2_STAR",
                 "FAT_FRACTION",
                 "PERFUSION",
                 "VELOCITY"})) {
        return refuse("derived (parameter map)");
    }
    if (has_any(type,
                {"MPR",
                 "CSA MPR",
                 "PROJECTION IMAGE",
                 "MIP",
                 "MAX_IP",
                 "MIN_IP",
                 "REFORMATTED",
                 "CPR",
                 "VOLREN",
                 "RESAMPLED",
                 "SUBTRACTION",
                 "SUBTRACT",
                 "SCREEN SAVE",
                 "SCREENSHOT",
                 "SCREEN SHOT"}) ||
        judged.words.says_derived) {
        return refuse("derived (reformat, projection, subtraction or screenshot)");
    }
    // DERIVED alone says nothing: some scanners write it into their originals. Spines composed of
    // two scans keep their contrast and geometry.
    if (judged.acquisition().source_images > 1 && has_any(type, {"DERIVED"}) &&
        !has_any(type, {"COMPOSED"})) {
        return refuse("derived (from " + std::to_string(judged.acquisition().source_images) +
                      " images)");
    }
    return std::nullopt;
}

Verdict judge_sequence(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    const auto refuse = [](std::string reason) {
        return Refusal{ErrorCode::not_t2_weighted, std::move(reason)};
    };
    if (acquisition.b_value_s_mm2.value_or(0) > 0) {
        return refuse("diffusion (b " + shortest_text(*acquisition.b_value_s_mm2) + ")");
    }
    if (judged.words.says_diffusion) {
        return refuse("diffusion (its name says so)");
    }
    const std::vector<std::string>& sequence = acquisition.scanning_sequence;
    if (has_any(sequence, {"EP"}) || judged.words.says_echo_planar) {
        return refuse("echo planar");
    }
    if (acquisition.inversion_time_ms.value_or(0) >= kMinFlairInversionTimeMs ||
        judged.words.says_flair) {
        return refuse("fluid-suppressed (FLAIR)");
    }
    if (has_any(sequence, {"IR"}) || acquisition.inversion_time_ms.value_or(0) > 0) {
        return refuse("inversion recovery");
    }
    const bool spin_echo = has_any(sequence, {"SE"});
    if ((has_any(sequence, {"GR"}) && !spin_echo) ||
        (judged.words.says_gradient_echo && !spin_echo) || judged.words.says_t2_star) {
        return refuse("gradient echo");
    }
    return std::nullopt;
}

Verdict judge_myelography(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    const double thickness_mm = acquisition.slice_thickness_mm.value_or(0);
    const double echo_ms = acquisition.echo_time_ms.value_or(0);
    if (thickness_mm > kMaxSliceThicknessMm) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "thick slab (" + shortest_text(thickness_mm) + " mm, as in myelography)"};
    }
    if (echo_ms > kMaxT2EchoTimeMs || judged.words.says_myelography) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "myelography (only fluid shows" +
                           (echo_ms > 0 ? ", TE " + milliseconds(echo_ms) : "") + ")"};
    }
    return std::nullopt;
}

}  // namespace paraspinal
