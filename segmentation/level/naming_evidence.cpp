// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/naming_evidence.h"

#include "core/quantile.h"
#include "segmentation/level/sacrum_evidence_internal.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

namespace paraspinal {
namespace {

VertebraClass class_of(VertebraCount count) {
    if (count > kL1) {
        return VertebraClass::thoracic;
    }
    if (count >= kL5) {
        return static_cast<VertebraClass>(static_cast<int>(VertebraClass::l5) + count);
    }
    return count == kS1 ? VertebraClass::s1 : VertebraClass::below_s1;
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

void add_leads(NamingEvidence& evidence,
               const std::vector<VertebralBody>& bodies,
               const std::vector<VertebraCount>& counts) {
    std::vector<ClassShares> shares;
    std::ranges::transform(bodies, std::back_inserter(shares), &VertebralBody::shares);
    const double score = score_of(shares, counts, 0);
    evidence.lead_over_lower = score - score_of(shares, counts, -1);
    evidence.lead_over_higher = score - score_of(shares, counts, 1);
    const std::size_t slices = bodies.front().by_slice.size();
    int agreeing = 0;
    for (std::size_t slice = 0; slice < slices; ++slice) {
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            shares[i] = bodies[i].by_slice[slice];
        }
        const double here = score_of(shares, counts, 0);
        agreeing +=
            here > score_of(shares, counts, 1) && here > score_of(shares, counts, -1) ? 1 : 0;
    }
    evidence.slices_agreeing = static_cast<double>(agreeing) / static_cast<double>(slices);
}

// Of the lumbar bodies: those above are often cut by the border of the image, and do not matter.
struct LumbarColumn {
    std::vector<double> steps_mm;
    std::vector<double> heights_mm;
    double s1_step_mm = 0;
};

LumbarColumn column_of(const std::vector<VertebralBody>& bodies,
                       const std::vector<VertebraCount>& counts) {
    LumbarColumn column;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (counts[i] < kL5 || counts[i] > kL1) {
            continue;
        }
        column.heights_mm.push_back(bodies[i].place.height_mm);
        if (i == 0) {
            continue;
        }
        const double step_mm = length(bodies[i].place.center_mm - bodies[i - 1].place.center_mm);
        if (counts[i - 1] >= kL5) {
            column.steps_mm.push_back(step_mm);
        } else {
            column.s1_step_mm = step_mm;
        }
    }
    return column;
}

}  // namespace

double share_of(const ClassShares& shares, VertebraCount count) {
    double all = 0;
    for (VertebraCount each = kS1; each <= kL1 + 1; ++each) {
        all += shares.at(static_cast<std::size_t>(class_of(each)));
    }
    return all > 0 ? shares.at(static_cast<std::size_t>(class_of(count))) / all : 0;
}

NamingEvidence naming_evidence(const std::vector<VertebralBody>& bodies,
                               const std::vector<VertebraMap>& maps,
                               const std::vector<VertebraCount>& counts,
                               const std::optional<std::size_t>& s1) {
    NamingEvidence evidence;
    add_leads(evidence, bodies, counts);
    const LumbarColumn column = column_of(bodies, counts);
    if (column.steps_mm.empty()) {
        return evidence;
    }
    const double step_mm = quantile(column.steps_mm, 0.5);
    evidence.s1_step = column.s1_step_mm / step_mm;
    evidence.largest_step = *std::ranges::max_element(column.steps_mm) / step_mm;
    evidence.smallest_step = *std::ranges::min_element(column.steps_mm) / step_mm;
    evidence.largest_height =
        *std::ranges::max_element(column.heights_mm) / quantile(column.heights_mm, 0.5);
    if (s1 && *s1 + 1 < bodies.size()) {
        const VertebralBody& body = bodies[*s1];
        evidence.s1_share = share_of(body.shares, kS1);
        evidence.s1_size = body.area_mm2 / (step_mm * step_mm);
        const SacrumEvidence sacrum = sacrum_evidence(maps, body.place.center_mm, bodies[*s1 + 1]);
        evidence.sacrum_area_mm2 = sacrum.area_mm2;
        evidence.sacrum_drop_mm = sacrum.drop_mm;
        evidence.sacrum_gap_mm = sacrum.gap_mm;
        evidence.stray_body_mm2 = sacrum.stray_body_mm2;
    }
    return evidence;
}

}  // namespace paraspinal
