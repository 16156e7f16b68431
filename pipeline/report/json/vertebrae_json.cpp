// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/unit.h"
#include "pipeline/report/json/rounded_json_internal.h"
#include "pipeline/report/json/vertebrae_json_internal.h"
#include "segmentation/level/deformity.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, kBodyParts> kParts{"anterior", "middle", "posterior"};

Json lines_json(const VertebralShape& shape) {
    Json json = Json::object();
    for (std::size_t part = 0; part < kBodyParts; ++part) {
        const HeightLine& line = shape.lines.at(part);
        json[kParts.at(part)] = {{"height_mm", rounded_json(line.height_mm(), kUnitMm.decimals)},
                                 {"upper_mm", rounded_json(line.upper_mm, kUnitMm.decimals)},
                                 {"lower_mm", rounded_json(line.lower_mm, kUnitMm.decimals)}};
    }
    return json;
}

Json deformity_json(const Deformity& deformity) {
    const auto percent = [](double share) {
        return rounded_json(100 * share, kUnitPercent.decimals);
    };
    Json expected = nullptr;
    for (std::size_t part = 0; deformity.expected_mm && part < kBodyParts; ++part) {
        expected[kParts.at(part)] = rounded_json(deformity.expected_mm->at(part), kUnitMm.decimals);
    }
    return {{"expected_height_mm", expected},
            {"reduction_pct", percent(deformity.reduction)},
            {"reduction_low_pct", percent(deformity.reduction_low)},
            {"reduction_high_pct", percent(deformity.reduction_high)},
            {"suspected", deformity_name(deformity.kind)},
            {"grade", deformity.grade()},
            {"grade_low", deformity.grade_low()},
            {"grade_high", deformity.grade_high()}};
}

}  // namespace

nlohmann::ordered_json vertebrae_json(const StudyReport& report) {
    if (!report.level_view) {
        return nullptr;
    }
    const std::vector<JudgedBody> bodies = judged_bodies(report.level_view->sagittal.spine);
    const DeformityCount count = count_deformed(bodies);
    Json json{{"measured", count.measured},
              {"deformed", count.deformed},
              {"deformed_low", count.low},
              {"deformed_high", count.high},
              {"bodies", Json::array()}};
    for (const JudgedBody& body : bodies) {
        json["bodies"].push_back(
            {{"name", body.vertebra->name()},
             {"reason", body.doubt ? Json(shape_doubt_name(*body.doubt)) : Json(nullptr)},
             {"heights", body.doubt ? Json(nullptr) : lines_json(body.vertebra->shape)},
             {"deformity", body.deformity ? deformity_json(*body.deformity) : Json(nullptr)}});
    }
    return json;
}

}  // namespace paraspinal
