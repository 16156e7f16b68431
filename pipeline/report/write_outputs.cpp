// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/write_outputs.h"

#include "core/text.h"
#include "io/file_scan.h"
#include "io/imagej/archive.h"
#include "io/imagej/roi.h"
#include "io/imagej/trace_outline.h"
#include "io/nifti/scan.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "io/tables/write_csv.h"
#include "pipeline/report/dicom_objects.h"
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/fat_picture.h"
#include "pipeline/report/pictures/level_picture.h"
#include "pipeline/report/pictures/overlay.h"
#include "pipeline/report/pictures/profile_picture.h"
#include "pipeline/report/pictures/vertebrae_picture.h"
#include "pipeline/report/tables/levels_csv.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/muscles_csv.h"
#include "pipeline/report/tables/slices_csv.h"
#include "pipeline/report/tables/vertebrae_csv.h"
#include "pipeline/report/tables/volumes_csv.h"
#include "segmentation/level/deformity.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace paraspinal {
namespace {

NiftiGeometry nifti_geometry(const StudyReport& report) {
    NiftiGeometry geometry{.spacing = report.slice.spacing, .plane = report.slice.plane};
    geometry.slice_thickness_mm =
        report.source.acquisition.slice_thickness_mm.value_or(geometry.slice_thickness_mm);
    return geometry;
}

// One ROI a structure, all its parts and holes in it, so that ImageJ measures it in one line.
std::vector<ImageJRoi> rois_of(const StudyReport& report) {
    std::vector<ImageJRoi> rois;
    for (const Structure structure : kStructures) {
        const LabelMap& labels = report.outlines.labels;
        Mask mask(labels.size());
        std::ranges::transform(labels.pixels, mask.pixels.begin(), [structure](Structure label) {
            return static_cast<std::uint8_t>(label == structure);
        });
        std::vector<RoiPath> paths = trace_outline(mask);
        if (!paths.empty()) {
            rois.push_back({.name = std::string(label_name(structure)),
                            .slice_uid = report.slice_uid,
                            .shape = std::move(paths)});
        }
    }
    return rois;
}

// What DCMTK refuses to write, such as a UID that breaks PS3.5 9.1 and must not be put right for
// its study, costs the objects and not the numbers.
std::vector<std::filesystem::path> write_objects_or_flag(const std::filesystem::path& study_folder,
                                                         StudyReport& report,
                                                         const OutputOptions& options,
                                                         const std::string& further_level) {
    if (!has_dicom_object(options) || has_nifti_name(report.source.file)) {
        return {};
    }
    make_output_folder(study_folder);
    try {
        return write_dicom_objects(study_folder, report, options, further_level);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::internal) {
            throw;
        }
        for (const char* const name : {"seg.dcm", "sr.dcm", "sc.dcm", "sc_level.dcm"}) {
            std::filesystem::remove(study_folder / name);
        }
        report.flags.push_back({Flag::dicom_objects_left_out,
                                "the header of the measured slice has a value that no DICOM object "
                                "may have (" +
                                    error.message() + ")"});
        std::ranges::stable_sort(report.flags, {}, &QcFlag::name);
        return {};
    }
}

// Of an earlier run: what this one does not write would pass for its result.
void remove_report(const std::filesystem::path& study_folder) {
    remove_unfinished_files(study_folder);
    for (const char* const name : {"measurement.json",
                                   "image.nii.gz",
                                   "labels.nii.gz",
                                   "fat.nii.gz",
                                   "rois.zip",
                                   "overlay.png",
                                   "fat.png",
                                   "level.png",
                                   "seg.dcm",
                                   "sr.dcm",
                                   "sc.dcm",
                                   "notice.dcm"}) {
        std::filesystem::remove(study_folder / name);
    }
}

// The files of one slice, in the folder of its study or one below that.
std::vector<std::filesystem::path> write_report(const std::filesystem::path& study_folder,
                                                StudyReport& report,
                                                const OutputOptions& options,
                                                const std::string& further_level = {}) {
    remove_report(study_folder);
    // First, as they may add a flag.
    const std::vector<std::filesystem::path> objects =
        write_objects_or_flag(study_folder, report, options, further_level);
    std::vector<std::filesystem::path> written;
    const auto next = [&](const char* name) {
        make_output_folder(study_folder);
        return written.emplace_back(study_folder / name);
    };
    if (options.json) {
        write_file(next("measurement.json"), measurement_json(report, options.software_version));
    }
    if (options.nifti) {
        const NiftiGeometry geometry = nifti_geometry(report);
        write_nifti_image(next("image.nii.gz"), report.slice.intensity, geometry);
        write_nifti_labels(next("labels.nii.gz"), report.outlines.labels, geometry);
        write_nifti_mask(next("fat.nii.gz"), report.fat, geometry);
    }
    if (options.roi) {
        write_imagej_rois(next("rois.zip"), rois_of(report));
    }
    if (options.png) {
        write_file(next("overlay.png"), overlay_png(report, options.software_version));
        if (!report.fat_evidence.muscle_values.empty()) {
            write_file(next("fat.png"), fat_png(report, options.software_version));
        }
        if (report.level_view) {
            write_file(next("level.png"), level_png(report, options.software_version));
        }
    }
    written.insert(written.end(), objects.begin(), objects.end());
    return written;
}

// The rows that `rows_of` makes of each study, in the order of all tables.
std::string further_csv(const std::vector<std::string>& columns,
                        const decltype(slice_rows)& rows_of,
                        const std::vector<StudyOutcome>& outcomes,
                        const std::vector<FurtherSlices>& further,
                        const std::string& software_version) {
    std::vector<std::vector<std::string>> all;
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        const auto index = static_cast<std::size_t>(outcome - outcomes.data());
        for (auto& row : rows_of(identity_of(*outcome), further.at(index), software_version)) {
            all.push_back(std::move(row));
        }
    }
    return csv_text(columns, all);
}

// A table without rows would be one that nobody asked for; one of an earlier call would pass for
// one of this.
void write_or_remove(const std::filesystem::path& file,
                     const std::string& csv,
                     std::vector<std::filesystem::path>& written) {
    if (std::ranges::count(csv, '\n') == 1) {
        std::filesystem::remove(file);
    } else {
        write_file(written.emplace_back(file), csv);
    }
}

}  // namespace

std::vector<std::filesystem::path> write_study_outputs(const std::filesystem::path& folder,
                                                       StudyReport& report,
                                                       const OutputOptions& options) {
    return write_report(folder / study_folder_name(report.study), report, options);
}

void remove_study_outputs(const std::filesystem::path& folder, const StudyIdentity& study) {
    remove_report(folder / study_folder_name(study));
}

std::vector<std::filesystem::path> write_further_outputs(const std::filesystem::path& folder,
                                                         const StudyIdentity& study,
                                                         FurtherSlices& further,
                                                         const OutputOptions& options) {
    const std::filesystem::path study_folder = folder / study_folder_name(study);
    // Of an earlier run, which may have counted otherwise.
    std::filesystem::remove_all(study_folder / "levels");
    std::filesystem::remove(study_folder / "profile.png");
    std::filesystem::remove(study_folder / "vertebrae.png");
    std::vector<std::filesystem::path> written;
    for (LevelOutcome& one : further.levels) {
        if (one.own && std::holds_alternative<StudyReport>(*one.own)) {
            const auto files = write_report(study_folder / "levels" / one.level,
                                            std::get<StudyReport>(*one.own),
                                            options,
                                            one.level);
            written.insert(written.end(), files.begin(), files.end());
        }
    }
    if (options.png && has_profile(further.slices)) {
        make_output_folder(study_folder);
        write_file(written.emplace_back(study_folder / "profile.png"),
                   profile_png(study, further.slices, options.software_version));
    }
    if (options.png && further.spine && !judged_bodies(further.spine->spine).empty()) {
        make_output_folder(study_folder);
        write_file(written.emplace_back(study_folder / "vertebrae.png"),
                   vertebrae_png(*further.spine, study, options.software_version));
    }
    return written;
}

std::vector<std::filesystem::path> write_tables(const std::filesystem::path& folder,
                                                const std::vector<StudyOutcome>& outcomes,
                                                const std::vector<FurtherSlices>& further,
                                                const OutputOptions& options) {
    if (!options.csv) {
        return {};
    }
    make_output_folder(folder);
    std::vector<std::filesystem::path> written{folder / "measurements.csv", folder / "muscles.csv"};
    write_file(written[0], measurements_csv(outcomes, options.software_version));
    write_file(written[1], muscles_csv(outcomes));
    const std::string& version = options.software_version;
    write_or_remove(folder / "levels.csv", levels_csv(outcomes, further, version), written);
    write_or_remove(folder / "slices.csv",
                    further_csv(slice_columns(), slice_rows, outcomes, further, version),
                    written);
    write_or_remove(folder / "volumes.csv",
                    further_csv(volume_columns(), volume_rows, outcomes, further, version),
                    written);
    write_or_remove(folder / "vertebrae.csv",
                    further_csv(vertebra_columns(), vertebra_rows, outcomes, further, version),
                    written);
    return written;
}

}  // namespace paraspinal
