// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/match_drawing.h"

#include "core/error.h"
#include "core/plane.h"
#include "pipeline/study/outlines/fill_contours.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace paraspinal {
namespace {

const std::vector<ImageReference>& images_of(const DrawnPart& part) {
    return std::visit(
        [](const auto& shape) -> const auto& { return shape.images; }, part.shape);
}

bool refers_to(const DrawnPart& part, const SliceHeader& slice) {
    return std::ranges::any_of(images_of(part), [&slice](const ImageReference& image) {
        return paraspinal::refers_to(image, slice);
    });
}

std::optional<ImageFrame> frame_of(const SliceHeader& slice) {
    return slice.plane && slice.spacing
               ? std::optional(ImageFrame{
                     .plane = *slice.plane, .spacing = *slice.spacing, .size = slice.size})
               : std::nullopt;
}

bool lies_in(const SegmentPart& part, const ImageFrame& slice) {
    return !part.grid || lies_in_plane(slice, part.grid->plane);
}

bool lies_in(const Contour& contour, const ImageFrame& slice) {
    const Plane plane{.point_mm = slice.plane.origin_mm, .normal = normal(slice.plane)};
    return std::ranges::all_of(contour.points_mm, [&plane](const Vec3& point_mm) {
        return std::abs(signed_distance_mm(plane, point_mm)) <= kSamePlaneMm;
    });
}

bool has_place(const DrawnPart& part) {
    const auto* const pixels = std::get_if<SegmentPart>(&part.shape);
    return pixels == nullptr || pixels->grid;
}

// Not stated by one of them is no contradiction within one study.
bool shares_frame(const DrawnPart& part, const Series& series) {
    return has_place(part) &&
           (part.frame_of_reference_uid.empty() || series.frame_of_reference_uid.empty() ||
            part.frame_of_reference_uid == series.frame_of_reference_uid);
}

bool is_on(const DrawnPart& part, const Series& series, const SliceHeader& slice) {
    const std::optional<ImageFrame> frame = frame_of(slice);
    return frame && (refers_to(part, slice) || shares_frame(part, series)) &&
           std::visit([&frame](const auto& shape) { return lies_in(shape, *frame); }, part.shape);
}

bool belongs_to(const DicomDrawing& drawing, const Study& study) {
    if (std::ranges::find(drawing.study_uids, study.study_uid) != drawing.study_uids.end()) {
        return true;
    }
    std::set<std::string> instances;
    for (const Series& series : study.series) {
        for (const SliceHeader& slice : series.slices) {
            instances.insert(slice.sop_instance_uid);
        }
    }
    return std::ranges::any_of(drawing.parts, [&instances](const DrawnPart& part) {
        return std::ranges::any_of(images_of(part), [&instances](const ImageReference& image) {
            return instances.contains(image.sop_instance_uid);
        });
    });
}

[[noreturn]] void refuse_place(const DicomDrawing& drawing, const Study& study) {
    const bool is_framed = std::ranges::any_of(drawing.parts, [&study](const DrawnPart& part) {
        return std::ranges::any_of(
            study.series, [&part](const Series& series) { return shares_frame(part, series); });
    });
    throw Error(ErrorCode::outline_mismatch,
                is_framed ? "the outlines lie in the plane of no slice of this study (nearer than "
                            "0.2 mm); draw them on its axial T2 slices"
                          : "no series of this study has the frame of reference that the outlines "
                            "were drawn in");
}

// The images that were drawn on, for messages; their UIDs say nothing about the patient.
std::string drawn_images(const DicomDrawing& drawing) {
    constexpr std::size_t kListed = 10;
    std::set<std::string> uids;
    for (const DrawnPart& part : drawing.parts) {
        for (const ImageReference& image : images_of(part)) {
            uids.insert(image.sop_instance_uid);
        }
    }
    std::string list;
    std::size_t listed = 0;
    for (const std::string& uid : uids) {
        list += listed++ < kListed ? " " + uid : "";
    }
    return list.empty() ? list : "; they were drawn on" + list + (listed > kListed ? " ..." : "");
}

std::vector<const DrawnPart*> parts_on(const DicomDrawing& drawing,
                                       const Series& series,
                                       const SliceHeader& slice) {
    std::vector<const DrawnPart*> parts;
    for (const DrawnPart& part : drawing.parts) {
        if (is_on(part, series, slice)) {
            parts.push_back(&part);
        }
    }
    const auto is_of_this = [&slice](const DrawnPart* part) { return refers_to(*part, slice); };
    if (std::ranges::any_of(parts, is_of_this)) {
        std::erase_if(parts, [&](const DrawnPart* part) {
            return !images_of(*part).empty() && !is_of_this(part);
        });
    }
    return parts;
}

Mask resampled(const Mask& pixels, const std::optional<ImageFrame>& from, const ImageFrame& to) {
    if (!from) {
        if (pixels.size() != to.size) {
            throw Error(ErrorCode::outline_mismatch,
                        "the segments have no place in the patient and another size than the "
                        "image");
        }
        return pixels;
    }
    Mask mask(to.size);
    for (int row = 0; row < mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            const PixelPosition center{.row = row * 1.0, .col = col * 1.0};
            const auto nearest =
                nearest_pixel(*from, patient_from_pixel(to.plane, to.spacing, center));
            mask[{row, col}] = nearest ? pixels[*nearest] : std::uint8_t{0};
        }
    }
    return mask;
}

// The slices that meet `condition`, of one series or of all.
template <class Condition>
std::vector<std::string> slices_where(const Study& study,
                                      const std::optional<std::string>& series_uid,
                                      const Condition& condition) {
    std::vector<std::string> uids;
    for (const Series& series : study.series) {
        for (const SliceHeader& slice : series.slices) {
            if ((!series_uid || *series_uid == series.series_uid) && condition(series, slice)) {
                uids.push_back(slice_uid(slice));
            }
        }
    }
    return uids;
}

std::vector<std::string> drawn_on(const std::vector<StructureRoi>& rois,
                                  const Study& study,
                                  const std::optional<std::string>& series_uid) {
    return slices_where(study, series_uid, [&](const Series& /*series*/, const SliceHeader& slice) {
        return std::ranges::any_of(rois, [uid = slice_uid(slice)](const StructureRoi& drawn) {
            return drawn.roi.slice_uid == uid;
        });
    });
}

std::vector<std::string> drawn_on(const LabelFile& /*labels*/,
                                  const Study& /*study*/,
                                  const std::optional<std::string>& /*series_uid*/) {
    return {};
}

std::vector<std::string> drawn_on(const DicomDrawing& drawing,
                                  const Study& study,
                                  const std::optional<std::string>& series_uid) {
    if (!belongs_to(drawing, study)) {
        throw Error(ErrorCode::outline_mismatch,
                    "the outlines were drawn in another study; give the folder of that one");
    }
    auto referred = slices_where(study, series_uid, [&](const auto& series, const auto& slice) {
        return std::ranges::any_of(drawing.parts, [&](const DrawnPart& part) {
            return refers_to(part, slice) && is_on(part, series, slice);
        });
    });
    if (!referred.empty()) {
        return referred;
    }
    auto in_plane = slices_where(study, series_uid, [&](const auto& series, const auto& slice) {
        return std::ranges::any_of(
            drawing.parts, [&](const DrawnPart& part) { return is_on(part, series, slice); });
    });
    if (in_plane.empty()) {
        refuse_place(drawing, study);
    }
    return in_plane;
}

}  // namespace

std::vector<std::string> slices_drawn_on(const OwnOutlines& own,
                                         const Study& study,
                                         const std::optional<std::string>& series_uid) {
    return std::visit([&](const auto& drawn) { return drawn_on(drawn, study, series_uid); }, own);
}

std::vector<StructureMask> masks_on(const DicomDrawing& drawing,
                                    const Series& series,
                                    const SliceHeader& slice) {
    const std::vector<const DrawnPart*> parts = parts_on(drawing, series, slice);
    if (parts.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "nothing is drawn on this slice" + drawn_images(drawing));
    }
    const ImageFrame frame = frame_of(slice).value();
    std::vector<StructureMask> masks;
    std::map<int, std::pair<Structure, std::vector<const Contour*>>> rois;
    for (const DrawnPart* const part : parts) {
        if (const auto* const pixels = std::get_if<SegmentPart>(&part->shape)) {
            masks.push_back(
                {.structure = part->structure,
                 .mask = resampled(read_part(drawing.file, *pixels), pixels->grid, frame)});
        } else {
            auto& [structure, contours] = rois[part->number];
            structure = part->structure;
            contours.push_back(&std::get<Contour>(part->shape));
        }
    }
    for (const auto& [number, roi] : rois) {
        masks.push_back({.structure = roi.first, .mask = filled_contours(roi.second, frame)});
    }
    return masks;
}

}  // namespace paraspinal
