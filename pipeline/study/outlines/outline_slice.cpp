// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/outline_slice.h"

#include "core/error.h"
#include "core/text.h"
#include "io/imagej/roi_mask.h"
#include "io/nifti/labels.h"
#include "pipeline/study/outlines/match_drawing.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

/// Two outlines that share a border drawn by hand overlap by some pixels; more than this share of
/// the smaller one is rather a slip (our choice, not measured).
constexpr double kLargestOverlap = 0.05;

// What she drew, on the grid of the slice.
struct Drawn {
    LabelMap labels;
    std::set<Structure> structures;
    std::string source;
    std::vector<QcFlag> flags;
};

// ROIs say nothing about the image they belong to, unless paraspinal wrote them.
std::vector<QcFlag> slice_doubts(const std::vector<StructureRoi>& rois, const ChosenSlice& chosen) {
    const std::string uid = slice_uid(*chosen.slice);
    const bool is_named = chosen.level.source == LevelSource::operator_choice;
    const bool is_of_another = std::ranges::any_of(rois, [&uid](const StructureRoi& drawn) {
        return !drawn.roi.slice_uid.empty() && drawn.roi.slice_uid != uid;
    });
    const bool is_verified = std::ranges::all_of(
        rois, [&uid](const StructureRoi& drawn) { return drawn.roi.slice_uid == uid; });
    if (is_of_another && !is_named) {
        throw Error(ErrorCode::outline_mismatch,
                    "the ROIs were written for another slice; name the slice that they belong to "
                    "with --slice");
    }
    if (is_of_another) {
        return {{Flag::outline_slice_not_verified, "the ROIs were written for another slice"}};
    }
    if (chosen.level.source == LevelSource::sagittal && !is_verified) {
        return {{Flag::outline_slice_not_verified,
                 "the study has several axial slices and the ROIs do not say which one they "
                 "belong to; name it with --slice"}};
    }
    return {};
}

using Masks = std::map<Structure, Mask>;

std::int64_t pixels(const Mask& mask) {
    return std::ranges::count_if(mask.pixels, [](auto value) { return value != 0; });
}

std::int64_t common_pixels(const Mask& a, const Mask& b) {
    std::int64_t common = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        common += a.pixels[i] != 0 && b.pixels[i] != 0 ? 1 : 0;
    }
    return common;
}

void flag_overlaps(const Masks& masks, std::vector<QcFlag>& flags) {
    std::string overlapping;
    for (auto first = masks.begin(); first != masks.end(); ++first) {
        for (auto second = std::next(first); second != masks.end(); ++second) {
            const Mask& a = first->second;
            const Mask& b = second->second;
            const auto smaller = static_cast<double>(std::min(pixels(a), pixels(b)));
            const std::int64_t common = common_pixels(a, b);
            if (static_cast<double>(common) > kLargestOverlap * smaller) {
                overlapping += (overlapping.empty() ? "" : "; ") +
                               with_spaces(label_name(first->first)) + " and " +
                               with_spaces(label_name(second->first)) + " share " +
                               std::to_string(common) + " pixels";
            }
        }
    }
    if (!overlapping.empty()) {
        flags.push_back({Flag::outlines_overlap, overlapping + ", counted for the first"});
    }
}

// Each pixel once; the masks of one structure are united.
Drawn labeled(const std::vector<StructureMask>& drawn_masks, ImageSize size) {
    Drawn drawn{.labels = LabelMap(size)};
    Masks masks;
    for (const auto& [structure, mask] : drawn_masks) {
        drawn.structures.insert(structure);
        Mask& all = masks.try_emplace(structure, size).first->second;
        for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
            all.pixels[i] |= mask.pixels[i];
            Structure& label = drawn.labels.pixels[i];
            if (mask.pixels[i] != 0 && (label == Structure::background || structure < label)) {
                label = structure;
            }
        }
    }
    flag_overlaps(masks, drawn.flags);
    return drawn;
}

Drawn draw(const std::vector<StructureRoi>& rois,
           const ImageSlice& slice,
           const ChosenSlice& chosen) {
    std::vector<QcFlag> doubts = slice_doubts(rois, chosen);
    const ImageSize size = slice.intensity.size();
    std::vector<StructureMask> masks;
    masks.reserve(rois.size());
    for (const auto& [structure, roi] : rois) {
        masks.push_back({.structure = structure, .mask = roi_mask(roi, size)});
    }
    Drawn drawn = labeled(masks, size);
    drawn.source = "imagej_roi";
    std::ranges::move(doubts, std::back_inserter(drawn.flags));
    return drawn;
}

Drawn draw(const DicomDrawing& drawing, const ImageSlice& slice, const ChosenSlice& chosen) {
    return within("file " + drawing.file.string(), [&] {
        Drawn drawn =
            labeled(masks_on(drawing, *chosen.series, *chosen.slice), slice.intensity.size());
        drawn.source = drawing.source;
        return drawn;
    });
}

Drawn draw(const LabelFile& labels, const ImageSlice& slice, const ChosenSlice& /*chosen*/) {
    Drawn drawn{.labels = within("file " + labels.file.string(),
                                 [&] { return read_nifti_labels(labels.file, slice); }),
                .source = "nifti"};
    drawn.structures.insert(drawn.labels.pixels.begin(), drawn.labels.pixels.end());
    drawn.structures.erase(Structure::background);
    return drawn;
}

bool has_all_that_is_needed(const std::set<Structure>& structures) {
    return structures.contains(Structure::vertebral_body) &&
           std::ranges::all_of(kParaspinalMuscles, [&structures](Structure muscle) {
               return structures.contains(muscle);
           });
}

Outlines combined(const Drawn& drawn, Outlines automatic) {
    for (std::size_t i = 0; i < automatic.labels.pixels.size(); ++i) {
        Structure& label = automatic.labels.pixels[i];
        if (drawn.labels.pixels[i] != Structure::background) {
            label = drawn.labels.pixels[i];
        } else if (drawn.structures.contains(label)) {
            label = Structure::background;
        }
    }
    std::erase_if(automatic.confidence,
                  [&drawn](const auto& entry) { return drawn.structures.contains(entry.first); });
    return automatic;
}

}  // namespace

SliceOutlines outline_slice(const ImageSlice& slice,
                            const ChosenSlice& chosen,
                            const std::optional<OwnOutlines>& own,
                            OutlineModel& model) {
    if (!own) {
        return {.outlines = model.outline(slice), .source = "model", .model = model.description()};
    }
    Drawn drawn =
        std::visit([&](const auto& outlines) { return draw(outlines, slice, chosen); }, *own);
    if (has_all_that_is_needed(drawn.structures)) {
        return {.outlines = {.labels = drawn.labels},
                .source = drawn.source,
                .flags = std::move(drawn.flags)};
    }
    return {.outlines = combined(drawn, model.outline(slice)),
            .source = drawn.source + "+model",
            .model = model.description(),
            .flags = std::move(drawn.flags)};
}

}  // namespace paraspinal
