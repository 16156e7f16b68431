// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace paraspinal {

/// The brightness of lean muscle and of pure fat on one slice.
struct FatScale {
    double lean = 0;
    double fat = 1;
};

/// Fat fraction of a pixel by its place between lean muscle and fat, on the scale of a fat-fraction
/// image (PDFF), [0, 1]. Lean muscle has 6 % of fat there, and pure fat gives three times its
/// signal, so that a pixel that fat fills by a quarter has a fraction of one half. Both constants
/// come from the Dixon images of docs/fat.md.
double fat_fraction(const FatScale& scale, double value);

/// The mean over `values` in percent, [0, 100]; they must not be empty.
double fat_fraction_pct(const FatScale& scale, const std::vector<double>& values);

}  // namespace paraspinal
