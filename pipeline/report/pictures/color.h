// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <array>
#include <cstdint>

namespace paraspinal {

/// A color as DICOM writes colors of display: PCS values of CIELab under D50, L* 0 to 100
/// and a*, b* -128 to 127 as 0 to 65535. Source: PS3.3 C.10.7.1.1; IEC 61966-2-1 for sRGB.
std::array<std::uint16_t, 3> dicom_cielab(const Color& color);

/// Of the text and panels of every picture.
inline constexpr Color kBackground{21, 25, 31};
inline constexpr Color kInk{232, 236, 240};
inline constexpr Color kFaintInk{154, 166, 178};
inline constexpr Color kWarning{255, 190, 66};

/// Tint of the fat inside the muscles.
inline constexpr Color kFatColor{0xD5, 0x5E, 0x00};

}  // namespace paraspinal
