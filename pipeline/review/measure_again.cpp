// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/measure_again.h"

#include "core/error.h"
#include "pipeline/report/tables/measurement_columns.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/study/check_fat.h"
#include "pipeline/study/outlines/check_outlines.h"
#include "pipeline/study/series/check_contrast.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::string_view kReaderSource = "reader";

// Beside the identity, whatever the outlines are: of the slice and of the spine.
constexpr std::array<std::string_view, 12> kOfSlice{"level",
                                                    "level_source",
                                                    "level_confidence",
                                                    "slice_offset_mm",
                                                    "slice_tilt_deg",
                                                    "pixel_row_mm",
                                                    "pixel_col_mm",
                                                    "reading",
                                                    "bodies_measured",
                                                    "deformed_bodies",
                                                    "deformed_bodies_low",
                                                    "deformed_bodies_high"};

constexpr std::array<std::string_view, 8> kCompared{"csa_cm2",
                                                    "fa_cm2",
                                                    "fdr_pct",
                                                    "vb_cm2",
                                                    "csa_low_cm2",
                                                    "csa_high_cm2",
                                                    "fdr_low_pct",
                                                    "fdr_high_pct"};

std::vector<Structure> differing(const LabelMap& before, const LabelMap& after) {
    std::array<bool, kStructures.size() + 1> differs{};
    for (std::size_t i = 0; i < before.pixels.size(); ++i) {
        if (before.pixels[i] != after.pixels[i]) {
            differs.at(static_cast<std::size_t>(before.pixels[i])) = true;
            differs.at(static_cast<std::size_t>(after.pixels[i])) = true;
        }
    }
    std::vector<Structure> structures;
    std::ranges::copy_if(kStructures, std::back_inserter(structures), [&](Structure structure) {
        return differs.at(static_cast<std::size_t>(structure));
    });
    return structures;
}

std::string source_of(const StoredStudy& stored,
                      const Outlines& outlines,
                      const std::vector<Structure>& touched) {
    if (touched.empty()) {
        return stored.outline_source;
    }
    const bool is_all_hers = std::ranges::all_of(outlines.labels.pixels, [&](Structure label) {
        return label == Structure::background || std::ranges::find(touched, label) != touched.end();
    });
    return std::string(kReaderSource) + (is_all_hers ? "" : "+" + stored.outline_source);
}

void add(std::vector<QcFlag>& flags, const std::vector<QcFlag>& more) {
    for (const QcFlag& flag : more) {
        if (std::ranges::find(flags, flag.flag, &QcFlag::flag) == flags.end()) {
            flags.push_back(flag);
        }
    }
}

// Doubts about the old outlines and their fat are gone; others come.
std::vector<QcFlag> flags_that_stay(const StoredStudy& stored) {
    std::vector<QcFlag> flags;
    std::ranges::copy_if(stored.flags, std::back_inserter(flags), [](const QcFlag& flag) {
        const FlagSubject subject = flag_subject(flag.flag);
        return subject == FlagSubject::image || subject == FlagSubject::level ||
               flag.flag == Flag::accession_number_contradiction;
    });
    return flags;
}

// Advice for who draws, in place of that for a command line.
std::vector<QcFlag> checked(const Outlines& outlines, const ImageSlice& slice) {
    try {
        return check_outlines(outlines, slice);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_lumbar && error.code() != ErrorCode::structure_missing) {
            throw;
        }
        throw Error(error.code(),
                    "one of the four paraspinal muscles is missing, and CSA would be too small; "
                    "draw all of them, choose another slice, or reject the study");
    }
}

}  // namespace

MeasuredAgain measure_again(const StoredStudy& stored, const ImageSlice& even, LabelMap labels) {
    std::vector<Structure> touched = differing(stored.outlines.labels, labels);
    Outlines outlines{.labels = std::move(labels), .confidence = stored.outlines.confidence};
    for (const Structure structure : touched) {
        outlines.confidence.erase(structure);
    }
    const ImageContrast contrast = image_contrast(stored.slice, outlines.labels);
    check_contrast(contrast);
    std::vector<QcFlag> flags = flags_that_stay(stored);
    add(flags, checked(outlines, stored.slice));
    add(flags, contrast_flags(contrast));
    FatMeasurement fat = measure_fat(stored.slice, even, outlines, stored.options);
    add(flags, check_fat(fat));
    std::ranges::stable_sort(flags, {}, &QcFlag::name);
    StudyReport report{
        .study = stored.study,
        .series_uid = stored.series_uid,
        .slice_uid = stored.slice_uid,
        .slice = stored.slice,
        .outline_source = source_of(stored, outlines, touched),
        .outline_model = outlines.confidence.empty() ? "" : stored.outline_model,
        .outlines = {.labels = std::move(fat.labels), .confidence = outlines.confidence},
        .bias_corrected = stored.options.bias.enabled,
        .fat_share = stored.options.fat.reference_share,
        .fat_threshold = fat.threshold,
        .fat = std::move(fat.fat),
        .measurement = std::move(fat.measurement),
        .fat_evidence = std::move(fat.evidence),
        .contrast = contrast,
        .intervals = fat.intervals,
        .flags = std::move(flags)};
    report.level = stored.level;
    report.source.acquisition.slice_thickness_mm = stored.slice_thickness_mm;
    return {.report = std::move(report), .touched = std::move(touched)};
}

NamedCells line_of(const StudyReport& report, const NamedCells& measured) {
    NamedCells line{.columns = measurement_columns(),
                    .cells = measurement_row(report, std::string(software_version()))};
    const auto take = [&](std::string_view column) { line.set(column, measured.get(column)); };
    std::ranges::for_each(kIdentityColumns, take);
    std::ranges::for_each(kOfSlice, take);
    return line;
}

void require_same_numbers(const StoredStudy& stored,
                          const ImageSlice& even,
                          const NamedCells& measured) {
    const MeasuredAgain again = measure_again(stored, even, stored.outlines.labels);
    const NamedCells line = line_of(again.report, measured);
    for (const std::string_view column : kCompared) {
        if (line.get(column) != measured.get(column)) {
            throw Error(ErrorCode::outline_mismatch,
                        "the outlines of the run, measured again, come to another " +
                            std::string(column) +
                            ", so a correction would not compare with the other studies: the run "
                            "had --roi muscle or --fat-share, or was made by another version");
        }
    }
}

}  // namespace paraspinal
