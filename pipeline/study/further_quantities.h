// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/quantities.h"

#include <optional>
#include <span>

namespace paraspinal {

/// What is told of a slice at the end of measurements.csv: fat of the psoas, ratios of signals, fat
/// in quarters, areas over the height squared. No report, page or model takes them, and none has an
/// interval. Psoas says nothing outside of L3 to L5, where its outlines were not scored
/// (docs/fat.md).
std::span<const Quantity> further_quantities();

/// Height as (0010,1020) states it, in meters: some write centimeters. nullopt for what no adult
/// has (1.0 to 2.5 m).
std::optional<double> adult_height_m(const Patient& patient);

}  // namespace paraspinal
