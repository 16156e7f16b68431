// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/epimuscular_fat.h"

#include "core/error.h"
#include "segmentation/surface.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

Mask compartment_of(const LabelMap& labels) {
    Mask mask(labels.size());
    std::ranges::transform(labels.pixels, mask.pixels.begin(), [](Structure structure) {
        return static_cast<std::uint8_t>(is_paraspinal_muscle(structure));
    });
    return mask;
}

// Distance of the pixels of `mask` from its border, as far as needed; 0 on the border itself.
Image<double> depth_inside(const Mask& mask, const PixelSpacing& spacing, double limit_mm) {
    const DistanceTo border(surface_of(mask), mask.size(), spacing);
    Image<double> depth(mask.size(), 0);
    for (int row = 0; row < mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            depth[at] = mask[at] != 0 ? border.from(at, limit_mm) : 0;
        }
    }
    return depth;
}

// Calls `visit` with each of the four neighbors in the image.
template <class Visit>
void each_neighbor(const Mask& image, PixelIndex at, Visit visit) {
    const std::array<PixelIndex, 4> neighbors{
        {{at.row - 1, at.col}, {at.row + 1, at.col}, {at.row, at.col - 1}, {at.row, at.col + 1}}};
    for (const PixelIndex& next : neighbors) {
        if (image.contains(next)) {
            visit(next);
        }
    }
}

cv::Mat disk(double radius_mm, const PixelSpacing& spacing) {
    const auto across = [radius_mm](double pixel_mm) {
        return 2 * static_cast<int>(std::lround(radius_mm / pixel_mm)) + 1;
    };
    return cv::getStructuringElement(cv::MORPH_ELLIPSE,
                                     {across(spacing.col_mm), across(spacing.row_mm)});
}

// What a pen that goes round the lean muscle encloses.
Mask enclosed(const Mask& lean, const PixelSpacing& spacing, const EpimuscularOptions& options) {
    cv::Mat pixels(lean.rows, lean.cols, CV_8U);
    std::ranges::copy(lean.pixels, pixels.ptr<std::uint8_t>());
    // The pen must not be cut by the border of the image.
    const int frame =
        static_cast<int>(std::ceil(2 * options.pen_mm / std::min(spacing.row_mm, spacing.col_mm)));
    cv::copyMakeBorder(pixels, pixels, frame, frame, frame, frame, cv::BORDER_CONSTANT, 0);
    cv::morphologyEx(pixels, pixels, cv::MORPH_OPEN, disk(0.5 * options.fascia_mm, spacing));
    cv::morphologyEx(pixels, pixels, cv::MORPH_CLOSE, disk(options.pen_mm, spacing));
    Mask inside(lean.size());
    for (int row = 0; row < lean.rows; ++row) {
        for (int col = 0; col < lean.cols; ++col) {
            inside[{.row = row, .col = col}] = pixels.at<std::uint8_t>(row + frame, col + frame);
        }
    }
    return inside;
}

// The parts of `outside` that come near the outer border.
Mask hanging_on_border(const Mask& outside, const Image<double>& depth, double border_mm) {
    Mask reached(outside.size());
    std::vector<PixelIndex> open;
    const auto arrive = [&](PixelIndex at) {
        if (outside[at] != 0 && reached[at] == 0) {
            reached[at] = 1;
            open.push_back(at);
        }
    };
    for (int row = 0; row < outside.rows; ++row) {
        for (int col = 0; col < outside.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            if (depth[at] <= border_mm) {
                arrive(at);
            }
        }
    }
    while (!open.empty()) {
        const PixelIndex at = open.back();
        open.pop_back();
        each_neighbor(outside, at, arrive);
    }
    return reached;
}

// Takes the pixels out of `left` that hang together with `start`, and returns them.
std::vector<PixelIndex> take_part(Mask& left, PixelIndex start) {
    std::vector<PixelIndex> part;
    const auto take = [&](PixelIndex at) {
        if (left[at] != 0) {
            left[at] = 0;
            part.push_back(at);
        }
    };
    take(start);
    // NOLINTNEXTLINE(modernize-loop-convert): the part grows on the way.
    for (std::size_t i = 0; i < part.size(); ++i) {
        each_neighbor(left, PixelIndex(part[i]), take);
    }
    return part;
}

// A compartment and what of it lies between muscle and fascia.
struct Parted {
    Mask left;
    Mask epimuscular;
};

bool touches(const Mask& mask, PixelIndex at) {
    bool found = false;
    each_neighbor(mask, at, [&](PixelIndex next) { found |= mask[next] != 0; });
    return found;
}

// Moves the parts of what is left that touch the fat outside and are nowhere deeper than
// `fascia_mm` to what is outside.
void add_fascia(Parted& parted, const Image<double>& depth, double fascia_mm) {
    const Mask fat = parted.epimuscular;
    Mask open = parted.left;
    for (int row = 0; row < open.rows; ++row) {
        for (int col = 0; col < open.cols; ++col) {
            const std::vector<PixelIndex> part = take_part(open, {.row = row, .col = col});
            const bool is_shallow =
                std::ranges::all_of(part, [&](PixelIndex at) { return depth[at] <= fascia_mm; });
            if (is_shallow &&
                std::ranges::any_of(part, [&](PixelIndex at) { return touches(fat, at); })) {
                for (const PixelIndex& at : part) {
                    parted.epimuscular[at] = 1;
                }
            }
        }
    }
}

// 1 where `first` is and `second` is not.
Mask without(Mask first, const Mask& second) {
    std::ranges::transform(
        first.pixels, second.pixels, first.pixels.begin(), [](auto here, auto there) {
            return static_cast<std::uint8_t>(here != 0 && there == 0);
        });
    return first;
}

}  // namespace

std::string_view muscle_roi_name(MuscleRoi roi) {
    return roi == MuscleRoi::fascial ? "fascial" : "muscle";
}

MuscleRoi muscle_roi_from_name(std::string_view name) {
    for (const MuscleRoi roi : {MuscleRoi::fascial, MuscleRoi::muscle}) {
        if (muscle_roi_name(roi) == name) {
            return roi;
        }
    }
    throw Error(
        ErrorCode::usage,
        "no region of interest is called '" + std::string(name) + "'; choose fascial or muscle");
}

LabelMap without_epimuscular_fat(const LabelMap& labels,
                                 const Mask& fat,
                                 const PixelSpacing& spacing,
                                 const EpimuscularOptions& options) {
    if (labels.size() != fat.size()) {
        throw Error(ErrorCode::internal, "labels and fat mask have different sizes");
    }
    const Mask compartment = compartment_of(labels);
    // Any depth beyond the fascia will do where only the fascia matters.
    const Image<double> depth = depth_inside(compartment, spacing, 2 * options.fascia_mm);
    const Mask lean = without(compartment, fat);
    const Mask outside = without(without(compartment, lean), enclosed(lean, spacing, options));
    Parted parted{.left = {}, .epimuscular = hanging_on_border(outside, depth, options.fascia_mm)};
    parted.left = without(compartment, parted.epimuscular);
    add_fascia(parted, depth, options.fascia_mm);
    LabelMap muscle = labels;
    for (std::size_t i = 0; i < muscle.pixels.size(); ++i) {
        if (parted.epimuscular.pixels[i] != 0) {
            muscle.pixels[i] = Structure::background;
        }
    }
    return muscle;
}

}  // namespace paraspinal
