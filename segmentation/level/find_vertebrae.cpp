// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/find_vertebrae.h"

#include <algorithm>
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
             .inferior_endplate = fit_inferior_endplate(probability, body.place)});
    }
    return spine;
}

}  // namespace paraspinal
