// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/points_score.h"

#include <string>
#include <string_view>

namespace paraspinal {

/// Whether the file of this path says that it is the card of a score; no for one that cannot be
/// read, and for the name of a built-in model.
bool is_points_score(const std::string& path);

/// The card in the file of this path. No score is built in: points are shipped only by who has read
/// their source in full. Throws Error unreadable_file, or malformed_file as parse_points_score.
PointsScore load_points_score(const std::string& path);

/// The card in `json`. Throws Error malformed_file naming the field: "items[2].points[0].points:
/// must be a number"; also where `source.read_in_full` is not true.
PointsScore parse_points_score(std::string_view json);

}  // namespace paraspinal
