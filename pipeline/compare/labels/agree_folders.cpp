// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/agree_folders.h"

#include "core/error.h"
#include "core/text.h"
#include "io/find_files.h"
#include "pipeline/compare/labels/outline_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kLabelsOfRun = "labels.nii.gz";

std::string name_below(const fs::path& file, const fs::path& folder) {
    constexpr std::array<std::string_view, 6> kEnds{
        ".nii.gz", ".nii", ".png", ".dcm", ".roi", ".zip"};
    const std::string path = file.lexically_relative(folder).generic_string();
    const std::string lower = lower_case(path);
    for (const std::string_view end : kEnds) {
        if (lower.ends_with(end)) {
            return path.substr(0, path.size() - end.size());
        }
    }
    return path;
}

std::map<std::string, fs::path> outlines_below(const fs::path& folder) {
    std::vector<fs::path> files = find_files({folder}).files;
    std::erase_if(files, [](const fs::path& file) { return !is_outline_name(file); });
    // The folder of a run holds images, fat and pictures as well.
    const auto is_of_run = [](const fs::path& file) { return file.filename() == kLabelsOfRun; };
    if (std::ranges::any_of(files, is_of_run)) {
        std::erase_if(files, [&](const fs::path& file) { return !is_of_run(file); });
    }
    std::map<std::string, fs::path> outlines;
    for (const fs::path& file : files) {
        const std::string name = name_below(file, folder);
        if (!outlines.emplace(name, file).second) {
            throw Error(ErrorCode::usage,
                        "two files below " + folder.string() + " are called " + name +
                            "; keep one of them");
        }
    }
    return outlines;
}

// One subject a case and slice; a structure that a rater outlines elsewhere in the case has an area
// of 0 here, one that she left out has none.
void add_areas(const FolderAgreement& found, TableAgreement& areas) {
    std::vector<std::string> regions;
    for (const LabelAgreement& row : found.rows) {
        if (std::ranges::find(regions, row.region) == regions.end()) {
            regions.push_back(row.region);
        }
    }
    for (const std::string& region : regions) {
        RatedColumn column{.column = "area_mm2", .group = with_spaces(region)};
        column.ratings.resize(2);
        for (const LabelAgreement& row : found.rows) {
            if (row.region == region) {
                column.ratings[0].push_back(row.first_area_mm2().value_or(kMissing));
                column.ratings[1].push_back(row.second_area_mm2().value_or(kMissing));
            }
        }
        add_column(std::move(column), areas);
    }
}

}  // namespace

FolderAgreement agree_folders(const fs::path& first,
                              const fs::path& second,
                              const AgreeLabelsOptions& options) {
    const std::map<std::string, fs::path> one = outlines_below(first);
    const std::map<std::string, fs::path> other = outlines_below(second);
    FolderAgreement result;
    result.areas.key = {"case", "slice"};
    result.areas.raters = {first.string(), second.string()};
    std::size_t pairs = 0;
    for (const auto& [name, file] : one) {
        const auto partner = other.find(name);
        if (partner == other.end()) {
            result.unmatched.push_back(name);
            continue;
        }
        ++pairs;
        try {
            for (LabelAgreement& row : agree_labels(file, partner->second, options)) {
                row.case_name = name;
                result.rows.push_back(std::move(row));
            }
        } catch (const Error& error) {
            result.failed.push_back(name + ": " + error.what());
        }
    }
    for (const auto& [name, file] : other) {
        if (!one.contains(name)) {
            result.unmatched.push_back(name);
        }
    }
    if (pairs == 0) {
        throw Error(ErrorCode::input_not_found,
                    "no file of outlines (.nii.gz, .nii, .png, .dcm, .roi, .zip) has the same name "
                    "below both folders");
    }
    if (result.rows.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "none of " + std::to_string(pairs) + " pairs can be compared; " +
                        result.failed.front());
    }
    add_areas(result, result.areas);
    std::vector<std::pair<std::string, int>> subjects;
    for (const LabelAgreement& row : result.rows) {
        subjects.emplace_back(row.case_name, row.slice);
    }
    std::ranges::sort(subjects);
    const auto repeated = std::ranges::unique(subjects);
    result.areas.joined = static_cast<std::int64_t>(subjects.size() - repeated.size());
    return result;
}

}  // namespace paraspinal
