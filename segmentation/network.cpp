// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/network.h"

#include "core/error.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace paraspinal {
namespace {

void check_layout(const nlohmann::json& card, const NetworkLayout& layout) {
    const NetworkGrid grid{.size = {.rows = card.at("grid_rows").get<int>(),
                                    .cols = card.at("grid_columns").get<int>()},
                           .pixel_mm = card.at("pixel_mm").get<double>()};
    const auto channels = card.at("channels").get<std::vector<std::string>>();
    if (grid != layout.grid || !std::ranges::equal(channels, layout.channels)) {
        throw Error(ErrorCode::internal,
                    "the card of a network names another grid or other channels than the program "
                    "knows");
    }
}

std::string checked_description(std::string_view card_text, const NetworkLayout& layout) {
    constexpr std::size_t kShownDigits = 8;
    try {
        const nlohmann::json card = nlohmann::json::parse(card_text);
        check_layout(card, layout);
        return card.at("name").get<std::string>() + " " + card.at("version").get<std::string>() +
               " (" + card.at("sha256").get<std::string>().substr(0, kShownDigits) + ")";
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorCode::internal,
                    std::string("the card of a network is not complete: ") + error.what());
    }
}

cv::dnn::Net load(const std::filesystem::path& file) {
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

struct Network::State {
    NetworkLayout layout;
    std::string description;
    std::string_view weights;    // Empty: in the file.
    std::filesystem::path file;  // Empty: part of the program.
    cv::dnn::Net net;
};

Network::Network(const NetworkFiles& files, const NetworkLayout& layout)
    : state_(std::make_unique<State>(State{.layout = layout,
                                           .description = checked_description(files.card, layout),
                                           .weights = files.weights})) {}

Network::Network(std::filesystem::path onnx_file, const NetworkLayout& layout)
    : state_(std::make_unique<State>(State{.layout = layout,
                                           .description = onnx_file.filename().string(),
                                           .file = std::move(onnx_file)})) {}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

const std::string& Network::description() const {
    return state_->description;
}

std::vector<Image<float>> Network::run(const Image<float>& input) {
    const NetworkLayout& layout = state_->layout;
    if (input.size() != layout.grid.size) {
        throw Error(ErrorCode::internal, state_->description + ": the image is not on its grid");
    }
    cv::dnn::Net& net = state_->net;
    if (net.empty()) {
        net = state_->weights.empty()
                  ? load(state_->file)
                  : cv::dnn::readNetFromONNX(state_->weights.data(), state_->weights.size());
    }
    const std::array<int, 4> shape{1, 1, input.rows, input.cols};
    cv::Mat blob(4, shape.data(), CV_32F);
    std::ranges::copy(input.pixels, blob.ptr<float>());
    net.setInput(blob);
    const cv::Mat output = net.forward();
    const auto channels = static_cast<int>(layout.channels.size());
    const std::array<int, 4> expected{1, channels, input.rows, input.cols};
    if (output.dims != 4 || !std::ranges::equal(expected, std::span(output.size.p, 4))) {
        throw Error(ErrorCode::internal,
                    state_->description + ": its outputs are not those of its kind");
    }
    std::vector<Image<float>> maps(layout.channels.size(), Image<float>(input.size()));
    for (int channel = 0; channel < channels; ++channel) {
        Image<float>& map = maps[static_cast<std::size_t>(channel)];
        std::copy_n(output.ptr<float>(0, channel), map.pixels.size(), map.pixels.begin());
    }
    return maps;
}

}  // namespace paraspinal
