// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline.h"

#include "core/error.h"
#include "segmentation/outline/clean_outlines.h"
#include "segmentation/outline/outline_grid.h"
#include "segmentation/outline/seen_part.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <span>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (segmentation/CMakeLists.txt).
extern "C" const char paraspinal_outline_onnx[];
extern "C" const char paraspinal_outline_onnx_end[];
extern "C" const char paraspinal_outline_json[];
extern "C" const char paraspinal_outline_json_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

// Channels of the network: background, the structures in label order, quadratus lumborum. The last
// is a helper that keeps that muscle out of erector spinae; nothing is measured in it.
constexpr std::size_t kChannels = kStructures.size() + 2;
constexpr std::size_t kGridPixels = std::size_t{kGridSide} * kGridSide;

// The channel that a channel becomes when the image is mirrored.
std::size_t mirrored_channel(std::size_t channel) {
    if (channel == 0 || channel > kStructures.size()) {
        return channel;
    }
    return static_cast<std::size_t>(mirrored(static_cast<Structure>(channel)));
}

GridPlane mirrored_plane(const GridPlane& plane) {
    GridPlane mirror(plane.size());
    for (std::size_t row = 0; row < plane.size(); row += kGridSide) {
        const auto begin = plane.begin() + static_cast<std::ptrdiff_t>(row);
        std::reverse_copy(
            begin, begin + kGridSide, mirror.begin() + static_cast<std::ptrdiff_t>(row));
    }
    return mirror;
}

// Mean of the network's own probability over the pixels that it gave to each structure.
std::map<Structure, double> grid_confidence(const std::vector<GridPlane>& channels) {
    std::array<double, kChannels> sum{};
    std::array<double, kChannels> count{};
    for (std::size_t pixel = 0; pixel < channels.front().size(); ++pixel) {
        std::size_t best = 0;
        for (std::size_t channel = 1; channel < kChannels; ++channel) {
            best = channels[channel][pixel] > channels[best][pixel] ? channel : best;
        }
        sum.at(best) += channels[best][pixel];
        count.at(best) += 1;
    }
    std::map<Structure, double> confidence;
    for (const Structure structure : kStructures) {
        const auto channel = static_cast<std::size_t>(structure);
        if (count.at(channel) > 0) {
            confidence[structure] = sum.at(channel) / count.at(channel);
        }
    }
    return confidence;
}

// The network sees black where nothing was seen, and muscle may be black too.
void clear_unseen(LabelMap& labels, const ImagePart& seen) {
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            if (!seen.contains({row, col})) {
                labels[{row, col}] = Structure::background;
            }
        }
    }
}

}  // namespace

struct OutlineModel::Network {
    cv::dnn::Net net;

    // Probabilities of all channels for one input.
    std::vector<GridPlane> run(const GridPlane& input) {
        const std::array<int, 4> shape{1, 1, kGridSide, kGridSide};
        cv::Mat blob(4, shape.data(), CV_32F);
        std::ranges::copy(input, blob.ptr<float>());
        net.setInput(blob);
        const cv::Mat output = net.forward();
        if (output.dims != 4 || output.size[1] != static_cast<int>(kChannels)) {
            throw Error(ErrorCode::internal, "the outlining network has another number of outputs");
        }
        std::vector<GridPlane> channels;
        for (int channel = 0; channel < static_cast<int>(kChannels); ++channel) {
            const std::span values(output.ptr<float>(0, channel), kGridPixels);
            channels.emplace_back(values.begin(), values.end());
        }
        return channels;
    }
};

std::string outline_model_description() {
    const nlohmann::json card =
        nlohmann::json::parse(&paraspinal_outline_json[0], &paraspinal_outline_json_end[0]);
    constexpr std::size_t kShownDigits = 8;
    return card.at("name").get<std::string>() + " " + card.at("version").get<std::string>() + " (" +
           card.at("sha256").get<std::string>().substr(0, kShownDigits) + ")";
}

OutlineModel::OutlineModel() : network_(std::make_unique<Network>()) {
    const char* const begin = &paraspinal_outline_onnx[0];
    network_->net = cv::dnn::readNetFromONNX(
        begin, static_cast<std::size_t>(&paraspinal_outline_onnx_end[0] - begin));
}

OutlineModel::~OutlineModel() = default;
OutlineModel::OutlineModel(OutlineModel&&) noexcept = default;
OutlineModel& OutlineModel::operator=(OutlineModel&&) noexcept = default;

Outlines OutlineModel::outline(const ImageSlice& slice) {
    const GridPlane input = network_input(slice);
    std::vector<GridPlane> channels = network_->run(input);
    // The mean over the image and its mirror image: no side can be preferred, and errors that
    // depend on the side cancel.
    const std::vector<GridPlane> mirror = network_->run(mirrored_plane(input));
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
        const GridPlane other = mirrored_plane(mirror[mirrored_channel(channel)]);
        std::ranges::transform(
            channels[channel], other, channels[channel].begin(), [](float a, float b) {
                return (a + b) / 2;
            });
    }
    LabelMap labels = labels_on_slice(channels, slice);
    clear_unseen(labels, seen_part(slice.intensity));
    return {.labels = clean_outlines(labels), .confidence = grid_confidence(channels)};
}

}  // namespace paraspinal
