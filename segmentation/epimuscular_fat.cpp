// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/epimuscular_fat.h"

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

// Marks the connected parts of `left` that touch `reached` and are nowhere deeper than `border_mm`.
Mask fascia_of(const Mask& left,
               const Mask& reached,
               const Image<double>& depth,
               double border_mm) {
    Mask fascia(left.size());
    Mask seen(left.size());
    for (int row = 0; row < left.rows; ++row) {
        for (int col = 0; col < left.cols; ++col) {
            if (left[{row, col}] == 0 || seen[{row, col}] != 0) {
                continue;
            }
            std::vector<PixelIndex> part{{.row = row, .col = col}};
            seen[part.front()] = 1;
            double deepest = 0;
            bool is_cut_off = false;
            for (std::size_t i = 0; i < part.size(); ++i) {
                deepest = std::max(deepest, depth[part[i]]);
                each_neighbor(left, part[i], [&](PixelIndex next) {
                    is_cut_off |= reached[next] != 0;
                    if (left[next] != 0 && seen[next] == 0) {
                        seen[next] = 1;
                        part.push_back(next);
                    }
                });
            }
            for (const PixelIndex& at : part) {
                fascia[at] = static_cast<std::uint8_t>(is_cut_off && deepest <= border_mm);
            }
        }
    }
    return fascia;
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
    Mask left = compartment_of(labels);
    // Any depth beyond the fascia will do where only the fascia matters.
    const Image<double> depth = depth_inside(left, spacing, 2 * options.fascia_mm);
    Mask lean = left;
    for (std::size_t i = 0; i < lean.pixels.size(); ++i) {
        lean.pixels[i] = fat.pixels[i] != 0 ? 0 : lean.pixels[i];
    }
    const Mask inside = enclosed(lean, spacing, options);
    Mask outside(labels.size());
    for (std::size_t i = 0; i < outside.pixels.size(); ++i) {
        const bool is_fat = left.pixels[i] != 0 && fat.pixels[i] != 0;
        outside.pixels[i] = is_fat && inside.pixels[i] == 0 ? 1 : 0;
    }
    const Mask reached = hanging_on_border(outside, depth, options.fascia_mm);
    for (std::size_t i = 0; i < left.pixels.size(); ++i) {
        left.pixels[i] = reached.pixels[i] != 0 ? 0 : left.pixels[i];
    }
    const Mask fascia = fascia_of(left, reached, depth, options.fascia_mm);
    LabelMap muscle = labels;
    for (std::size_t i = 0; i < left.pixels.size(); ++i) {
        if (reached.pixels[i] != 0 || fascia.pixels[i] != 0) {
            muscle.pixels[i] = Structure::background;
        }
    }
    return muscle;
}

}  // namespace paraspinal
