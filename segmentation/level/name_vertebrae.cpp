// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/name_vertebrae.h"

#include "core/quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

namespace paraspinal {
namespace {

// Places in the count above the lowest body: one more each, and one more where a body was missed.
std::vector<int> steps_up(const std::vector<VertebralBody>& bodies) {
    // Twice the step where an intact body is missed; a squeezed one that is found makes 1.5 at
    // most.
    constexpr double kMissedBody = 1.7;
    std::vector<double> distances;
    for (std::size_t i = 1; i < bodies.size(); ++i) {
        distances.push_back(length(bodies[i].place.center_mm - bodies[i - 1].place.center_mm));
    }
    std::vector<int> steps{0};
    for (const double distance_mm : distances) {
        const bool is_gap = distance_mm > kMissedBody * quantile(distances, 0.5);
        steps.push_back(steps.back() + (is_gap ? 2 : 1));
    }
    return steps;
}

// The body that the network takes for S1 rather than for any other.
std::optional<std::size_t> s1_among(const std::vector<VertebralBody>& bodies) {
    constexpr double kMostly = 0.5;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (share_of(bodies[i].shares, kS1) > kMostly) {
            return i;
        }
    }
    return std::nullopt;
}

// The count of the lowest body that agrees best with the network.
VertebraCount most_likely_lowest(const std::vector<VertebralBody>& bodies,
                                 const std::vector<int>& steps) {
    constexpr double kNeverSure = 0.01;
    VertebraCount best = kL5;
    double best_score = std::numeric_limits<double>::lowest();
    for (VertebraCount lowest = kL5; lowest <= kL1; ++lowest) {
        double score = 0;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            const VertebraCount count = std::min(lowest + steps[i], kL1 + 1);
            score += std::log(share_of(bodies[i].shares, count) + kNeverSure);
        }
        if (score > best_score) {
            best = lowest;
            best_score = score;
        }
    }
    return best;
}

// Limits of the evidence, each between what right and wrong names have on the images of
// docs/level.md.
constexpr double kMinS1Share = 0.7;
constexpr double kMinS1Size = 0.3;
constexpr double kMaxS1Size = 1.0;
constexpr double kMinSacrumAreaMm2 = 250;
constexpr double kMaxSacrumGapMm = 4;
constexpr double kMaxStrayBodyMm2 = 275;
constexpr double kMinLead = 0.2;
constexpr double kMinS1Step = 0.75;
constexpr double kMaxS1Step = 1.45;
constexpr double kMinStep = 0.5;
constexpr double kMaxStep = 1.45;
constexpr double kMaxHeight = 1.5;
constexpr double kMaxS1LikenessDeg = 30;

bool is_irregular(const NamingEvidence& evidence) {
    return evidence.s1_step < kMinS1Step || evidence.s1_step > kMaxS1Step ||
           evidence.smallest_step < kMinStep || evidence.largest_step > kMaxStep ||
           evidence.largest_height > kMaxHeight;
}

bool has_odd_sacrum(const NamingEvidence& evidence) {
    return evidence.s1_share < kMinS1Share || evidence.s1_size < kMinS1Size ||
           evidence.s1_size > kMaxS1Size || evidence.sacrum_gap_mm > kMaxSacrumGapMm ||
           evidence.stray_body_mm2 > kMaxStrayBodyMm2;
}

std::vector<NamingDoubt> doubts_of(const NamingEvidence& evidence, bool has_s1) {
    if (!has_s1) {
        return {{"sacrum_not_seen",
                 "the sacrum is not in view, so the vertebrae cannot be counted from it"}};
    }
    std::vector<NamingDoubt> doubts;
    if (evidence.sacrum_area_mm2 < kMinSacrumAreaMm2 || evidence.sacrum_drop_mm <= 0) {
        doubts.push_back({"sacrum_not_seen",
                          "too little of the sacrum is in view to tell S1 from a lumbar body"});
    } else if (has_odd_sacrum(evidence)) {
        doubts.push_back({"sacrum_ambiguous",
                          "what was taken for S1 does not look as S1 does; it may be a lumbar "
                          "body, or S2"});
    }
    if (evidence.lead_over_lower <= kMinLead || evidence.lead_over_higher <= kMinLead) {
        doubts.push_back({"count_ambiguous",
                          "counted from the sacrum the vertebrae get other names than they look "
                          "like; there may be four or six lumbar bodies"});
    }
    if (is_irregular(evidence)) {
        doubts.push_back({"bodies_irregular",
                          "the vertebrae do not follow each other evenly; a body may have been "
                          "missed, or two taken for one"});
    }
    if (evidence.s1_likeness_deg() > kMaxS1LikenessDeg) {
        doubts.push_back(
            {std::string(kTransitionalDoubt),
             "the lowest body that was counted, as L5, may be S1 with a disc of its "
             "own below it: it leans as S1 does, and the sacrum below it is straight"});
    }
    return doubts;
}

bool is_only_transitional(const std::vector<NamingDoubt>& doubts) {
    return doubts.size() == 1 && doubts.front().name == kTransitionalDoubt;
}

// Probability of these names against those one place lower or higher.
double posterior(const NamingEvidence& evidence) {
    constexpr double kBodies = 4;  // The scores are means over so many.
    return 1 / (1 + std::exp(-kBodies * evidence.lead_over_lower) +
                std::exp(-kBodies * evidence.lead_over_higher));
}

}  // namespace

std::string vertebra_name(VertebraCount count) {
    constexpr int kThoracic = 12;
    if (count < kL5) {
        return "S" + std::to_string(-count);
    }
    return count <= kL1 ? "L" + std::to_string(kL1 + 1 - count)
                        : "T" + std::to_string(kThoracic - (count - kL1 - 1));
}

Naming name_vertebrae(const std::vector<VertebralBody>& bodies,
                      const std::vector<VertebraMap>& maps) {
    constexpr double kTrustWithoutSacrum = 0.5;
    const std::vector<int> steps = steps_up(bodies);
    const std::optional<std::size_t> s1 = s1_among(bodies);
    const VertebraCount lowest = s1 ? kS1 - steps[*s1] : most_likely_lowest(bodies, steps);
    Naming naming;
    for (const int step : steps) {
        naming.counts.push_back(lowest + step);
    }
    naming.evidence = naming_evidence(bodies, maps, naming.counts, s1);
    naming.doubts = doubts_of(naming.evidence, s1.has_value());
    naming.confidence =
        posterior(naming.evidence) * (s1 ? naming.evidence.s1_share : kTrustWithoutSacrum);
    if (is_only_transitional(naming.doubts)) {
        naming.other_shifts = {-1};
    } else if (!naming.doubts.empty()) {
        const bool lower_first = naming.evidence.lead_over_lower < naming.evidence.lead_over_higher;
        naming.other_shifts = lower_first ? std::vector{-1, 1} : std::vector{1, -1};
    }
    return naming;
}

}  // namespace paraspinal
