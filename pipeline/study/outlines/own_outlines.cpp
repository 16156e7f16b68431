// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/own_outlines.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom_outlines/read_outlines.h"
#include "io/file_scan.h"
#include "io/nifti/scan.h"
#include "pipeline/study/outlines/roi_names.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Error(ErrorCode::outline_mismatch, message);
}

// Finds out what names mean, and remembers the numbers of those without a meaning; never the names,
// which may be a patient's.
class Namer {
  public:
    explicit Namer(const RoiNames& names) : names_(names) {}

    // The operator says what it means.
    [[nodiscard]] bool is_told(const std::string& name) const {
        return names_.contains(lower_case(trimmed(name)));
    }

    // nullopt: to be left out, or unknown. `coded` is what codes say of it besides.
    std::optional<Structure> structure_of(int number,
                                          const std::string& name,
                                          std::optional<Structure> coded = std::nullopt) {
        const auto said = names_.find(lower_case(trimmed(name)));
        if (said != names_.end()) {
            return said->second;
        }
        if (names_fat(name)) {
            return std::nullopt;
        }
        const std::optional<Structure> named = structure_from_name(name);
        if (named && coded && named != coded) {
            refuse("the label and the codes of segment " + std::to_string(number) +
                   " say different structures");
        }
        if (!named && !coded) {
            unknown_.push_back(number);
        }
        return named ? named : coded;
    }

    void require_all_known(std::string_view what, std::size_t count) const {
        constexpr std::size_t kListed = 20;
        std::string list;
        for (std::size_t i = 0; i < std::min(kListed, unknown_.size()); ++i) {
            list += (i == 0 ? "" : ", ") + std::to_string(unknown_[i]);
        }
        if (!unknown_.empty()) {
            refuse("of " + std::to_string(count) + " " + std::string(what) +
                   ", these have names that say no structure: number " + list +
                   (unknown_.size() > kListed ? " ..." : "") + "; " + roi_name_rules());
        }
    }

  private:
    const RoiNames& names_;
    std::vector<int> unknown_;
};

void require_one_stack_position(const std::vector<StructureRoi>& rois) {
    std::set<int> positions;
    for (const StructureRoi& drawn : rois) {
        positions.insert(drawn.roi.stack_position);
    }
    positions.erase(0);
    if (positions.size() > 1) {
        refuse("the ROIs were drawn on " + std::to_string(positions.size()) +
               " slices of a stack; save those of the measured slice alone");
    }
}

std::vector<StructureRoi> named(std::vector<ImageJRoi> rois, const RoiNames& names) {
    Namer namer(names);
    std::vector<StructureRoi> named;
    const std::size_t count = rois.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto structure = namer.structure_of(static_cast<int>(i) + 1, rois[i].name)) {
            named.push_back({*structure, std::move(rois[i])});
        }
    }
    namer.require_all_known("ROIs", count);
    if (named.empty()) {
        refuse("all ROIs are to be ignored");
    }
    require_one_stack_position(named);
    return named;
}

// Segments without a pixel need no meaning: drawing tools keep lists of them.
DicomDrawing named(const SegmentationObject& object, const RoiNames& names) {
    Namer namer(names);
    DicomDrawing drawing{.source = "dicom_seg", .study_uids = {object.study_uid}};
    for (const SegmentMeaning& segment : object.segments) {
        std::vector<SegmentPart> parts;
        std::ranges::copy_if(object.parts, std::back_inserter(parts), [&](const SegmentPart& part) {
            return part.segment == segment.number;
        });
        const bool is_left_out = segment.is_fat && !namer.is_told(segment.label);
        if (parts.empty() || is_left_out) {
            continue;
        }
        if (const auto structure =
                namer.structure_of(segment.number, segment.label, segment.coded)) {
            for (SegmentPart& part : parts) {
                drawing.parts.push_back({.number = segment.number,
                                         .structure = *structure,
                                         .frame_of_reference_uid = object.frame_of_reference_uid,
                                         .shape = std::move(part)});
            }
        }
    }
    namer.require_all_known("segments", object.segments.size());
    return drawing;
}

DicomDrawing named(const StructureSet& set, const RoiNames& names) {
    Namer namer(names);
    DicomDrawing drawing{.source = "dicom_rtstruct", .study_uids = set.study_uids};
    for (const StructureSetRoi& roi : set.rois) {
        if (roi.contours.empty() && !roi.has_open_contours) {
            continue;
        }
        const auto structure = namer.structure_of(roi.number, roi.name);
        if (structure && roi.has_open_contours) {
            refuse("ROI number " + std::to_string(roi.number) +
                   " has points or open lines, which have no area");
        }
        if (structure) {
            for (const Contour& contour : roi.contours) {
                drawing.parts.push_back({.number = roi.number,
                                         .structure = *structure,
                                         .frame_of_reference_uid = roi.frame_of_reference_uid,
                                         .shape = contour});
            }
        }
    }
    namer.require_all_known("ROIs", set.rois.size());
    return drawing;
}

DicomDrawing dicom_drawing(const DicomOutlines& outlines,
                           const std::filesystem::path& file,
                           const RoiNames& names) {
    DicomDrawing drawing =
        std::visit([&](const auto& read) { return named(read, names); }, outlines);
    if (drawing.parts.empty()) {
        refuse("nothing is drawn there of any structure");
    }
    drawing.file = file;
    return drawing;
}

OwnOutlines label_file(const OwnOutlineFiles& files) {
    if (!files.roi_names.empty()) {
        throw Error(ErrorCode::usage, "--roi-names is for names; a NIfTI label map has numbers");
    }
    if (lower_case(files.outlines.filename().string()) == "fat.nii.gz") {
        refuse("this is the fat that a run found, not its outlines; those are in labels.nii.gz");
    }
    return LabelFile{files.outlines};
}

}  // namespace

OwnOutlines read_own_outlines(const OwnOutlineFiles& files) {
    const std::filesystem::path& file = files.outlines;
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        throw Error(ErrorCode::input_not_found, "no such file: '" + file.string() + "'");
    }
    const RoiNames names = files.roi_names.empty() ? RoiNames() : read_roi_names(files.roi_names);
    return within("file " + file.string(), [&]() -> OwnOutlines {
        if (const std::optional<DicomOutlines> dicom = read_dicom_outlines(file)) {
            return dicom_drawing(*dicom, file, names);
        }
        return has_nifti_name(file) ? label_file(files)
                                    : OwnOutlines(named(read_imagej_rois(file), names));
    });
}

}  // namespace paraspinal
