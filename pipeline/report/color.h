// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <cstdint>

namespace paraspinal {

struct Color {
    std::uint8_t red = 255;
    std::uint8_t green = 255;
    std::uint8_t blue = 255;
};

/// Color of an outline in every picture, after Okabe and Ito, so that readers with any color vision
/// tell neighbors apart; the left side is the paler one of a pair.
/// Source: Wong, Nature Methods 2011, doi:10.1038/nmeth.1618.
Color outline_color(Structure structure);

/// Of the text and panels of every picture.
inline constexpr Color kBackground{21, 25, 31};
inline constexpr Color kInk{232, 236, 240};
inline constexpr Color kFaintInk{154, 166, 178};
inline constexpr Color kWarning{255, 190, 66};

/// Tint of the fat inside the muscles.
inline constexpr Color kFatColor{0xD5, 0x5E, 0x00};

}  // namespace paraspinal
