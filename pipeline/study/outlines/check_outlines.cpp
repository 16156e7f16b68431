// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/check_outlines.h"

#include "core/error.h"
#include "core/measurement.h"
#include "core/text.h"
#include "pipeline/study/measure_slice.h"
#include "pipeline/study/outlines/doubt_shapes.h"
#include "segmentation/outline/seen_part.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

/// Areas that adults have at L2 to L5; beyond them an outline is doubted, not refused.
/// Yang et al. 2025, Table 2 (doi:10.3389/fmed.2025.1514894) reports CSA 30.4 +- 3.6 and
/// 33.8 +- 4.2 cm2 and VB 15.4 +- 2.4 and 16.2 +- 2.4 cm2 in patients of 60 to 80 years; the limits
/// leave room for young athletes and small, wasted muscles (our choice, not measured).
constexpr double kSmallestCsaCm2 = 12;
constexpr double kLargestCsaCm2 = 85;
constexpr double kSmallestVbCm2 = 7;
constexpr double kLargestVbCm2 = 30;
/// One side more than this many percent larger than the other is rarer than a wrong outline.
constexpr double kLargestAsymmetryPct = 40;

/// Mean network probability below which a structure is called uncertain, and below which the mean
/// over the muscles and the vertebral body says that this is no lumbar slice.
/// Measured with scripts/train/outline/confidence.py; see docs/outline_scores.md.
constexpr double kCertain = 0.90;
constexpr double kLumbar = 0.75;

struct Extent {
    double pixels = 0;
    double mean_left_mm = 0;  ///< Patient x of the centroid, from the image's first pixel.
    bool touches_border = false;
};

Extent extent_of(Structure structure,
                 const LabelMap& labels,
                 const ImageSlice& slice,
                 const ImagePart& seen) {
    Extent extent;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            if (labels[{row, col}] != structure) {
                continue;
            }
            extent.pixels += 1;
            extent.mean_left_mm += col * slice.spacing.col_mm * slice.plane.along_columns.x +
                                   row * slice.spacing.row_mm * slice.plane.along_rows.x;
            extent.touches_border |= seen.borders({row, col});
        }
    }
    extent.mean_left_mm /= std::max(extent.pixels, 1.0);
    return extent;
}

using Extents = std::array<Extent, kStructures.size() + 1>;

const Extent& of(const Extents& extents, Structure structure) {
    return extents.at(static_cast<std::size_t>(structure));
}

void append(std::string& list, const std::string& entry) {
    list += (list.empty() ? "" : ", ") + entry;
}

// Mean over the muscles and the vertebral body that the network outlined; 1 where the operator drew
// a muscle (pixels without a confidence), for she knows what she looks at.
double lumbar_confidence(const Outlines& outlines, const Extents& extents) {
    std::vector<double> values;
    for (const Structure muscle : kParaspinalMuscles) {
        const auto found = outlines.confidence.find(muscle);
        if (found != outlines.confidence.end()) {
            values.push_back(found->second);
        } else if (of(extents, muscle).pixels > 0) {
            return 1;
        }
    }
    const auto body = outlines.confidence.find(Structure::vertebral_body);
    if (body != outlines.confidence.end()) {
        values.push_back(body->second);
    }
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    return values.empty() ? 1 : sum / static_cast<double>(values.size());
}

void refuse_missing_muscles(const Outlines& outlines, const Extents& extents) {
    std::string missing;
    std::size_t found = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        if (of(extents, muscle).pixels > 0) {
            ++found;
        } else {
            append(missing, with_spaces(label_name(muscle)));
        }
    }
    const bool is_doubtful = lumbar_confidence(outlines, extents) < kLumbar;
    if (found == 0 || is_doubtful) {
        throw Error(ErrorCode::not_lumbar,
                    "no paraspinal muscles were found, or none with any certainty; the image does "
                    "not look like an axial lumbar slice. Choose another slice with --slice");
    }
    if (!missing.empty()) {
        throw Error(ErrorCode::structure_missing,
                    "not found: " + missing +
                        ". CSA would be too small; choose another slice with --slice or give your "
                        "own outlines");
    }
}

// One flag for all structures with the same doubt.
void flag_list(std::vector<QcFlag>& flags,
               Flag flag,
               const std::string& what,
               const std::string& list) {
    if (!list.empty()) {
        flags.push_back({flag, what + list});
    }
}

void flag_missing_and_cut(const Extents& extents, std::vector<QcFlag>& flags) {
    std::string missing;
    std::string cut;
    for (const Structure structure : kStructures) {
        if (of(extents, structure).pixels == 0 && is_found_by_network(structure)) {
            append(missing, with_spaces(label_name(structure)));
        } else if (of(extents, structure).touches_border) {
            append(cut, with_spaces(label_name(structure)));
        }
    }
    flag_list(flags, Flag::structure_missing, "not found: ", missing);
    flag_list(flags,
              Flag::cut_by_field_of_view,
              "reaching the border of the image, so that the area is a lower limit: ",
              cut);
}

void flag_uncertain(const Outlines& outlines, std::vector<QcFlag>& flags) {
    std::string uncertain;
    for (const auto& [structure, confidence] : outlines.confidence) {
        if (confidence < kCertain) {
            append(uncertain, with_spaces(label_name(structure)) + " " + fixed_text(confidence, 2));
        }
    }
    flag_list(flags, Flag::outline_uncertain, "mean probability of ", uncertain);
}

void flag_sides(const Extents& extents, std::vector<QcFlag>& flags) {
    std::string swapped;
    for (const Structure right : {Structure::multifidus_right, Structure::erector_spinae_right}) {
        if (of(extents, right).mean_left_mm >= of(extents, mirrored(right)).mean_left_mm) {
            append(swapped, with_spaces(label_name(right)));
        }
    }
    flag_list(flags, Flag::sides_swapped_suspected, "left of its partner: ", swapped);
}

// The odd shapes and the areas that no adult has, in one flag.
void flag_implausible(const SliceMeasurement& measured,
                      std::vector<std::string> doubts,
                      std::vector<QcFlag>& flags) {
    const auto check = [&doubts](const std::string& what, double value, double low, double high) {
        if (value < low || value > high) {
            doubts.push_back(what + " " + fixed_text(value, 1) + " is beyond " +
                             fixed_text(low, 0) + " to " + fixed_text(high, 0));
        }
    };
    check("CSA in cm2", csa_cm2(measured), kSmallestCsaCm2, kLargestCsaCm2);
    if (const auto body_cm2 = vb_cm2(measured)) {
        check("VB in cm2", *body_cm2, kSmallestVbCm2, kLargestVbCm2);
    }
    check("difference of the sides in %",
          asymmetry_pct(measured).value_or(0),
          -kLargestAsymmetryPct,
          kLargestAsymmetryPct);
    flag_list(flags, Flag::implausible_shape, "", joined(doubts, "; "));
}

}  // namespace

std::vector<QcFlag> check_outlines(const Outlines& outlines, const ImageSlice& slice) {
    const ImagePart seen = seen_part(slice.intensity);
    Extents extents;
    for (const Structure structure : kStructures) {
        extents.at(static_cast<std::size_t>(structure)) =
            extent_of(structure, outlines.labels, slice, seen);
    }
    refuse_missing_muscles(outlines, extents);
    std::vector<QcFlag> flags;
    flag_missing_and_cut(extents, flags);
    flag_uncertain(outlines, flags);
    flag_sides(extents, flags);
    const Mask no_fat(outlines.labels.size());
    flag_implausible(measure_slice(outlines.labels, no_fat, slice.spacing),
                     shape_doubts(outlines.labels, slice.spacing),
                     flags);
    return flags;
}

}  // namespace paraspinal
