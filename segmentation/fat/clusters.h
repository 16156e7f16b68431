// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace paraspinal {

/// Pixels of (almost) the same brightness.
struct Tally {
    double value = 0;  ///< Their mean.
    double pixels = 0;
};

/// `sorted` (ascending, not all alike) in at most 512 tallies of equal width, darkest first, which
/// is as good as the pixels themselves for finding classes and much quicker.
std::vector<Tally> tallied(const std::vector<double>& sorted);

/// A group of brightnesses: one Gaussian of a mixture, or the members of one cluster.
struct BrightnessClass {
    double mean = 0;
    double deviation = 0;
    double share = 0;  ///< Of all pixels, [0, 1].
};

/// k-means, darkest class first. Deterministic: starts from the middles of `count` equal parts of
/// the range and moves until nothing changes.
std::vector<BrightnessClass> kmeans_classes(const std::vector<Tally>& tallies, int count);

/// Gaussian mixture by expectation maximization, started from kmeans_classes; darkest first.
std::vector<BrightnessClass> gaussian_classes(const std::vector<Tally>& tallies, int count);

/// Where a value belongs to the brighter of two neighboring clusters as much as to the darker.
double kmeans_border(const BrightnessClass& dark, const BrightnessClass& bright);

/// As kmeans_border, for Gaussians: equal weighted densities between the two means; the brighter
/// mean when the brighter class never wins between them.
double gaussian_border(const BrightnessClass& dark, const BrightnessClass& bright);

/// Ashman's D, the distance of two Gaussians in units of their spread; above 2 they are separate.
/// Source: Ashman, Bird, Zepf 1994, doi:10.1086/117248.
double ashman_d(const BrightnessClass& dark, const BrightnessClass& bright);

/// By how much two Gaussians describe the pixels better than one, as the difference of the Bayesian
/// information criterion per pixel; not positive: one is enough.
double two_class_gain(const std::vector<Tally>& tallies,
                      const std::vector<BrightnessClass>& two_classes);

}  // namespace paraspinal
