// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace paraspinal {

/// What a pixel belongs to. The values are those of `labels.nii.gz`; left and right are the
/// patient's.
enum class Structure : std::uint8_t {
    background = 0,
    multifidus_right = 1,
    multifidus_left = 2,
    erector_spinae_right = 3,
    erector_spinae_left = 4,
    vertebral_body = 5,
    psoas_right = 6,
    psoas_left = 7,
};

/// Every structure except the background, in label order.
inline constexpr std::array kStructures{
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_right,
    Structure::erector_spinae_left,
    Structure::vertebral_body,
    Structure::psoas_right,
    Structure::psoas_left,
};

/// So many of kStructures, the first ones, are outlined by the network. Any further one comes from
/// operators alone, and is not missing where it is not drawn.
inline constexpr std::size_t kNetworkStructures = 7;

constexpr bool is_found_by_network(Structure structure) {
    return static_cast<std::size_t>(structure) <= kNetworkStructures;
}

/// The muscles that make up CSA: bilateral multifidus and erector spinae.
/// Source: Yang et al. 2025, Image analyses, doi:10.3389/fmed.2025.1514894.
inline constexpr std::array kParaspinalMuscles{
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_right,
    Structure::erector_spinae_left,
};

/// One structure per pixel, so that outlines cannot overlap.
using LabelMap = Image<Structure>;

enum class Side { none, right, left };

/// A color of the display, sRGB.
struct Color {
    std::uint8_t red = 255;
    std::uint8_t green = 255;
    std::uint8_t blue = 255;

    friend bool operator==(const Color&, const Color&) = default;
};

/// A muscle or bone, with both sides where it has two. All that names, draws, codes or lists
/// structures walks over these rows, so that a new one is a row here.
struct StructureKind {
    std::string_view name;        ///< "erector_spinae", in files and messages.
    std::string_view short_name;  ///< "es", in columns of `measurements.csv`.
    std::string_view title;       ///< "Erector spinae", in pictures.
    Structure right;              ///< The same as `left` for a structure of the midline.
    Structure left;
    Color right_color;  ///< Of outlines in every picture.
    Color left_color;   ///< The paler one of a pair.
    /// SNOMED CT, as PS3.16 (CID 4031 and others) uses it, without side.
    std::string_view snomed_code;
    std::string_view snomed_meaning;
    /// What ROIs of operators are called, lower case, the shortest first; "" where there are fewer.
    std::array<std::string_view, 4> words;
};

/// All kinds but the background, in label order.
std::span<const StructureKind> structure_kinds();

/// The kind of any structure but the background. Throws Error internal for that.
const StructureKind& kind_of(Structure structure);

/// Whether the kind has a right and a left side.
constexpr bool has_sides(const StructureKind& kind) {
    return kind.right != kind.left;
}

/// Name without side: "multifidus", "erector_spinae", "vertebral_body", "psoas", "background".
std::string_view structure_name(Structure structure);

/// "right", "left", or "" for structures of the midline.
std::string_view side_name(Structure structure);

/// Name with side as used in files and messages: "multifidus_right", "vertebral_body".
std::string_view label_name(Structure structure);

/// Short name with side as in the columns of `measurements.csv`: "mf_right", "vb".
std::string_view short_name(Structure structure);

Side side_of(Structure structure);

/// Color of an outline in every picture, after Okabe and Ito, so that readers with any color vision
/// tell neighbors apart. Source: Wong, Nature Methods 2011, doi:10.1038/nmeth.1618.
Color outline_color(Structure structure);

/// The same structure on the other side; midline structures are their own mirror.
Structure mirrored(Structure structure);

/// True for multifidus and erector spinae of either side.
bool is_paraspinal_muscle(Structure structure);

}  // namespace paraspinal
