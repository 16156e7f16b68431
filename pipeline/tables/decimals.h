// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// Digits after the point, the same in every table and file: an area is exact to the pixel down to
/// a pixel side of 0.35 mm, and all are finer than any difference between two readers.
inline constexpr int kAreaDecimals = 3;        ///< cm2
inline constexpr int kPercentDecimals = 2;     ///< FDR, asymmetry, risk
inline constexpr int kRatioDecimals = 3;       ///< CSA / VB
inline constexpr int kDistanceDecimals = 2;    ///< Slice offset in mm, tilt in degrees.
inline constexpr int kConfidenceDecimals = 3;  ///< [0, 1]

}  // namespace paraspinal
