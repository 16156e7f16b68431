// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/own_outlines.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/roi_names.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

std::string lower_extension(const std::filesystem::path& file) {
    return lower_case(file.extension().string());
}

void require_one_stack_position(const std::vector<StructureRoi>& rois) {
    std::set<int> positions;
    for (const StructureRoi& drawn : rois) {
        positions.insert(drawn.roi.stack_position);
    }
    positions.erase(0);
    if (positions.size() > 1) {
        throw Error(ErrorCode::outline_mismatch,
                    "the ROIs were drawn on " + std::to_string(positions.size()) +
                        " slices of a stack; save those of the measured slice alone");
    }
}

std::vector<StructureRoi> named_rois(std::vector<ImageJRoi> rois, const RoiNames& names) {
    std::vector<StructureRoi> named;
    for (std::size_t i = 0; i < rois.size(); ++i) {
        const auto said = names.find(lower_case(trimmed(rois[i].name)));
        const std::optional<Structure> structure =
            said == names.end() ? structure_from_name(rois[i].name) : said->second;
        if (said != names.end() && !structure) {
            continue;  // To be ignored.
        }
        if (!structure) {
            // The name itself may be a patient's.
            throw Error(ErrorCode::outline_mismatch,
                        "the name of ROI " + std::to_string(i + 1) + " of " +
                            std::to_string(rois.size()) + " says no structure; " +
                            roi_name_rules());
        }
        named.push_back({*structure, std::move(rois[i])});
    }
    if (named.empty()) {
        throw Error(ErrorCode::outline_mismatch, "all ROIs are to be ignored");
    }
    require_one_stack_position(named);
    return named;
}

}  // namespace

OwnOutlines read_own_outlines(const OwnOutlineFiles& files) {
    const std::filesystem::path& file = files.outlines;
    const std::string extension = lower_extension(file);
    if (extension == ".nii" || (extension == ".gz" && lower_extension(file.stem()) == ".nii")) {
        if (!files.roi_names.empty()) {
            throw Error(ErrorCode::usage,
                        "--roi-names is for ImageJ ROIs; a NIfTI label map has numbers");
        }
        if (!std::filesystem::exists(file)) {
            throw Error(ErrorCode::input_not_found, "no such file: '" + file.string() + "'");
        }
        return LabelFile{file};
    }
    const RoiNames names = files.roi_names.empty() ? RoiNames() : read_roi_names(files.roi_names);
    return within("file " + file.string(),
                  [&] { return named_rois(read_imagej_rois(file), names); });
}

}  // namespace paraspinal
