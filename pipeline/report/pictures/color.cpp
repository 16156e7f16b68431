// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/color.h"

#include <cmath>

namespace paraspinal {
namespace {

// IEC 61966-2-1, 4.4.
double linear(std::uint8_t stored) {
    const double value = stored / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// ISO 11664-4, of a share of the white.
double lab_part(double share) {
    constexpr double kLinearBelow = 216.0 / 24389;
    constexpr double kSlope = 24389.0 / 27;
    return share > kLinearBelow ? std::cbrt(share) : (kSlope * share + 16) / 116;
}

std::uint16_t stored(double value, double low, double high) {
    constexpr double kMost = 65535;
    return static_cast<std::uint16_t>(std::lround((value - low) / (high - low) * kMost));
}

}  // namespace

std::array<std::uint16_t, 3> dicom_cielab(const Color& color) {
    const double red = linear(color.red);
    const double green = linear(color.green);
    const double blue = linear(color.blue);
    // sRGB to XYZ, adapted from D65 to D50 after Bradford (ICC.1:2010, annex E), over the white.
    const double x = (0.4360747 * red + 0.3850649 * green + 0.1430804 * blue) / 0.96422;
    const double y = 0.2225045 * red + 0.7168786 * green + 0.0606169 * blue;
    const double z = (0.0139322 * red + 0.0971045 * green + 0.7141733 * blue) / 0.82521;
    constexpr double kLow = -128;
    constexpr double kHigh = 127;
    return {stored(116 * lab_part(y) - 16, 0, 100),
            stored(500 * (lab_part(x) - lab_part(y)), kLow, kHigh),
            stored(200 * (lab_part(y) - lab_part(z)), kLow, kHigh)};
}

}  // namespace paraspinal
