// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebra_model.h"

#include "core/error.h"
#include "segmentation/network_input_internal.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (segmentation/CMakeLists.txt).
extern "C" const char paraspinal_vertebrae_onnx[];
extern "C" const char paraspinal_vertebrae_onnx_end[];
extern "C" const char paraspinal_vertebrae_json[];
extern "C" const char paraspinal_vertebrae_json_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

constexpr NetworkGrid kGrid{.size = kSagittalGrid, .pixel_mm = kSagittalPixelMm};

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

cv::dnn::Net load(const std::filesystem::path& file) {
    if (file.empty()) {
        const char* const begin = &paraspinal_vertebrae_onnx[0];
        return cv::dnn::readNetFromONNX(
            begin, static_cast<std::size_t>(&paraspinal_vertebrae_onnx_end[0] - begin));
    }
    if (!std::filesystem::exists(file)) {
        throw Error(ErrorCode::input_not_found, "there is no model " + file.string());
    }
    try {
        return cv::dnn::readNetFromONNX(file.string());
    } catch (const cv::Exception&) {
        throw Error(ErrorCode::malformed_file, file.string() + " is no ONNX model");
    }
}

}  // namespace

std::string vertebra_model_description() {
    const nlohmann::json card =
        nlohmann::json::parse(&paraspinal_vertebrae_json[0], &paraspinal_vertebrae_json_end[0]);
    constexpr std::size_t kShownDigits = 8;
    return card.at("name").get<std::string>() + " " + card.at("version").get<std::string>() + " (" +
           card.at("sha256").get<std::string>().substr(0, kShownDigits) + ")";
}

struct VertebraModel::Network {
    std::filesystem::path file;  // Empty: built in.
    cv::dnn::Net net;

    cv::Mat run(const cv::Mat_<float>& values) {
        if (net.empty()) {
            net = load(file);
        }
        const std::array<int, 4> shape{1, 1, values.rows, values.cols};
        cv::Mat blob(4, shape.data(), CV_32F);
        std::ranges::copy(values, blob.ptr<float>());
        net.setInput(blob);
        cv::Mat output = net.forward();
        const std::array<int, 4> expected{1, kVertebraClasses, values.rows, values.cols};
        if (output.dims != 4 || !std::ranges::equal(expected, std::span(output.size.p, 4))) {
            throw Error(ErrorCode::internal, "the vertebra network has another shape of output");
        }
        return output;
    }
};

VertebraModel::VertebraModel() : network_(std::make_unique<Network>()) {}
VertebraModel::VertebraModel(std::filesystem::path onnx_file)
    : network_(std::make_unique<Network>()) {
    network_->file = std::move(onnx_file);
}
VertebraModel::~VertebraModel() = default;
VertebraModel::VertebraModel(VertebraModel&&) noexcept = default;
VertebraModel& VertebraModel::operator=(VertebraModel&&) noexcept = default;

VertebraMap VertebraModel::look_at(const ImageSlice& slice) {
    const DisplayOrientation turn = sagittal_display(slice.plane);
    const ImageFrame shown = turned(
        {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()}, turn);
    const cv::Mat_<float> stored(slice.intensity.rows,
                                 slice.intensity.cols,
                                 const_cast<float*>(slice.intensity.pixels.data()));  // NOLINT
    const NetworkInput input = network_input_on(kGrid, turned(stored, turn), shown.spacing);
    const cv::Mat output = network_->run(input.values);

    VertebraMap map{.plane = grid_plane(shown), .brightness = Image<float>(kSagittalGrid)};
    std::ranges::copy(input.values, map.brightness.pixels.begin());
    for (int channel = 0; channel < kVertebraClasses; ++channel) {
        Image<float>& plane = map.probability.at(static_cast<std::size_t>(channel));
        plane = Image<float>(kSagittalGrid);
        std::memcpy(plane.pixels.data(),
                    output.ptr<float>(0, channel),
                    plane.pixels.size() * sizeof(float));
    }
    return map;
}

}  // namespace paraspinal
