// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/epimuscular_fat.h"

#include "core/error.h"
#include "segmentation/surface.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kUnreached = std::numeric_limits<double>::infinity();

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

// Calls `visit` with each of the four neighbors in the image and its distance.
template <class Visit>
void each_neighbor(const Mask& image, PixelIndex at, const PixelSpacing& spacing, Visit visit) {
    const std::array<std::pair<PixelIndex, double>, 4> neighbors{
        {{{at.row - 1, at.col}, spacing.row_mm},
         {{at.row + 1, at.col}, spacing.row_mm},
         {{at.row, at.col - 1}, spacing.col_mm},
         {{at.row, at.col + 1}, spacing.col_mm}}};
    for (const auto& [next, step_mm] : neighbors) {
        if (image.contains(next)) {
            visit(next, step_mm);
        }
    }
}

// Fat of the compartment that is reached from near its border through fat, with the way limited.
Mask reached_fat(const Mask& fat,
                 const Image<double>& depth,
                 const PixelSpacing& spacing,
                 const EpimuscularOptions& options) {
    using Stop = std::tuple<double, int, int>;  // Way from the border, row, column.
    std::priority_queue<Stop, std::vector<Stop>, std::greater<>> open;
    Image<double> way(fat.size(), kUnreached);
    const auto arrive = [&](PixelIndex at, double way_mm) {
        if (fat[at] != 0 && way_mm <= options.depth_mm && way_mm < way[at]) {
            way[at] = way_mm;
            open.emplace(way_mm, at.row, at.col);
        }
    };
    for (int row = 0; row < fat.rows; ++row) {
        for (int col = 0; col < fat.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            if (depth[at] <= options.border_mm) {
                arrive(at, depth[at]);
            }
        }
    }
    Mask reached(fat.size());
    while (!open.empty()) {
        const auto [way_mm, row, col] = open.top();
        open.pop();
        const PixelIndex at{.row = row, .col = col};
        reached[at] = 1;
        each_neighbor(fat, at, spacing, [&](PixelIndex next, double step_mm) {
            arrive(next, way_mm + step_mm);
        });
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
                each_neighbor(left, part[i], {}, [&](PixelIndex next, double /*step_mm*/) {
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
    // Any depth beyond the border will do where only the border matters.
    const Image<double> depth = depth_inside(left, spacing, 2 * options.border_mm);
    Mask inner_fat = fat;
    for (std::size_t i = 0; i < left.pixels.size(); ++i) {
        inner_fat.pixels[i] = left.pixels[i] != 0 && fat.pixels[i] != 0 ? 1 : 0;
    }
    const Mask reached = reached_fat(inner_fat, depth, spacing, options);
    for (std::size_t i = 0; i < left.pixels.size(); ++i) {
        left.pixels[i] = reached.pixels[i] != 0 ? 0 : left.pixels[i];
    }
    const Mask fascia = fascia_of(left, reached, depth, options.border_mm);
    LabelMap muscle = labels;
    for (std::size_t i = 0; i < left.pixels.size(); ++i) {
        if (reached.pixels[i] != 0 || fascia.pixels[i] != 0) {
            muscle.pixels[i] = Structure::background;
        }
    }
    return muscle;
}

}  // namespace paraspinal
