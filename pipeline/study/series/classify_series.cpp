// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/classify_series.h"

#include "core/text.h"
#include "pipeline/study/series/series_refusals_internal.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

Verdict judge_geometry(const Judged& judged) {
    const std::string& fault = judged.slice.geometry_fault;
    if (!judged.slice.plane) {
        return Refusal{ErrorCode::missing_geometry,
                       fault.empty() ? "no position and orientation in its header" : fault};
    }
    if (!judged.slice.spacing) {
        return Refusal{ErrorCode::missing_pixel_spacing,
                       fault.empty() ? "no pixel spacing in its header" : fault};
    }
    return std::nullopt;
}

Verdict judge_localizer(const Judged& judged) {
    if (has_any(judged.acquisition().image_type, {"LOCALIZER"}) || judged.words.says_localizer) {
        return Refusal{ErrorCode::not_t2_weighted, "localizer"};
    }
    if (judged.stack.is_of_three_planes) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "localizer (axial, sagittal and coronal planes in one series)"};
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

// By the table beside the images, then by the operator.
bool is_stated_t2(const Judged& judged) {
    return (judged.table_words.says_t2 && !judged.table_words.says_t1) ||
           judged.statement.is_axial_t2 || judged.statement.is_sagittal_t2;
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
    const bool names_are_silent = !judged.words.says_t1 && !judged.words.says_proton_density;
    if (names_are_silent && is_stated_t2(judged)) {
        return std::nullopt;
    }
    if (names_are_silent &&
        (judged.table_words.says_t1 || judged.table_words.says_proton_density)) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "the series table says that it is not T2-weighted"};
    }
    if (!names_are_silent) {
        return Refusal{ErrorCode::not_t2_weighted,
                       "named T1- or proton-density-weighted (" + times_text(acquisition) + ")"};
    }
    return Refusal{ErrorCode::weighting_unknown,
                   "weighting unknown (" + times_text(acquisition) + ")"};
}

std::string weighting_evidence(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    if (!acquisition.repetition_time_ms || !acquisition.echo_time_ms) {
        if (!judged.words.says_t2) {
            return judged.table_words.says_t2 ? "T2 by the series table" : "T2 by the operator";
        }
        return "named T2 (" + times_text(acquisition) + ")";
    }
    const bool contradicted = judged.words.says_t1 && !judged.words.says_t2;
    return times_text(acquisition) + (contradicted ? " (its name says T1; the numbers rule)" : "");
}

// Names need not be right; numbers are.
std::vector<QcFlag> weighting_doubts(const Judged& judged) {
    const Acquisition& acquisition = judged.acquisition();
    if (acquisition.repetition_time_ms && acquisition.echo_time_ms) {
        return {};
    }
    if (judged.words.says_t2) {
        return {};
    }
    return {
        {judged.table_words.says_t2 ? Flag::weighting_from_table : Flag::weighting_from_operator,
         "its header states neither TR and TE nor a name with its weighting"}};
}

// All but the geometry, in the order in which they are told.
constexpr std::array kJudges{judge_localizer,
                             judge_fat,
                             judge_image_type,
                             judge_sequence,
                             judge_myelography,
                             judge_weighting};

Classification judge_orientation(const Judged& judged) {
    const Vec3 direction = normal(*judged.slice.plane);
    const double off_axial_deg = degrees_off_axial(judged.slice);
    const double off_sagittal_deg = degrees_off_sagittal(judged.slice);
    const double off_coronal_deg = line_angle_deg(direction, {0, 1, 0});
    const auto accepted = [&judged](SeriesKind kind, double tilt_deg) {
        return Classification{.kind = kind,
                              .evidence = weighting_evidence(judged) + ", tilt " +
                                          fixed_text(tilt_deg, 0) + " degrees",
                              .flags = weighting_doubts(judged)};
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

double degrees_off_sagittal(const SliceHeader& slice) {
    return line_angle_deg(normal(*slice.plane), {1, 0, 0});
}

SeriesWords words_of(const Series& series, const SliceHeader& slice) {
    return series_words(
        slice.series_description.empty() ? series.description : slice.series_description,
        slice.acquisition);
}

std::vector<ErrorCode> verdicts_of(const Series& series, const SliceHeader& slice) {
    const Stack alone{.slices = {&slice}};
    const SeriesStatement nothing;
    const Judged judged{.stack = alone,
                        .slice = slice,
                        .words = words_of(series, slice),
                        .table_words = {},
                        .statement = nothing};
    std::vector<ErrorCode> codes;
    for (const auto& judge : kJudges) {
        const Verdict verdict = judge(judged);
        codes.push_back(verdict ? verdict->code : ErrorCode::internal);
    }
    return codes;
}

Classification classify(const Series& series,
                        const Stack& stack,
                        const SeriesStatement& statement) {
    const SliceHeader& slice = *stack.slices.front();
    const Judged judged{.stack = stack,
                        .slice = slice,
                        .words = words_of(series, slice),
                        .table_words = series_words(statement.description, {}),
                        .statement = statement};
    Verdict verdict = judge_geometry(judged);
    for (std::size_t i = 0; !verdict && i < kJudges.size(); ++i) {
        verdict = kJudges.at(i)(judged);
    }
    return verdict ? Classification{.code = verdict->code, .reason = std::move(verdict->reason)}
                   : judge_orientation(judged);
}

}  // namespace paraspinal
