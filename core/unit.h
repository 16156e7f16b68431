// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace paraspinal {

/// What a number is counted in, and how many digits after the point it is written with: the same
/// in every table, file and picture. In files an area is exact to the pixel down to a pixel side of
/// 0.35 mm, and all are finer than any difference between two readers.
struct Unit {
    std::string_view text;     ///< For people: "cm²"; empty for a plain number.
    std::string_view ascii;    ///< The same where letters must be ASCII: "cm2".
    std::string_view ucum;     ///< Code of the Unified Code for Units of Measure.
    std::string_view meaning;  ///< Meaning of that code.
    int decimals = 0;          ///< In files.
    int shown_decimals = 0;    ///< On terminals and pictures.
};

inline constexpr Unit kUnitCm2{.text = "cm²",
                               .ascii = "cm2",
                               .ucum = "cm2",
                               .meaning = "square centimeter",
                               .decimals = 3,
                               .shown_decimals = 2};
inline constexpr Unit kUnitPercent{.text = "%",
                                   .ascii = "%",
                                   .ucum = "%",
                                   .meaning = "Percent",
                                   .decimals = 2,
                                   .shown_decimals = 1};
inline constexpr Unit kUnitRatio{.text = "",
                                 .ascii = "",
                                 .ucum = "{ratio}",
                                 .meaning = "ratio",
                                 .decimals = 3,
                                 .shown_decimals = 2};
/// Of slices and endplates.
inline constexpr Unit kUnitMm{.text = "mm",
                              .ascii = "mm",
                              .ucum = "mm",
                              .meaning = "millimeter",
                              .decimals = 2,
                              .shown_decimals = 1};
inline constexpr Unit kUnitDegrees{.text = "degrees",
                                   .ascii = "degrees",
                                   .ucum = "deg",
                                   .meaning = "degree",
                                   .decimals = 2,
                                   .shown_decimals = 1};
/// From 0 to 1.
inline constexpr Unit kUnitConfidence{.text = "",
                                      .ascii = "",
                                      .ucum = "{ratio}",
                                      .meaning = "ratio",
                                      .decimals = 3,
                                      .shown_decimals = 2};

}  // namespace paraspinal
