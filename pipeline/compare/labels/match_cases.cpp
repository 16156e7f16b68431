// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/match_cases.h"

#include "core/error.h"
#include "core/text.h"
#include "io/find_files.h"
#include "pipeline/compare/labels/label_slices.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Names of DICOM files may hold dots of their own, so only known extensions are taken off.
std::string without_extension(const std::string& path) {
    constexpr std::array<std::string_view, 6> kExtensions{
        ".nii.gz", ".nii", ".png", ".dcm", ".dicom", ".ima"};
    const std::string lower = lower_case(path);
    for (const std::string_view extension : kExtensions) {
        if (lower.ends_with(extension)) {
            return path.substr(0, path.size() - extension.size());
        }
    }
    return path;
}

std::string name_below(const fs::path& file, const fs::path& folder) {
    return without_extension(file.lexically_relative(folder).generic_string());
}

bool is_image_name(const fs::path& file) {
    const std::string extension = lower_case(file.extension().string());
    return extension != ".json" && extension != ".csv" && extension != ".txt";
}

std::map<std::string, std::vector<fs::path>> images_by_name(const fs::path& folder) {
    std::map<std::string, std::vector<fs::path>> images;
    for (const fs::path& file : find_files({folder}).files) {
        if (is_image_name(file)) {
            images[name_below(file, folder)].push_back(file);
        }
    }
    return images;
}

}  // namespace

MatchedCases match_cases(const fs::path& images, const fs::path& masks) {
    const std::vector<fs::path> mask_files = find_files({masks}).files;
    if (!fs::is_directory(masks)) {
        return {.cases = {{.name = without_extension(masks.filename().string()),
                           .images = images,
                           .mask = masks}},
                .unmatched_masks = {}};
    }
    const auto by_name = images_by_name(images);
    MatchedCases matched;
    for (const fs::path& mask : mask_files) {
        if (!is_label_file(mask)) {
            continue;
        }
        const std::string name = name_below(mask, masks);
        std::vector<fs::path> found;
        if (const auto files = by_name.find(name); files != by_name.end()) {
            found = files->second;
            std::erase_if(found, [&](const fs::path& file) { return fs::equivalent(file, mask); });
        }
        if (fs::is_directory(images / name)) {
            found.push_back(images / name);
        }
        if (found.size() > 1) {
            throw Error(ErrorCode::usage,
                        "several images have the name of the mask " + mask.string() +
                            "; keep one of them below --images");
        }
        if (found.empty()) {
            matched.unmatched_masks.push_back(name);
        } else {
            matched.cases.push_back({.name = name, .images = found.front(), .mask = mask});
        }
    }
    if (matched.cases.empty()) {
        throw Error(ErrorCode::input_not_found,
                    "none of " + std::to_string(matched.unmatched_masks.size()) +
                        " masks (.png, .nii, .nii.gz) has an image or folder of its name below "
                        "--images");
    }
    std::ranges::sort(matched.cases, {}, &CaseFiles::name);
    return matched;
}

}  // namespace paraspinal
