// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace paraspinal::testing {

/// An axial plane, turned about the left-right axis.
inline ImagePlane axial(double tilt_deg = 0) {
    const double tilt = tilt_deg * std::numbers::pi / 180;
    return {.along_columns = {1, 0, 0}, .along_rows = {0, std::cos(tilt), std::sin(tilt)}};
}

/// A plain axial T2 turbo spin echo slice.
inline SliceHeader plain_slice() {
    SliceHeader slice;
    slice.size = {.rows = 320, .cols = 320};
    slice.spacing = PixelSpacing{.row_mm = 0.6, .col_mm = 0.6};
    slice.plane = axial();
    slice.acquisition.modality = "MR";
    slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "M"};
    slice.acquisition.scanning_sequence = {"SE"};
    slice.acquisition.repetition_time_ms = 4000;
    slice.acquisition.echo_time_ms = 100;
    slice.acquisition.slice_thickness_mm = 4;
    return slice;
}

/// A series of one slice.
inline Series series_of(SliceHeader slice, std::string description = "") {
    Series series;
    series.description = std::move(description);
    series.slices = {std::move(slice)};
    return series;
}

}  // namespace paraspinal::testing
