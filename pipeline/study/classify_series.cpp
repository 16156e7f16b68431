// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/classify_series.h"

#include "core/text.h"
#include "pipeline/study/series_words.h"
#include "pipeline/study/split_stacks.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

// STIR nulls fat at 0.69 x its T1 of 260-380 ms: TI 130-260 ms from 0.5 to 3 T. Longer times null
// fluid (FLAIR) or nothing; either way the picture is no plain T2.
constexpr double kMaxStirInversionTimeMs = 300;
constexpr double kMinFlairInversionTimeMs = 1500;

struct Judged {
    const Series& series;
    const SliceHeader& slice;
    SeriesWords words;
    [[nodiscard]] const Acquisition& acquisition() const { return slice.acquisition; }
};

struct Refusal {
    ErrorCode code;
    std::string reason;
};

using Verdict = std::optional<Refusal>;

std::string milliseconds(double value) {
    return shortest_text(value) + " ms";
}

bool has_any(const std::vector<std::string>& values,
             std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(wanted, [&values](std::string_view value) {
        return std::ranges::find(values, value) != values.end();
    });
}

Verdict judge_geometry(const Judged& judged) {
    if (!judged.slice.plane) {
        return Refusal{ErrorCode::missing_geometry, "no position and orientation in its header"};
    }
    if (!judged.slice.spacing) {
        return Refusal{ErrorCode::missing_pixel_spacing, "no pixel spacing in its header"};
    }
    return std::nullopt;
}

bool shows_three_planes(const Series& series) {
    constexpr std::array kAxes{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
    return std::ranges::all_of(kAxes, [&series](const Vec3& axis) {
        return std::ranges::any_of(series.slices, [&axis](const SliceHeader& slice) {
            return slice.plane && line_angle_deg(normal(*slice.plane), axis) <= kMaxTiltDeg;
        });
    });
}

Verdict judge_localizer(const Judged& judged) {
    if (has_any(judged.acquisition().image_type, {"LOCALIZER"}) || judged.words.says_localizer) {
        return Refusal{ErrorCode::not_t2_weighted, "localizer"};
    }
    if (shows_three_planes(judged.series)) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "localizer (axial, sagittal and coronal planes in one series)"};
    }
    return std::nullopt;
}

Verdict judge_fat(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    const double inversion_ms = acquisition.inversion_time_ms.value_or(0);
    if (inversion_ms > 0 && inversion_ms <= kMaxStirInversionTimeMs) {
        return Refusal{ErrorCode::fat_suppressed,
                       "fat-suppressed (STIR, TI " + milliseconds(inversion_ms) + ")"};
    }
    if (judged.words.says_stir) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (named STIR or TIRM)"};
    }
    if (has_any(acquisition.scan_options,
                {"FS", "SFS", "FATSAT", "FAT_SAT", "FATSAT_GEMS", "SPIR", "SPAIR"})) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (scan options say so)"};
    }
    if (has_any(acquisition.image_type, {"W", "WATER"}) || judged.words.says_water_only) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (Dixon water image)"};
    }
    if (judged.words.says_fat_suppressed) {
        return Refusal{ErrorCode::fat_suppressed, "fat-suppressed (its name says so)"};
    }
    return std::nullopt;
}

Verdict judge_image_type(const Judged& judged) {
    const std::vector<std::string>& type = judged.acquisition().image_type;
    const auto refuse = [](std::string reason) {
        return Refusal{ErrorCode::not_t2_weighted, std::move(reason)};
    };
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
                 "SUBTRACTION",
                 "SUBTRACT"}) ||
        judged.words.says_derived) {
        return refuse("derived (reformat, projection or subtraction)");
    }
    // Spines composed of two scans are SECONDARY too, but keep their contrast and geometry.
    if (has_any(type, {"DERIVED"}) && has_any(type, {"SECONDARY"}) &&
        !has_any(type, {"COMPOSED"})) {
        return refuse("derived (secondary image)");
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

std::string times_text(const Acquisition& acquisition) {
    const auto time = [](std::string_view name, const std::optional<double>& value) {
        return std::string(name) + (value ? " " + milliseconds(*value) : " not stated");
    };
    return time("TR", acquisition.repetition_time_ms) + ", " + time("TE", acquisition.echo_time_ms);
}

std::string weighting_name(const Acquisition& acquisition) {
    const bool short_repetition =
        acquisition.repetition_time_ms.value_or(kMinT2RepetitionTimeMs) < kMinT2RepetitionTimeMs;
    const bool short_echo = acquisition.echo_time_ms.value_or(kMinT2EchoTimeMs) < kMinT2EchoTimeMs;
    if (short_echo && short_repetition) {
        return acquisition.contrast_agent.empty() ? "T1-weighted" : "contrast-enhanced T1-weighted";
    }
    if (short_echo) {
        return acquisition.repetition_time_ms ? "proton-density-weighted" : "not T2-weighted";
    }
    return "not T2-weighted";
}

// Contradictions are resolved for the numbers, and told.
Verdict judge_weighting(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    const bool numbers_against =
        acquisition.repetition_time_ms.value_or(kMinT2RepetitionTimeMs) < kMinT2RepetitionTimeMs ||
        acquisition.echo_time_ms.value_or(kMinT2EchoTimeMs) < kMinT2EchoTimeMs;
    if (numbers_against) {
        return Refusal{ErrorCode::not_t2_weighted,
                       weighting_name(acquisition) + " (" + times_text(acquisition) + ")" +
                           (judged.words.says_t2 ? ", although its name says T2" : "")};
    }
    if (acquisition.repetition_time_ms && acquisition.echo_time_ms) {
        return std::nullopt;
    }
    if (judged.words.says_t2 && !judged.words.says_t1) {
        return std::nullopt;
    }
    if (judged.words.says_t1 || judged.words.says_proton_density) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "named T1- or proton-density-weighted (" + times_text(acquisition) + ")"};
    }
    return Refusal{ErrorCode::weighting_unknown,
                   "weighting unknown (" + times_text(acquisition) + ")"};
}

std::string weighting_evidence(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    if (!acquisition.repetition_time_ms || !acquisition.echo_time_ms) {
        return "named T2 (" + times_text(acquisition) + ")";
    }
    const bool contradicted = judged.words.says_t1 && !judged.words.says_t2;
    return times_text(acquisition) + (contradicted ? " (its name says T1; the numbers rule)" : "");
}

Classification judge_orientation(const Judged& judged) {
    const Vec3 direction = normal(*judged.slice.plane);
    const double off_axial_deg = degrees_off_axial(judged.slice);
    const double off_sagittal_deg = line_angle_deg(direction, {1, 0, 0});
    const double off_coronal_deg = line_angle_deg(direction, {0, 1, 0});
    const auto accepted = [&judged](SeriesKind kind, double tilt_deg) {
        return Classification{.kind = kind,
                              .evidence = weighting_evidence(judged) + ", tilt " +
                                          fixed_text(tilt_deg, 0) + " degrees"};
    };
    if (off_axial_deg <= kMaxTiltDeg) {
        return accepted(SeriesKind::axial_t2, off_axial_deg);
    }
    if (off_sagittal_deg <= kMaxTiltDeg) {
        return accepted(SeriesKind::sagittal_t2, off_sagittal_deg);
    }
    return {.code = ErrorCode::not_axial,
            .reason = off_coronal_deg <= kMaxTiltDeg
                          ? "coronal"
                          : fixed_text(off_axial_deg, 0) + " degrees off axial"};
}

}  // namespace

double degrees_off_axial(const SliceHeader& slice) {
    return line_angle_deg(normal(*slice.plane), {0, 0, 1});
}

Classification classify(const Series& series, const Stack& stack) {
    const SliceHeader& slice = *stack.slices.front();
    const Judged judged{.series = series,
                        .slice = slice,
                        .words = series_words(series.description, slice.acquisition)};
    for (const auto& judge : {judge_geometry,
                              judge_localizer,
                              judge_fat,
                              judge_image_type,
                              judge_sequence,
                              judge_myelography,
                              judge_weighting}) {
        if (Verdict verdict = judge(judged)) {
            return {.code = verdict->code, .reason = std::move(verdict->reason)};
        }
    }
    return judge_orientation(judged);
}

}  // namespace paraspinal
