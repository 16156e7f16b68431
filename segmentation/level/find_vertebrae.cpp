// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/find_vertebrae.h"

#include "core/quantile.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace paraspinal {

const Vertebra* Spine::at(VertebraCount count) const {
    const auto found = std::ranges::find(vertebrae, count, &Vertebra::count);
    return found == vertebrae.end() ? nullptr : &*found;
}

namespace {

// Mean probability that the pixels of a body are body at all.
double body_share(const VertebralBody& body) {
    double share = 0;
    for (const VertebraClass kind : kBodyClasses) {
        share += body.shares.at(static_cast<std::size_t>(kind));
    }
    return share;
}

// Where the border of a body runs into something else, it is deeper or less deep than the others.
// Of 1,513 bodies of docs/vertebrae.md, 11 lie beyond this; one in ten of these has a height 7 mm
// or more from that of the mask, one in ten of the others 3.
void doubt_odd_depths(Spine& spine) {
    constexpr double kOddShare = 0.18;
    std::vector<double> depths;
    for (const Vertebra& vertebra : spine.vertebrae) {
        if (vertebra.count >= kL5 && !vertebra.shape.doubt) {
            depths.push_back(vertebra.shape.depth_mm);
        }
    }
    if (depths.empty()) {
        return;
    }
    const double usual_mm = quantile(depths, 0.5);
    for (Vertebra& vertebra : spine.vertebrae) {
        if (std::abs(vertebra.shape.depth_mm / usual_mm - 1) > kOddShare && !vertebra.shape.doubt) {
            vertebra.shape = {.doubt = ShapeDoubt::outline_doubtful};
        }
    }
}

}  // namespace

Spine recounted(Spine spine, int shift) {
    for (Vertebra& vertebra : spine.vertebrae) {
        vertebra.count += shift;
    }
    spine.operator_shift += shift;
    spine.doubts.clear();
    spine.other_shifts.clear();
    return spine;
}

Spine find_vertebrae(const std::vector<VertebraMap>& maps) {
    const std::vector<VertebralBody> bodies = find_bodies(maps);
    if (bodies.empty()) {
        return {};
    }
    const Naming naming = name_vertebrae(bodies, maps);
    Spine spine{.confidence = naming.confidence,
                .evidence = naming.evidence,
                .doubts = naming.doubts,
                .other_shifts = naming.other_shifts};
    std::vector<ImageSlice> probability;
    std::ranges::transform(maps, std::back_inserter(probability), body_probability);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const VertebralBody& body = bodies[i];
        spine.vertebrae.push_back(
            {.count = naming.counts[i],
             .place = body.place,
             .depth_mm = body.depth_mm,
             .confidence = naming.confidence * body_share(body),
             .inferior_endplate = fit_inferior_endplate(probability, body.place),
             .shape = measure_shape(probability, body.place, maps.front().image)});
    }
    doubt_odd_depths(spine);
    return spine;
}

}  // namespace paraspinal
