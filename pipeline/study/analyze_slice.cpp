// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/analyze_slice.h"

#include "io/read_slice.h"
#include "pipeline/study/check_fat.h"
#include "pipeline/study/level/find_spine.h"
#include "pipeline/study/outlines/check_outlines.h"
#include "pipeline/study/outlines/match_drawing.h"
#include "pipeline/study/outlines/outline_slice.h"
#include "pipeline/study/series/check_contrast.h"
#include "pipeline/study/series/classify_by_pixels.h"
#include "pipeline/study/series/one_patient.h"
#include "pipeline/study/series/same_place.h"

#include <algorithm>
#include <filesystem>
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

// Whose the measured image is by its own header; the other files fill in what it does not say.
StudyIdentity identity(const Study& study, const SliceHeader& slice) {
    StudyIdentity whole = identity_of(study);
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
std::vector<QcFlag> header_flags(const ClassifiedStudy& classified, const SliceHeader& slice) {
    const Study& study = *classified.study;
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
    } else if (const auto doubt = doubt_one_patient(classified)) {
        flags.push_back(*doubt);
    }
    const auto doubt_key = [&flags](Flag flag, const std::string& stated, const std::string& key) {
        if (!stated.empty()) {
            flags.push_back({flag,
                             "studies with this " + key + " state " + stated +
                                 "; they may be of several people, so that no row of a clinical "
                                 "table is joined by it"});
        }
    };
    doubt_key(Flag::patient_id_contradiction, study.contradictions.patient_id, "patient ID");
    doubt_key(Flag::accession_number_contradiction,
              study.contradictions.accession_number,
              "accession number");
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

// What else lies there may be the plain image.
void check_contrast_at(const ChosenSlice& chosen, const ImageContrast& contrast) {
    try {
        check_contrast(contrast);
    } catch (const Error& error) {
        if (chosen.rivals.empty()) {
            throw;
        }
        throw Error(error.code(),
                    error.message() + "; another image lies at the same place: " +
                        slice_uid(*chosen.rivals.front()));
    }
}

}  // namespace

StudyIdentity identity_of(const Study& study) {
    return {.patient = study.patient,
            .study_uid = study.study_uid,
            .study_date = study.study_date,
            .patient_group = study.patient_group,
            .accession_number = study.accession_number,
            .file = any_file(study)};
}

PreparedStudy prepare_study(const Study& study, const AnalyzeOptions& options, Models& models) {
    PreparedStudy prepared{
        .study = &study, .classified = {}, .request = options.slice, .spine = {}};
    SliceRequest& request = prepared.request;
    if (options.own_outlines) {
        request.drawn_on = slices_drawn_on(*options.own_outlines, study, request.series_uid);
    }
    // Who names the slice, or draws on one, has settled the level.
    const bool is_settled = request.slice_uid || request.drawn_on.size() == 1;
    prepared.classified =
        classify_by_pixels(classify_study(study, options.classify), is_settled, models.outline);
    if (!is_settled) {
        try {
            prepared.spine = find_spine(prepared.classified, models.vertebrae);
        } catch (const Error&) {
            prepared.spine_failure = std::current_exception();
        }
        if (prepared.spine && request.level_offset != 0) {
            prepared.spine->spine =
                recounted(std::move(prepared.spine->spine), request.level_offset);
        }
    }
    return prepared;
}

StudyReport analyze_slice(const PreparedStudy& prepared,
                          const ChosenSlice& chosen,
                          const AnalyzeOptions& options,
                          Models& models) {
    const Study& study = *prepared.study;
    return within("slice " + slice_uid(*chosen.slice), [&] {
        const ImageSlice slice = read_slice(*chosen.slice);
        const SliceOutlines outlined =
            outline_slice(slice, chosen, options.own_outlines, models.outline);
        const Outlines& outlines = outlined.outlines;
        const ImageContrast contrast = image_contrast(slice, outlines.labels);
        check_contrast_at(chosen, contrast);
        const std::vector<QcFlag> doubts =
            sorted(sorted(outlined.flags, check_outlines(outlines, slice)),
                   sorted(contrast_flags(contrast), rival_flags(chosen, slice)));
        FatMeasurement fat = measure_fat(slice, outlines, options.measure);
        std::vector<QcFlag> flags = sorted(
            sorted(sorted(chosen.flags, header_flags(prepared.classified, *chosen.slice)), doubts),
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
            .fat_share = options.measure.fat.reference_share,
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

StudyReport analyze_level(const PreparedStudy& prepared,
                          const std::string& level,
                          const AnalyzeOptions& options,
                          Models& models) {
    if (prepared.spine_failure) {
        std::rethrow_exception(prepared.spine_failure);
    }
    // The one slice of a study without a sagittal series lies at one level, if at any.
    if (!prepared.spine && level != prepared.request.level) {
        throw Error(ErrorCode::level_not_found,
                    "no sagittal T2 series shows where " + level +
                        " is; without one only the study's own level is taken at its word");
    }
    SliceRequest request = prepared.request;
    request.level = level;
    return analyze_slice(
        prepared, choose_slice(prepared.classified, request, prepared.spine), options, models);
}

}  // namespace paraspinal
