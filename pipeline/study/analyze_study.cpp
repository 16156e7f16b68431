// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/analyze_study.h"

#include "core/patient_groups.h"
#include "io/crash_guard.h"
#include "io/nifti/scan.h"
#include "io/read_slice.h"
#include "pipeline/study/check_fat.h"
#include "pipeline/study/check_outlines.h"
#include "pipeline/study/classify_by_pixels.h"
#include "pipeline/study/classify_study.h"
#include "pipeline/study/find_spine.h"
#include "pipeline/study/image_contrast.h"
#include "pipeline/study/match_drawing.h"
#include "pipeline/study/outline_slice.h"
#include "pipeline/study/same_place.h"

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

std::vector<QcFlag> sorted(std::vector<QcFlag> flags, const std::vector<QcFlag>& more) {
    flags.insert(flags.end(), more.begin(), more.end());
    std::ranges::stable_sort(flags, {}, &QcFlag::name);
    return flags;
}

std::filesystem::path any_file(const Study& study) {
    if (!study.series.empty()) {
        return study.series.front().slices.front().file;
    }
    return study.left_out.empty() ? std::filesystem::path() : study.left_out.front().file;
}

StudyIdentity identity(const Study& study) {
    return {.patient = study.patient,
            .study_uid = study.study_uid,
            .study_date = study.study_date,
            .patient_group = study.patient_group,
            .accession_number = study.accession_number,
            .file = any_file(study)};
}

// Whose the measured image is by its own header; the other files fill in what it does not say.
StudyIdentity identity(const Study& study, const SliceHeader& slice) {
    StudyIdentity whole = identity(study);
    const auto prefer = [](std::string& text, const std::string& own) {
        text = own.empty() ? text : own;
    };
    prefer(whole.patient.id, slice.patient.id);
    prefer(whole.patient.sex, slice.patient.sex);
    prefer(whole.study_date, slice.study_date);
    prefer(whole.accession_number, slice.accession_number);
    if (slice.patient.age_years) {
        whole.patient.age_years = slice.patient.age_years;
    }
    whole.file = slice.file;
    return whole;
}

// What the headers of the study and of the measured image leave open.
std::vector<QcFlag> header_flags(const Study& study, const SliceHeader& slice) {
    std::vector<QcFlag> flags;
    std::string assumed;
    for (const std::string& one : slice.assumptions) {
        assumed += (assumed.empty() ? "" : "; ") + one;
    }
    if (!assumed.empty()) {
        flags.push_back({Flag::header_assumed, assumed});
    }
    if (!study.patient_group.empty()) {
        flags.push_back({Flag::patient_contradiction,
                         "other files with this study instance UID state another patient or "
                         "examination (ID, name, sex, birth date, age or study date); this row "
                         "holds those that agree with the measured image"});
    }
    return flags;
}

// One image that its neighbors contradict is not told from the right one by their headers alone;
// copies with the same pixels contradict nothing.
std::vector<QcFlag> rival_flags(const ChosenSlice& chosen, const ImageSlice& slice) {
    std::vector<const SliceHeader*> rivals;
    for (const SliceHeader* const rival : chosen.rivals) {
        try {
            if (read_slice(*rival).intensity == slice.intensity) {
                continue;
            }
        } catch (const Error&) {
            continue;  // What cannot be read could not have been measured.
        }
        rivals.push_back(rival);
    }
    return rivals.empty() ? std::vector<QcFlag>{}
                          : std::vector<QcFlag>{several_images_at_place(rivals)};
}

// OpenCV and ITK have exceptions of their own for it, told apart here by their words, so that
// neither library's headers are needed.
bool is_memory_error(const std::exception& error) {
    const std::string_view text = error.what();
    return dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
           text.find("Insufficient memory") != std::string_view::npos ||
           text.find("Failed to allocate memory") != std::string_view::npos;
}

}  // namespace

StudyReport analyze_study(const Study& study, const AnalyzeOptions& options, Models& models) {
    SliceRequest request = options.slice;
    if (options.own_outlines) {
        request.drawn_on = slices_drawn_on(*options.own_outlines, study, request.series_uid);
    }
    // Who names the slice, or draws on one, has settled the level.
    const bool is_settled = request.slice_uid || request.drawn_on.size() == 1;
    const ClassifiedStudy classified =
        classify_by_pixels(classify_study(study, options.classify), is_settled, models.outline);
    const std::optional<SpineView> spine =
        is_settled ? std::nullopt : find_spine(classified, models.vertebrae);
    const ChosenSlice chosen = choose_slice(classified, request, spine);
    return within("slice " + slice_uid(*chosen.slice), [&] {
        const ImageSlice slice = read_slice(*chosen.slice);
        const SliceOutlines outlined =
            outline_slice(slice, chosen, options.own_outlines, models.outline);
        const Outlines& outlines = outlined.outlines;
        const ImageContrast contrast = image_contrast(slice, outlines.labels);
        check_contrast(contrast);
        const std::vector<QcFlag> doubts =
            sorted(sorted(outlined.flags, check_outlines(outlines, slice)),
                   sorted(contrast_flags(contrast), rival_flags(chosen, slice)));
        FatMeasurement fat = measure_fat(slice, outlines, options.measure);
        std::vector<QcFlag> flags =
            sorted(sorted(sorted(chosen.flags, header_flags(study, *chosen.slice)), doubts),
                   check_fat(fat));
        return StudyReport{
            .study = identity(study, *chosen.slice),
            .series_uid = chosen.series->series_uid,
            .slice_uid = slice_uid(*chosen.slice),
            .series_description = chosen.slice->series_description,
            .series_number = chosen.series->series_number,
            .source = *chosen.slice,
            .level = chosen.level,
            .level_view = chosen.view,
            .slice = slice,
            .outline_source = outlined.source,
            .outline_model = outlined.model,
            .outlines = {.labels = std::move(fat.labels), .confidence = outlines.confidence},
            .bias_corrected = options.measure.bias.enabled,
            .fat_threshold = fat.threshold,
            .fat = std::move(fat.fat),
            .measurement = std::move(fat.measurement),
            .fat_evidence = std::move(fat.evidence),
            .contrast = contrast,
            .intervals = fat.intervals,
            .flags = std::move(flags),
        };
    });
}

std::string study_place(const std::string& study_uid, const std::filesystem::path& file) {
    return "study " + study_uid +
           (has_nifti_name(file) ? " (file " + file.string() + ")" : std::string());
}

void leave_out_if_it_crashed(const Study& study) {
    if (died_of("study " + study_key(study.study_uid, study.patient_group))) {
        throw Error(ErrorCode::crashed,
                    "the program crashed at this study, or was killed; please report it");
    }
}

StudyFailure study_failure(const StudyIdentity& study, const std::exception& error) {
    if (const auto* const known = dynamic_cast<const Error*>(&error)) {
        return {.study = study, .code = known->code(), .message = known->what()};
    }
    const std::string place = study_place(study.study_uid, study.file) + ": ";
    if (is_memory_error(error)) {
        return {.study = study,
                .code = ErrorCode::out_of_memory,
                .message = place + "there is not enough memory for this study"};
    }
    return {.study = study,
            .code = ErrorCode::internal,
            .message = place + "internal error: " + error.what()};
}

StudyOutcome study_outcome(const Study& study, const AnalyzeOptions& options, Models& models) {
    try {
        return within(study_place(study.study_uid, any_file(study)), [&] {
            leave_out_if_it_crashed(study);
            return analyze_study(study, options, models);
        });
    } catch (const std::exception& error) {
        return study_failure(identity(study), error);
    }
}

}  // namespace paraspinal
