// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// The point below which `share` of the standard normal distribution lies, to about 1e-16 of it;
/// `share` between 0 and 1, both excluded.
/// Source: Wichura 1988, algorithm AS 241 (PPND16), doi:10.2307/2347330.
double normal_quantile(double share);

/// The share of the standard normal distribution that lies below `z`.
double normal_cdf(double z);

/// How many standard deviations the middle `coverage` of a normal distribution reaches to either
/// side of its mean: 1.96 for 0.95, 1.64 for 0.90.
double normal_reach(double coverage);

}  // namespace paraspinal
