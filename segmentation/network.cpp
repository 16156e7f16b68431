// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/network.h"

#include "core/error.h"
#include "segmentation/forward_pass_internal.h"
#include "segmentation/give_back.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
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

cv::dnn::Net load_file(const std::filesystem::path& file) {
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
    std::string_view weights;         // Empty: in the file.
    std::filesystem::path file;       // Empty: part of the program.
    std::optional<ForwardPass> pass;  // None before the first use.

    void load() {
        const cv::dnn::Net net = weights.empty()
                                     ? load_file(file)
                                     : cv::dnn::readNetFromONNX(weights.data(), weights.size());
        pass.emplace(net, layout.grid.size);
        give_back_pages(weights);  // The pass has its own.
    }
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
    if (!state_->pass) {
        state_->load();
        give_back_freed();
    }
    const std::span<const float> probabilities = state_->pass->run(input.pixels);
    if (probabilities.size() != layout.channels.size() * input.pixels.size()) {
        throw Error(ErrorCode::internal,
                    state_->description + ": its outputs are not those of its kind");
    }
    std::vector<Image<float>> maps(layout.channels.size(), Image<float>(input.size()));
    auto from = probabilities.begin();
    for (Image<float>& map : maps) {
        std::copy_n(from, map.pixels.size(), map.pixels.begin());
        from += std::ssize(map.pixels);
    }
    return maps;
}

}  // namespace paraspinal
