// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/report/report_phantom.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace paraspinal::testing {
namespace {

constexpr ImageSize kSize{.rows = 150, .cols = 250};
constexpr PixelSpacing kSpacing{.row_mm = 1.2, .col_mm = 0.8};
// Patient coordinates of the first pixel: the middle of the picture is the middle of the patient.
constexpr Vec3 kOrigin{-99.6, -89.4, 12.5};
constexpr float kAir = 3;
constexpr float kSkinFat = 900;
constexpr float kTissue = 160;
constexpr float kMuscle = 210;
constexpr float kBone = 420;
constexpr double kFatThreshold = 512.5;

/// In patient coordinates (mm): negative x is the patient's right.
struct Ellipse {
    double x_mm;
    double y_mm;
    double radius_x_mm;
    double radius_y_mm;
    [[nodiscard]] bool contains(const Vec3& at) const {
        return std::hypot((at.x - x_mm) / radius_x_mm, (at.y - y_mm) / radius_y_mm) <= 1;
    }
};

constexpr Ellipse kBody{0, 0, 96, 86};
constexpr Ellipse kInsideSkin{0, -2, 90, 76};

struct Part {
    Structure structure;
    Ellipse shape;
};

constexpr std::array<Part, 7> kParts{{
    {Structure::multifidus_right, {-13, 45, 10, 16}},
    {Structure::multifidus_left, {13, 45, 9, 15}},
    {Structure::erector_spinae_right, {-42, 42, 18, 20}},
    {Structure::erector_spinae_left, {41, 42, 16, 19}},
    {Structure::vertebral_body, {0, -10, 25, 18}},
    {Structure::psoas_right, {-45, -8, 15, 18}},
    {Structure::psoas_left, {44, -8, 14, 17}},
}};

Structure structure_at(const Vec3& at) {
    for (const Part& part : kParts) {
        if (part.shape.contains(at)) {
            return part.structure;
        }
    }
    return Structure::background;
}

float intensity_at(const Vec3& at, Structure structure) {
    if (!kBody.contains(at)) {
        return kAir;
    }
    if (!kInsideSkin.contains(at)) {
        return kSkinFat;
    }
    if (structure == Structure::background) {
        return kTissue;
    }
    if (structure == Structure::vertebral_body) {
        return kBone;
    }
    // Streaks of fat, broader on the left.
    const double streak = std::sin(at.x / 1.5 + at.y / 4);
    const bool is_fat = is_paraspinal_muscle(structure) && streak > (at.x > 0 ? 0.55 : 0.8);
    return is_fat ? kSkinFat : kMuscle;
}

SliceMeasurement measured(const StudyReport& report) {
    SliceMeasurement result;
    for (const Structure structure : kStructures) {
        StructureMeasurement part{.structure = structure};
        std::int64_t fat_pixels = 0;
        for (std::size_t i = 0; i < report.fat.pixels.size(); ++i) {
            const bool is_inside = report.outlines.labels.pixels[i] == structure;
            part.pixels += is_inside ? 1 : 0;
            fat_pixels += is_inside ? report.fat.pixels[i] : 0;
        }
        const double pixel_mm2 = pixel_area_mm2(report.slice.spacing);
        part.area_mm2 = static_cast<double>(part.pixels) * pixel_mm2;
        if (is_paraspinal_muscle(structure)) {
            part.fat_area_mm2 = static_cast<double>(fat_pixels) * pixel_mm2;
        }
        result.structures.push_back(part);
    }
    return result;
}

void draw(StudyReport& report) {
    report.slice.spacing = kSpacing;
    report.slice.plane.origin_mm = kOrigin;
    report.slice.intensity = Image<float>(kSize);
    report.outlines.labels = LabelMap(kSize);
    report.fat = Mask(kSize);
    for (int row = 0; row < kSize.rows; ++row) {
        for (int col = 0; col < kSize.cols; ++col) {
            const PixelIndex pixel{.row = row, .col = col};
            const Vec3 at = patient_from_pixel(
                report.slice.plane, kSpacing, {.row = double(row), .col = double(col)});
            const Structure structure = structure_at(at);
            const float intensity = intensity_at(at, structure);
            report.outlines.labels[pixel] = structure;
            report.slice.intensity[pixel] = intensity;
            report.fat[pixel] =
                is_paraspinal_muscle(structure) && intensity >= kFatThreshold ? 1 : 0;
        }
    }
}

// Flips and exchange undo `radiological_display` of the new plane.
template <class Pixel>
Image<Pixel> stored(const Image<Pixel>& image, const DisplayOrientation& storage) {
    const bool swap = storage.swap_axes;
    Image<Pixel> result(swap ? ImageSize{.rows = image.cols, .cols = image.rows} : image.size());
    for (int row = 0; row < image.rows; ++row) {
        for (int col = 0; col < image.cols; ++col) {
            const int to_row = storage.flip_rows ? image.rows - 1 - row : row;
            const int to_col = storage.flip_columns ? image.cols - 1 - col : col;
            const PixelIndex to{.row = swap ? to_col : to_row, .col = swap ? to_row : to_col};
            result[to] = image[{.row = row, .col = col}];
        }
    }
    return result;
}

}  // namespace

StudyReport phantom_report() {
    StudyReport report;
    report.study = {.patient = {.id = "P-0042", .sex = "F", .age_years = 71},
                    .study_uid = "1.2.826.0.1.3680043.10.1234.1",
                    .study_date = "20240131"};
    report.series_uid = "1.2.826.0.1.3680043.10.1234.1.5";
    report.slice_uid = "1.2.826.0.1.3680043.10.1234.1.5.12";
    report.series_description = "T2 TSE tra";
    report.source.acquisition.modality = "MR";
    report.source.acquisition.manufacturer = "Phantom";
    report.source.acquisition.scan_options = {"PFP", "SP"};
    report.source.acquisition.repetition_time_ms = 3500;
    report.source.acquisition.echo_time_ms = 102.5;
    report.source.acquisition.slice_thickness_mm = 4;
    report.level = {.level = "L3",
                    .source = LevelSource::sagittal,
                    .confidence = 0.9312,
                    .slice_offset_mm = -1.256,
                    .slice_tilt_deg = 3.4049};
    report.outline_model = "outline 0.1.0 (1a2b3c4d)";
    report.fat_threshold =
        FatThreshold{.method = FatMethod::otsu, .value = kFatThreshold, .guard = FatGuard::on};
    report.fat_evidence.fraction_pct = 21.25;
    draw(report);
    for (const Structure structure : kStructures) {
        report.outlines.confidence[structure] = 0.98 - 0.01 * static_cast<double>(structure);
    }
    report.measurement = measured(report);
    report.risk = RiskEstimate{.model = "yang2025",
                               .probability = 0.23456,
                               .low = 0.11,
                               .high = 0.41,
                               .percentile = 71.5,
                               .imputed = {"beta_ctx_ng_ml", "pth_ng_ml"},
                               .out_of_range = {"age_years"},
                               .companion = CompanionEstimate{.model = "yang2025_shrunk",
                                                              .probability = 0.28765,
                                                              .low = 0.2,
                                                              .high = 0.36,
                                                              .reason = "Look at this one."}};
    report.flags = {
        {.flag = Flag::implausible_shape, .detail = "The right muscles are far larger."},
        {.flag = Flag::slice_tilted, .detail = "The slice is tilted against the endplate."}};
    return report;
}

StudyReport stored_differently(const StudyReport& report, const DisplayOrientation& storage) {
    StudyReport result = report;
    ImageSlice& slice = result.slice;
    slice.intensity = stored(report.slice.intensity, storage);
    result.outlines.labels = stored(report.outlines.labels, storage);
    result.fat = stored(report.fat, storage);
    if (storage.flip_rows) {
        slice.plane.origin_mm =
            slice.plane.origin_mm +
            ((report.slice.intensity.rows - 1) * slice.spacing.row_mm) * slice.plane.along_rows;
        slice.plane.along_rows = -1 * slice.plane.along_rows;
    }
    if (storage.flip_columns) {
        slice.plane.origin_mm =
            slice.plane.origin_mm +
            ((report.slice.intensity.cols - 1) * slice.spacing.col_mm) * slice.plane.along_columns;
        slice.plane.along_columns = -1 * slice.plane.along_columns;
    }
    if (storage.swap_axes) {
        std::swap(slice.plane.along_rows, slice.plane.along_columns);
        std::swap(slice.spacing.row_mm, slice.spacing.col_mm);
    }
    return result;
}

StudyFailure phantom_failure() {
    return {.study = {.patient = {.id = "P-0007", .sex = "M", .age_years = 65.5},
                      .study_uid = "1.2.826.0.1.3680043.10.1234.2",
                      .study_date = "20231224"},
            .code = ErrorCode::level_not_found,
            .message =
                "study 1.2.3: several axial slices and no sagittal series; name one with "
                "--slice"};
}

}  // namespace paraspinal::testing
