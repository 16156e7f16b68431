// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/deformity.h"

#include "core/quantile.h"

#include <algorithm>
#include <cstdlib>
#include <ranges>

namespace paraspinal {
namespace {

// Nine of ten reductions by the masks of patients whom the network has not seen lie so far below
// and above the program's, which rounds dents off (scripts/evaluate_bone).
constexpr double kRatioBelow = 0.10;
constexpr double kRatioAbove = 0.12;
// The same of posterior heights against the neighbors'.
constexpr double kCrushError = 0.09;
constexpr double kDeformed = 0.20;
constexpr int kNeighbors = 2;

bool is_judged(const Vertebra& vertebra) {
    return vertebra.count >= kL5 && vertebra.count <= kT11;
}

const NormalHeights& normal_of(const Vertebra& vertebra, const NormalShape& normal) {
    return normal.at(static_cast<std::size_t>(vertebra.count));
}

double height_mm(const Vertebra& vertebra, BodyPart part) {
    return vertebra.shape.lines.at(part).height_mm();
}

// Of the posterior height, as the depth tells; none where that is not known.
double lost_for_depth(const Vertebra& body) {
    if (body.shape.depth_mm <= 0) {
        return 0;
    }
    const double normal = kNormalBackOverDepth.at(static_cast<std::size_t>(body.count));
    return 1 - height_mm(body, kPosterior) / body.shape.depth_mm / normal;
}

// Of the 83 healthy bodies none lost more than 13 %.
bool is_flat(const Vertebra& body) {
    return lost_for_depth(body) >= kDeformed;
}

// The posterior height that a healthy L3 of this person would have, as those `reach` places up and
// down tell that are not flat themselves.
std::optional<double> size_among(const Spine& spine,
                                 const Vertebra& body,
                                 const NormalShape& normal,
                                 int reach) {
    std::vector<double> sizes;
    for (const Vertebra& other : spine.vertebrae) {
        const int steps = std::abs(other.count - body.count);
        if (is_judged(other) && !other.shape.doubt && steps > 0 && steps <= reach &&
            !is_flat(other)) {
            sizes.push_back(height_mm(other, kPosterior) / normal_of(other, normal)[kPosterior]);
        }
    }
    return sizes.size() < 2 ? std::nullopt : std::optional(quantile(sizes, 0.5));
}

std::optional<double> size_mm(const Spine& spine, const Vertebra& body, const NormalShape& normal) {
    const std::optional<double> size = size_among(spine, body, normal, kNeighbors);
    return size || !is_flat(body) ? size : size_among(spine, body, normal, kT11);
}

// Of the anterior or middle height against the posterior one of the same body.
double lost_against_back(const Vertebra& body, BodyPart part, const NormalHeights& normal) {
    return 1 - height_mm(body, part) / height_mm(body, kPosterior) * normal[kPosterior] /
                   normal.at(part);
}

Deformity judged(const Vertebra& body, std::optional<double> size, const NormalShape& normal) {
    Deformity found;
    const NormalHeights& healthy = normal_of(body, normal);
    const double wedge = lost_against_back(body, kAnterior, healthy);
    const double biconcave = lost_against_back(body, kMiddle, healthy);
    found.reduction = std::max(wedge, biconcave);
    found.reduction_low = found.reduction - kRatioBelow;
    found.reduction_high = found.reduction + kRatioAbove;
    if (found.reduction >= kDeformed) {
        found.kind = wedge > biconcave ? DeformityKind::wedge : DeformityKind::biconcave;
    }
    if (!size) {
        return found;
    }
    found.expected_mm.emplace();
    std::array<double, kBodyParts> lost{};
    for (const BodyPart part : {kAnterior, kMiddle, kPosterior}) {
        found.expected_mm->at(part) = *size * healthy.at(part);
        lost.at(part) = 1 - height_mm(body, part) / found.expected_mm->at(part);
    }
    if (lost[kPosterior] >= kDeformed) {
        found.kind = DeformityKind::crush;
        found.reduction = *std::ranges::max_element(lost);
        found.reduction_low = found.reduction - kCrushError;
        found.reduction_high = found.reduction + kCrushError;
    }
    found.reduction_high = std::max(found.reduction_high, lost[kPosterior] + kCrushError);
    if (is_flat(body)) {
        found.reduction_high = std::max(found.reduction_high, lost_for_depth(body));
    }
    return found;
}

}  // namespace

std::string_view deformity_name(DeformityKind kind) {
    switch (kind) {
        case DeformityKind::none: return "none";
        case DeformityKind::wedge: return "wedge";
        case DeformityKind::biconcave: return "biconcave";
        case DeformityKind::crush: return "crush";
    }
    return "";
}

int Deformity::grade_of(double reduction) {
    constexpr std::array kLimits{kDeformed, 0.25, 0.40};
    return static_cast<int>(
        std::ranges::count_if(kLimits, [&](double limit) { return reduction >= limit; }));
}

std::vector<JudgedBody> judged_bodies(const Spine& spine, const NormalShape& normal) {
    std::vector<JudgedBody> bodies;
    for (const Vertebra& vertebra : spine.vertebrae | std::views::reverse) {
        if (!is_judged(vertebra)) {
            continue;
        }
        JudgedBody& body = bodies.emplace_back(
            JudgedBody{.vertebra = &vertebra, .doubt = vertebra.shape.doubt, .deformity = {}});
        if (body.doubt) {
            continue;
        }
        const std::optional<double> size = size_mm(spine, vertebra, normal);
        if (!size && is_flat(vertebra)) {
            body.doubt = ShapeDoubt::size_doubtful;
        } else {
            body.deformity = judged(vertebra, size, normal);
        }
    }
    return bodies;
}

DeformityCount count_deformed(const std::vector<JudgedBody>& bodies) {
    DeformityCount count;
    for (const JudgedBody& body : bodies) {
        if (body.deformity) {
            count.measured += 1;
            count.deformed += body.deformity->grade() > 0 ? 1 : 0;
            count.low += body.deformity->grade_low() > 0 ? 1 : 0;
            count.high += body.deformity->grade_high() > 0 ? 1 : 0;
        }
    }
    return count;
}

}  // namespace paraspinal
