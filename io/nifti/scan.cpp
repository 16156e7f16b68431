// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/scan.h"

#include "core/error.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/nifti/volume.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <system_error>

namespace paraspinal {
namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// "t2.hdr" beside "t2.img".
bool is_header_of_pair(const std::filesystem::path& file) {
    std::error_code error;
    return lower_case(file.extension().string()) == ".hdr" &&
           std::ranges::any_of(std::array{".img", ".IMG", ".img.gz"}, [&](const char* ending) {
               return std::filesystem::is_regular_file(
                   std::filesystem::path(file).replace_extension(ending), error);
           });
}

// "sub-01" of BIDS is the label of a folder, or the start of a file's name, up to "_" or its end.
std::string bids_label(const std::string& name) {
    constexpr std::string_view kPrefix = "sub-";
    if (!name.starts_with(kPrefix)) {
        return {};
    }
    const std::size_t end = name.find_first_of("_.", kPrefix.size());
    return end == kPrefix.size() ? std::string() : name.substr(0, end);
}

std::filesystem::path whole_path(const std::filesystem::path& file) {
    std::error_code ignored;
    const std::filesystem::path path = std::filesystem::weakly_canonical(file, ignored);
    return path.empty() ? file : path;
}

// Of the innermost part of the path that has one.
std::string bids_subject(const std::filesystem::path& file) {
    std::string subject;
    for (const std::filesystem::path& part : whole_path(file)) {
        const std::string label = bids_label(part.string());
        subject = label.empty() ? subject : label;
    }
    return subject;
}

}  // namespace

bool has_nifti_name(const std::filesystem::path& file) {
    const std::string name = lower_case(file.filename().string());
    if (name.starts_with("._")) {
        return false;  // What macOS puts beside a file on foreign media: "AppleDouble".
    }
    return ends_with(name, ".nii") || ends_with(name, ".nii.gz") || is_header_of_pair(file);
}

std::string nifti_study_uid(const std::filesystem::path& file) {
    return "nifti." + uid_name(whole_path(file).string());
}

std::string old_nifti_study_uid(const std::filesystem::path& file) {
    return "nifti." + short_hash(whole_path(file).string());
}

void refuse_own_result(const std::filesystem::path& file) {
    if (ends_with(lower_case(file.filename().string()), "_seg-paraspinal_dseg.nii.gz")) {
        throw Error(ErrorCode::not_an_image,
                    "this is a label map that 'export --bids' wrote; give the image that it was "
                    "made from, or take it out of that folder");
    }
    constexpr std::array<std::string_view, 3> kNames{"image.nii.gz", "labels.nii.gz", "fat.nii.gz"};
    const auto is_there = [&file](std::string_view name) {
        std::error_code error;
        return std::filesystem::is_regular_file(file.parent_path() / name, error);
    };
    const bool has_name = std::ranges::find(kNames, file.filename().string()) != kNames.end();
    if (has_name && std::ranges::all_of(kNames, is_there)) {
        throw Error(ErrorCode::not_an_image,
                    "this is the result of a run (image, labels and fat side by side); give the "
                    "files that it was made from, or take it out of that folder");
    }
}

FileScan scan_nifti(const std::filesystem::path& file, const std::string& study_uid) {
    const std::string subject = bids_subject(file);
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
        slice.geometry_fault = volume.geometry_fault;
        slice.acquisition.modality = "MR";
        slice.patient.id = subject;
        slice.series_description = series.description;
        slice.acquisition.slice_thickness_mm = volume.slice_spacing_mm;
        series.slices.push_back(std::move(slice));
    }
    Study study;
    study.study_uid = study_uid;
    study.patient.id = subject;
    study.series.push_back(std::move(series));
    FileScan scan;
    scan.study = std::move(study);
    return scan;
}

}  // namespace paraspinal
