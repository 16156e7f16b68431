// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/scan.h"

#include "core/text.h"
#include "io/nifti/volume.h"

namespace paraspinal {
namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

bool has_nifti_name(const std::filesystem::path& file) {
    const std::string name = lower_case(file.filename().string());
    return ends_with(name, ".nii") || ends_with(name, ".nii.gz");
}

FileScan scan_nifti(const std::filesystem::path& file, const std::string& study_uid) {
    const NiftiVolume volume = read_nifti_header(file);
    Series series;
    series.series_uid = study_uid + ".1";
    series.description = file.stem().stem().string();
    for (int k = 0; k < volume.slices; ++k) {
        SliceHeader slice;
        slice.file = file;
        slice.frame = k;
        slice.frames_in_file = volume.slices;
        slice.sop_instance_uid = study_uid + ".1.1";
        slice.size = volume.size;
        slice.spacing = volume.spacing;
        slice.plane = plane_of_slice(volume, k);
        slice.acquisition.modality = "MR";
        slice.acquisition.slice_thickness_mm = volume.slice_spacing_mm;
        series.slices.push_back(std::move(slice));
    }
    Study study;
    study.study_uid = study_uid;
    study.series.push_back(std::move(series));
    FileScan scan;
    scan.study = std::move(study);
    return scan;
}

}  // namespace paraspinal
