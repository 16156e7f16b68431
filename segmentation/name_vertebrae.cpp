// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/name_vertebrae.h"

#include "core/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>

namespace paraspinal {
namespace {

constexpr VertebraCount kS1 = -1;
constexpr VertebraCount kL5 = 0;
constexpr VertebraCount kL1 = 4;
constexpr double kPixelAreaMm2 = kSagittalPixelMm * kSagittalPixelMm;
constexpr PixelSpacing kSpacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};

VertebraClass class_of(VertebraCount count) {
    if (count > kL1) {
        return VertebraClass::thoracic;
    }
    if (count >= kL5) {
        return static_cast<VertebraClass>(static_cast<int>(VertebraClass::l5) + count);
    }
    return count == kS1 ? VertebraClass::s1 : VertebraClass::below_s1;
}

// Share of one name among all names that a body can have.
double share_of(const ClassShares& shares, VertebraCount count) {
    double all = 0;
    for (VertebraCount each = kS1; each <= kL1 + 1; ++each) {
        all += shares.at(static_cast<std::size_t>(class_of(each)));
    }
    return all > 0 ? shares.at(static_cast<std::size_t>(class_of(count))) / all : 0;
}

// Places in the count above the lowest body: one more each, and one more where a body was missed.
std::vector<int> steps_up(const std::vector<VertebralBody>& bodies) {
    // Twice the step where an intact body is missed; a squeezed one that is found makes 1.5 at
    // most.
    constexpr double kMissedBody = 1.7;
    std::vector<double> distances;
    for (std::size_t i = 1; i < bodies.size(); ++i) {
        distances.push_back(length(bodies[i].place.centre_mm - bodies[i - 1].place.centre_mm));
    }
    std::vector<int> steps{0};
    for (const double distance_mm : distances) {
        const bool is_gap = distance_mm > kMissedBody * quantile(distances, 0.5);
        steps.push_back(steps.back() + (is_gap ? 2 : 1));
    }
    return steps;
}

// Mean log-likelihood of the lumbar bodies nearest to the sacrum, all moved up by `shift` places.
// The names of those above rest on less context and would only dilute it.
double score_of(std::span<const ClassShares> bodies,
                const std::vector<VertebraCount>& counts,
                int shift) {
    constexpr VertebraCount kHighestAsked = 3;
    constexpr double kNeverSure = 0.01;
    double sum = 0;
    int asked = 0;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (counts[i] >= kL5 && counts[i] <= kHighestAsked) {
            sum += std::log(share_of(bodies[i], counts[i] + shift) + kNeverSure);
            ++asked;
        }
    }
    return asked > 0 ? sum / asked : 0;
}

bool leads(std::span<const ClassShares> bodies, const std::vector<VertebraCount>& counts) {
    const double score = score_of(bodies, counts, 0);
    return score > score_of(bodies, counts, 1) && score > score_of(bodies, counts, -1);
}

std::vector<ClassShares> shares_of(const std::vector<VertebralBody>& bodies) {
    std::vector<ClassShares> shares;
    std::ranges::transform(bodies, std::back_inserter(shares), &VertebralBody::shares);
    return shares;
}

double slices_agreeing(const std::vector<VertebralBody>& bodies,
                       const std::vector<VertebraCount>& counts) {
    const std::size_t slices = bodies.front().by_slice.size();
    int agreeing = 0;
    for (std::size_t slice = 0; slice < slices; ++slice) {
        std::vector<ClassShares> shares;
        for (const VertebralBody& body : bodies) {
            shares.push_back(body.by_slice[slice]);
        }
        agreeing += leads(shares, counts) ? 1 : 0;
    }
    return static_cast<double>(agreeing) / static_cast<double>(slices);
}

// The sacrum below S1 in the slice that shows most of it.
struct Area {
    double area_mm2 = 0;
    Vec3 centre_mm;
};

Area largest_area(const std::vector<VertebraMap>& maps, VertebraClass kind) {
    Area largest;
    for (const VertebraMap& map : maps) {
        const Image<float>& probability = map.of(kind);
        PixelPosition sum;
        double pixels = 0;
        for (int row = 0; row < probability.rows; ++row) {
            for (int col = 0; col < probability.cols; ++col) {
                if (probability[{row, col}] > 0.5F) {
                    pixels += 1;
                    sum.row += row;
                    sum.col += col;
                }
            }
        }
        if (pixels * kPixelAreaMm2 > largest.area_mm2) {
            largest = {
                .area_mm2 = pixels * kPixelAreaMm2,
                .centre_mm = patient_from_pixel(
                    map.plane, kSpacing, {.row = sum.row / pixels, .col = sum.col / pixels})};
        }
    }
    return largest;
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
    const std::vector<ClassShares> shares = shares_of(bodies);
    VertebraCount best = kL5;
    double best_score = -1e9;
    for (VertebraCount lowest = kL5; lowest <= kL1; ++lowest) {
        double score = 0;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            score += std::log(share_of(shares[i], std::min(lowest + steps[i], kL1 + 1)) + 0.01);
        }
        if (score > best_score) {
            best = lowest;
            best_score = score;
        }
    }
    return best;
}

// Of the lumbar bodies: those above are often cut by the border of the image, and do not matter.
void add_steps(NamingEvidence& evidence,
               const std::vector<VertebralBody>& bodies,
               const std::vector<VertebraCount>& counts) {
    std::vector<double> steps;
    std::vector<double> heights;
    double s1_step_mm = 0;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (counts[i] < kL5 || counts[i] > kL1) {
            continue;
        }
        heights.push_back(bodies[i].place.height_mm);
        if (i > 0) {
            const double step_mm =
                length(bodies[i].place.centre_mm - bodies[i - 1].place.centre_mm);
            if (counts[i - 1] >= kL5) {
                steps.push_back(step_mm);
            } else {
                s1_step_mm = step_mm;
            }
        }
    }
    if (steps.empty()) {
        return;
    }
    const double median_mm = quantile(steps, 0.5);
    evidence.s1_step = s1_step_mm / median_mm;
    evidence.largest_step = *std::ranges::max_element(steps) / median_mm;
    evidence.smallest_step = *std::ranges::min_element(steps) / median_mm;
    evidence.largest_height = *std::ranges::max_element(heights) / quantile(heights, 0.5);
}

NamingEvidence evidence_of(const std::vector<VertebralBody>& bodies,
                           const std::vector<VertebraMap>& maps,
                           const std::vector<VertebraCount>& counts,
                           const std::optional<std::size_t>& s1) {
    NamingEvidence evidence;
    const Area sacrum = largest_area(maps, VertebraClass::below_s1);
    evidence.sacrum_area_mm2 = sacrum.area_mm2;
    if (s1) {
        evidence.s1_area_mm2 = bodies[*s1].area_mm2;
        evidence.s1_share = share_of(bodies[*s1].shares, kS1);
        evidence.sacrum_drop_mm =
            sacrum.area_mm2 > 0 ? bodies[*s1].place.centre_mm.z - sacrum.centre_mm.z : 0;
    }
    const std::vector<ClassShares> shares = shares_of(bodies);
    evidence.lead_over_lower = score_of(shares, counts, 0) - score_of(shares, counts, -1);
    evidence.lead_over_higher = score_of(shares, counts, 0) - score_of(shares, counts, 1);
    evidence.slices_agreeing = slices_agreeing(bodies, counts);
    add_steps(evidence, bodies, counts);
    return evidence;
}

// Limits of the evidence. Chosen on the perturbed images of docs/level.md.
constexpr double kMinS1AreaMm2 = 150;
constexpr double kMinSacrumAreaMm2 = 150;
constexpr double kMinLead = 0;
constexpr double kMinS1Step = 0.7;
constexpr double kMaxS1Step = 1.6;
constexpr double kMaxStep = 1.55;
constexpr double kMinStep = 0.5;
constexpr double kMaxHeight = 1.5;

std::vector<NamingDoubt> doubts_of(const NamingEvidence& evidence) {
    std::vector<NamingDoubt> doubts;
    if (evidence.s1_area_mm2 < kMinS1AreaMm2) {
        doubts.push_back({"sacrum_not_seen",
                          "the sacrum is not in view, so the vertebrae cannot be counted from it"});
    } else if (evidence.sacrum_area_mm2 < kMinSacrumAreaMm2 || evidence.sacrum_drop_mm <= 0) {
        doubts.push_back({"sacrum_not_seen",
                          "too little of the sacrum is in view to tell S1 from a lumbar body"});
    }
    if (evidence.lead_over_lower <= kMinLead || evidence.lead_over_higher <= kMinLead) {
        doubts.push_back({"count_ambiguous",
                          "counted from the sacrum the vertebrae get other names than they look "
                          "like; there may be four or six lumbar bodies"});
    }
    if (evidence.s1_area_mm2 > 0 &&
        (evidence.s1_step < kMinS1Step || evidence.s1_step > kMaxS1Step)) {
        doubts.push_back({"bodies_irregular",
                          "the distance from S1 to the lowest lumbar body is unusual; a body may "
                          "have been missed"});
    } else if (evidence.largest_step > kMaxStep || evidence.smallest_step < kMinStep ||
               evidence.largest_height > kMaxHeight) {
        doubts.push_back({"bodies_irregular",
                          "the vertebrae do not follow each other evenly; a body may have been "
                          "missed, or two taken for one"});
    }
    return doubts;
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
    const std::vector<int> steps = steps_up(bodies);
    const std::optional<std::size_t> s1 = s1_among(bodies);
    const VertebraCount lowest = s1 ? kS1 - steps[*s1] : most_likely_lowest(bodies, steps);
    Naming naming;
    for (const int step : steps) {
        naming.counts.push_back(lowest + step);
    }
    naming.evidence = evidence_of(bodies, maps, naming.counts, s1);
    naming.doubts = doubts_of(naming.evidence);
    naming.confidence = posterior(naming.evidence) * (s1 ? naming.evidence.s1_share : 0.5);
    if (!naming.doubts.empty()) {
        naming.other_shifts = {1, -1};
        if (naming.evidence.lead_over_lower < naming.evidence.lead_over_higher) {
            naming.other_shifts = {-1, 1};
        }
    }
    return naming;
}

}  // namespace paraspinal
