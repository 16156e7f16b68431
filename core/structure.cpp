// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/structure.h"

#include "core/error.h"

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::array kKinds{
    StructureKind{.name = "multifidus",
                  .short_name = "mf",
                  .title = "Multifidus",
                  .right = Structure::multifidus_right,
                  .left = Structure::multifidus_left,
                  .right_color = {0xF2, 0xC8, 0x0F},
                  .left_color = {0xFF, 0xF0, 0x9A},
                  .snomed_code = "5709001",
                  .snomed_meaning = "Multifidus muscle",
                  .words = {"mf", "multifidus"}},
    StructureKind{.name = "erector_spinae",
                  .short_name = "es",
                  .title = "Erector spinae",
                  .right = Structure::erector_spinae_right,
                  .left = Structure::erector_spinae_left,
                  .right_color = {0x2F, 0x8F, 0xDD},
                  .left_color = {0x8C, 0xCB, 0xF2},
                  .snomed_code = "44947003",
                  .snomed_meaning = "Erector spinae muscle",
                  .words = {"es", "erector", "spinae", "erectorspinae"}},
    StructureKind{.name = "vertebral_body",
                  .short_name = "vb",
                  .title = "Vertebral body",
                  .right = Structure::vertebral_body,
                  .left = Structure::vertebral_body,
                  .right_color = {0x12, 0xB8, 0x86},
                  .left_color = {0x12, 0xB8, 0x86},
                  .snomed_code = "3572006",
                  .snomed_meaning = "Vertebral body",
                  .words = {"vb", "vertebra", "vertebral", "vertebralbody"}},
    // Coded as iliopsoas, which it is part of.
    StructureKind{.name = "psoas",
                  .short_name = "psoas",
                  .title = "Psoas",
                  .right = Structure::psoas_right,
                  .left = Structure::psoas_left,
                  .right_color = {0xCC, 0x79, 0xA7},
                  .left_color = {0xEF, 0xBF, 0xD9},
                  .snomed_code = "68455001",
                  .snomed_meaning = "Iliopsoas muscle",
                  .words = {"ps", "psoas"}},
};

struct Names {
    std::string label = "background";
    std::string short_name = "background";
};

// Indexed by the value of Structure.
const std::vector<Names>& names() {
    static const std::vector<Names> all = [] {
        std::vector<Names> made(1);
        for (const Structure structure : kStructures) {
            const StructureKind& kind = kind_of(structure);
            const std::string side(side_name(structure));
            const std::string end = side.empty() ? "" : "_" + side;
            made.push_back({.label = std::string(kind.name) + end,
                            .short_name = std::string(kind.short_name) + end});
        }
        return made;
    }();
    return all;
}

}  // namespace

std::span<const StructureKind> structure_kinds() {
    return kKinds;
}

const StructureKind& kind_of(Structure structure) {
    const auto* const kind = std::ranges::find_if(kKinds, [structure](const StructureKind& row) {
        return row.right == structure || row.left == structure;
    });
    if (kind == kKinds.end()) {
        throw Error(ErrorCode::internal, "the background is no kind of structure");
    }
    return *kind;
}

std::string_view structure_name(Structure structure) {
    return structure == Structure::background ? "background" : kind_of(structure).name;
}

std::string_view label_name(Structure structure) {
    return names().at(static_cast<std::size_t>(structure)).label;
}

std::string_view short_name(Structure structure) {
    return names().at(static_cast<std::size_t>(structure)).short_name;
}

Side side_of(Structure structure) {
    if (structure == Structure::background || !has_sides(kind_of(structure))) {
        return Side::none;
    }
    return kind_of(structure).right == structure ? Side::right : Side::left;
}

std::string_view side_name(Structure structure) {
    switch (side_of(structure)) {
        case Side::right: return "right";
        case Side::left: return "left";
        case Side::none: break;
    }
    return "";
}

Color outline_color(Structure structure) {
    if (structure == Structure::background) {
        return {};
    }
    const StructureKind& kind = kind_of(structure);
    return kind.right == structure ? kind.right_color : kind.left_color;
}

Structure mirrored(Structure structure) {
    if (structure == Structure::background) {
        return structure;
    }
    const StructureKind& kind = kind_of(structure);
    return kind.right == structure ? kind.left : kind.right;
}

bool is_paraspinal_muscle(Structure structure) {
    return std::ranges::find(kParaspinalMuscles, structure) != kParaspinalMuscles.end();
}

}  // namespace paraspinal
