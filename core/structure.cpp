// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/structure.h"

#include <algorithm>
#include <cstddef>

namespace paraspinal {
namespace {

struct StructureEntry {
    std::string_view name;
    std::string_view label;
    std::string_view short_name;
    Side side;
    Structure mirror;
};

// Indexed by the value of Structure.
constexpr std::array kEntries{
    StructureEntry{"background", "background", "background", Side::none, Structure::background},
    StructureEntry{
        "multifidus", "multifidus_right", "mf_right", Side::right, Structure::multifidus_left},
    StructureEntry{
        "multifidus", "multifidus_left", "mf_left", Side::left, Structure::multifidus_right},
    StructureEntry{"erector_spinae",
                   "erector_spinae_right",
                   "es_right",
                   Side::right,
                   Structure::erector_spinae_left},
    StructureEntry{"erector_spinae",
                   "erector_spinae_left",
                   "es_left",
                   Side::left,
                   Structure::erector_spinae_right},
    StructureEntry{"vertebral_body", "vertebral_body", "vb", Side::none, Structure::vertebral_body},
    StructureEntry{"psoas", "psoas_right", "psoas_right", Side::right, Structure::psoas_left},
    StructureEntry{"psoas", "psoas_left", "psoas_left", Side::left, Structure::psoas_right},
};

const StructureEntry& entry(Structure structure) {
    return kEntries.at(static_cast<std::size_t>(structure));
}

}  // namespace

std::string_view structure_name(Structure structure) {
    return entry(structure).name;
}

std::string_view label_name(Structure structure) {
    return entry(structure).label;
}

std::string_view short_name(Structure structure) {
    return entry(structure).short_name;
}

std::string_view side_name(Structure structure) {
    switch (entry(structure).side) {
        case Side::right: return "right";
        case Side::left: return "left";
        case Side::none: break;
    }
    return "";
}

Side side_of(Structure structure) {
    return entry(structure).side;
}

Structure mirrored(Structure structure) {
    return entry(structure).mirror;
}

bool is_paraspinal_muscle(Structure structure) {
    return std::ranges::find(kParaspinalMuscles, structure) != kParaspinalMuscles.end();
}

}  // namespace paraspinal
