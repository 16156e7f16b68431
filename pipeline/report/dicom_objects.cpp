// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/dicom_objects.h"

#include "io/dicom_write/measurement_report.h"
#include "io/dicom_write/provenance.h"
#include "io/dicom_write/secondary_capture.h"
#include "io/dicom_write/segmentation.h"
#include "io/digest.h"
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/measurement_report_content.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/level_picture.h"
#include "pipeline/report/pictures/overlay.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

// All that was measured, the pixels that it was measured on, and who drew.
std::string result_digest(const StudyReport& report, const OutputOptions& options) {
    std::string text = measurement_json(report, options.software_version) + options.observer;
    for (const Structure label : report.outlines.labels.pixels) {
        text += static_cast<char>(label);
    }
    for (const std::uint8_t fat : report.fat.pixels) {
        text += static_cast<char>(fat);
    }
    return sha256(text);
}

// Only the network is more or less sure of its outlines; what the operator drew has no confidence.
std::map<Structure, OutlineOrigin> origins_of(const StudyReport& report) {
    const bool is_trimmed = report.fat_evidence.roi == MuscleRoi::muscle;
    std::map<Structure, OutlineOrigin> origins;
    for (const Structure structure : kStructures) {
        if (!report.outlines.confidence.contains(structure)) {
            origins[structure] = is_trimmed && is_paraspinal_muscle(structure)
                                     ? OutlineOrigin::operator_trimmed
                                     : OutlineOrigin::operator_drawn;
        }
    }
    return origins;
}

SegmentationContent segmentation_of(const StudyReport& report) {
    SegmentationContent content{.labels = report.outlines.labels,
                                .fat = report.fat,
                                .spacing = report.slice.spacing,
                                .plane = report.slice.plane};
    content.slice_thickness_mm =
        report.source.acquisition.slice_thickness_mm.value_or(content.slice_thickness_mm);
    for (const Structure structure : kStructures) {
        content.colors[structure] = dicom_cielab(outline_color(structure));
    }
    content.fat_color = dicom_cielab(kFatColor);
    content.origins = origins_of(report);
    content.outline_algorithm = report.outline_model.empty() ? "paraspinal" : report.outline_model;
    if (report.fat_threshold) {
        content.fat_algorithm =
            "fat threshold, method " + std::string(fat_method_name(report.fat_threshold->method));
    }
    return content;
}

// The picture shows the name of the study's folder, which is made of its UID.
StudyReport without_identity(StudyReport report, const OutputOptions& options) {
    if (options.pseudonyms) {
        report.study = {.study_uid = options.pseudonyms->dicom_uid(report.study.study_uid)};
    }
    return report;
}

// Short, as a series description has at most 64 letters.
std::string series_prefix(const StudyReport& report) {
    const bool is_far = std::ranges::any_of(
        report.flags, [](const QcFlag& flag) { return flag.flag == Flag::slice_far_from_level; });
    return (is_far ? "near " : "") + report.level.level +
           (report.level.alternatives.empty() ? " " : " (in doubt) ");
}

std::vector<EarlierObject> of_level(std::vector<EarlierObject> earlier, const std::string& level) {
    std::erase_if(earlier, [&level](const EarlierObject& object) { return object.level != level; });
    return earlier;
}

}  // namespace

std::vector<std::filesystem::path> write_dicom_objects(const std::filesystem::path& study_folder,
                                                       const StudyReport& report,
                                                       const OutputOptions& options,
                                                       const std::string& further_level) {
    Provenance provenance =
        provenance_of(report.source, options.software_version, result_digest(report, options));
    provenance.pseudonyms = options.pseudonyms;
    provenance.observer = options.observer;
    if (!further_level.empty()) {
        provenance.series_prefix = series_prefix(report);
        provenance.series_shift = 10 * (further_level.back() - '0');  // 9001 is 9041 for L4.
    }
    provenance = in_place_of(of_level(options.earlier, further_level), provenance);
    const SegmentationContent segmentation = segmentation_of(report);
    std::vector<std::filesystem::path> written;
    if (options.seg) {
        written.push_back(study_folder / "seg.dcm");
        write_dicom_segmentation(written.back(), segmentation, provenance);
    }
    if (options.sr) {
        written.push_back(study_folder / "sr.dcm");
        write_measurement_report(
            written.back(), measurement_report_content(report), segmentation, provenance);
    }
    if (options.sc) {
        const StudyReport shown = without_identity(report, options);
        written.push_back(study_folder / "sc.dcm");
        write_secondary_capture(written.back(),
                                overlay_pixels(shown, options.software_version),
                                CaptureTitle{},
                                provenance);
        // Of an earlier run, which may have seen the spine.
        std::filesystem::remove(study_folder / "sc_level.dcm");
        if (shown.level_view) {
            written.push_back(study_folder / "sc_level.dcm");
            write_secondary_capture(
                written.back(),
                level_pixels(shown, options.software_version),
                {.name = "sc level",
                 .derivation = "Vertebrae, endplate and slices drawn on the sagittal series",
                 .series_name = CaptureTitle{}.name,
                 .instance_number = "2"},
                provenance);
        }
    }
    return written;
}

}  // namespace paraspinal
