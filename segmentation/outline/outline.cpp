// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline.h"

#include "segmentation/outline/clean_outlines.h"
#include "segmentation/outline/outline_grid.h"
#include "segmentation/outline/seen_part.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (segmentation/CMakeLists.txt).
extern "C" const char paraspinal_outline_onnx[];
extern "C" const char paraspinal_outline_onnx_end[];
extern "C" const char paraspinal_outline_json[];
extern "C" const char paraspinal_outline_json_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

// Background, the structures in label order, quadratus lumborum. The last is a helper that keeps
// that muscle out of erector spinae; nothing is measured in it.
constexpr std::array<std::string_view, kNetworkStructures + 2> kChannelNames{"background",
                                                                             "mf_right",
                                                                             "mf_left",
                                                                             "es_right",
                                                                             "es_left",
                                                                             "vertebral_body",
                                                                             "psoas_right",
                                                                             "psoas_left",
                                                                             "quadratus_lumborum"};
constexpr std::size_t kChannels = kChannelNames.size();

// The channel that a channel becomes when the image is mirrored.
std::size_t mirrored_channel(std::size_t channel) {
    if (channel == 0 || channel > kNetworkStructures) {
        return channel;
    }
    return static_cast<std::size_t>(mirrored(static_cast<Structure>(channel)));
}

Image<float> mirrored_image(const Image<float>& image) {
    Image<float> mirror(image.size());
    for (int row = 0; row < image.rows; ++row) {
        const auto begin = image.pixels.begin() + std::ptrdiff_t{row} * image.cols;
        std::reverse_copy(
            begin, begin + image.cols, mirror.pixels.begin() + std::ptrdiff_t{row} * image.cols);
    }
    return mirror;
}

// Mean of the network's own probability over the pixels that it gave to each structure.
std::map<Structure, double> grid_confidence(const std::vector<Image<float>>& channels) {
    std::array<double, kChannels> sum{};
    std::array<double, kChannels> count{};
    for (std::size_t pixel = 0; pixel < channels.front().pixels.size(); ++pixel) {
        std::size_t best = 0;
        for (std::size_t channel = 1; channel < kChannels; ++channel) {
            best = channels[channel].pixels[pixel] > channels[best].pixels[pixel] ? channel : best;
        }
        sum.at(best) += channels[best].pixels[pixel];
        count.at(best) += 1;
    }
    std::map<Structure, double> confidence;
    for (const Structure structure : kStructures) {
        const auto channel = static_cast<std::size_t>(structure);
        if (is_found_by_network(structure) && count.at(channel) > 0) {
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

OutlineModel::OutlineModel()
    : network_({.weights = {&paraspinal_outline_onnx[0], &paraspinal_outline_onnx_end[0]},
                .card = {&paraspinal_outline_json[0], &paraspinal_outline_json_end[0]}},
               {.grid = kOutlineGrid, .channels = kChannelNames}) {}

Outlines OutlineModel::outline(const ImageSlice& slice) {
    const Image<float> input = network_input(slice);
    std::vector<Image<float>> channels = network_.run(input);
    // The mean over the image and its mirror image: no side can be preferred, and errors that
    // depend on the side cancel.
    const std::vector<Image<float>> mirror = network_.run(mirrored_image(input));
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
        const Image<float> other = mirrored_image(mirror[mirrored_channel(channel)]);
        std::vector<float>& pixels = channels[channel].pixels;
        std::ranges::transform(
            pixels, other.pixels, pixels.begin(), [](float a, float b) { return (a + b) / 2; });
    }
    LabelMap labels = labels_on_slice(channels, slice);
    clear_unseen(labels, seen_part(slice.intensity));
    return {.labels = clean_outlines(labels), .confidence = grid_confidence(channels)};
}

}  // namespace paraspinal
