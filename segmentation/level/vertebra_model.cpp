// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebra_model.h"

#include "segmentation/network_input_internal.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (segmentation/CMakeLists.txt).
extern "C" const char paraspinal_vertebrae_onnx[];
extern "C" const char paraspinal_vertebrae_onnx_end[];
extern "C" const char paraspinal_vertebrae_json[];
extern "C" const char paraspinal_vertebrae_json_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

// In the order of VertebraClass.
constexpr std::array<std::string_view, kVertebraClasses> kChannelNames{
    "background", "s1", "s2_and_below", "l5", "l4", "l3", "l2", "l1", "thoracic", "disc"};
constexpr NetworkLayout kLayout{.grid = {.size = kSagittalGrid, .pixel_mm = kSagittalPixelMm},
                                .channels = kChannelNames};

// Where the grid lies in the patient: its middle is that of the displayed image.
ImagePlane grid_plane(const ImageFrame& shown) {
    ImagePlane plane = shown.plane;
    const PixelSpacing spacing{.row_mm = kSagittalPixelMm, .col_mm = kSagittalPixelMm};
    const Vec3 middle = patient_from_pixel(
        shown.plane,
        shown.spacing,
        {.row = (shown.size.rows - 1) / 2.0, .col = (shown.size.cols - 1) / 2.0});
    plane.origin_mm = middle;
    plane.origin_mm = patient_from_pixel(
        plane,
        spacing,
        {.row = -(kSagittalGrid.rows - 1) / 2.0, .col = -(kSagittalGrid.cols - 1) / 2.0});
    return plane;
}

bool is_even(const cv::Mat& line) {
    double least = 0;
    double most = 0;
    cv::minMaxLoc(line, &least, &most);
    return least == most;
}

// Without the even margins that some scanners fill an image up with: nothing is seen there.
ImageFrame without_margins(ImageFrame frame, const cv::Mat& image) {
    cv::Rect kept({0, 0}, image.size());
    while (kept.height > 1 && is_even(image.row(kept.y))) {
        ++kept.y;
        --kept.height;
    }
    while (kept.height > 1 && is_even(image.row(kept.br().y - 1))) {
        --kept.height;
    }
    while (kept.width > 1 && is_even(image.col(kept.x))) {
        ++kept.x;
        --kept.width;
    }
    while (kept.width > 1 && is_even(image.col(kept.br().x - 1))) {
        --kept.width;
    }
    frame.plane.origin_mm =
        patient_from_pixel(frame.plane, frame.spacing, {.row = 1.0 * kept.y, .col = 1.0 * kept.x});
    frame.size = {.rows = kept.height, .cols = kept.width};
    return frame;
}

}  // namespace

VertebraModel::VertebraModel()
    : network_({.weights = {&paraspinal_vertebrae_onnx[0], &paraspinal_vertebrae_onnx_end[0]},
                .card = {&paraspinal_vertebrae_json[0], &paraspinal_vertebrae_json_end[0]}},
               kLayout) {}

VertebraModel::VertebraModel(std::filesystem::path onnx_file)
    : network_(std::move(onnx_file), kLayout) {}

VertebraMap VertebraModel::look_at(const ImageSlice& slice) {
    const DisplayOrientation turn = sagittal_display(slice.plane);
    const ImageFrame shown = turned(
        {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()}, turn);
    const cv::Mat_<float> stored(slice.intensity.rows,
                                 slice.intensity.cols,
                                 const_cast<float*>(slice.intensity.pixels.data()));  // NOLINT
    const cv::Mat displayed = turned(stored, turn);
    const NetworkInput input = network_input_on(kLayout.grid, displayed, shown.spacing);
    VertebraMap map{.plane = grid_plane(shown),
                    .image = without_margins(shown, displayed),
                    .brightness = Image<float>(kSagittalGrid)};
    std::ranges::copy(input.values, map.brightness.pixels.begin());
    std::vector<Image<float>> channels = network_.run(map.brightness);
    std::ranges::move(channels, map.probability.begin());
    return map;
}

}  // namespace paraspinal
