// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/naming_evidence.h"

#include "core/quantile.h"
#include "segmentation/level/sacrum_evidence_internal.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
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

// How far the line from one place up to another leans to the front, in the plane of the slices.
double lean_deg(const ImagePlane& plane, const Vec3& from_mm, const Vec3& to_mm) {
    // The grid has the head at the top and the front on the left.
    const Vec3 offset = to_mm - from_mm;
    return std::atan2(-dot(offset, plane.along_columns), -dot(offset, plane.along_rows)) * 180 /
           std::numbers::pi;
}

// Of S1 at `s1` and the bodies above it.
void add_sacrum(NamingEvidence& evidence,
                const std::vector<VertebralBody>& bodies,
                const std::vector<VertebraMap>& maps,
                std::size_t s1) {
    const Vec3& s1_mm = bodies[s1].place.center_mm;
    const Vec3& l5_mm = bodies[s1 + 1].place.center_mm;
    const SacrumEvidence sacrum = sacrum_evidence(maps, s1_mm, bodies[s1 + 1]);
    evidence.sacrum_area_mm2 = sacrum.area_mm2;
    evidence.sacrum_drop_mm = sacrum.drop_mm;
    evidence.sacrum_gap_mm = sacrum.gap_mm;
    evidence.stray_body_mm2 = sacrum.stray_body_mm2;
    const ImagePlane& plane = maps.front().plane;
    if (s1 + 2 < bodies.size()) {
        evidence.lowest_lean_deg = lean_deg(plane, l5_mm, bodies[s1 + 2].place.center_mm);
    }
    if (sacrum.top_mm) {
        evidence.s1_bend_deg =
            lean_deg(plane, *sacrum.top_mm, s1_mm) - lean_deg(plane, s1_mm, l5_mm);
    }
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
        add_sacrum(evidence, bodies, maps, *s1);
    }
    return evidence;
}

}  // namespace paraspinal
