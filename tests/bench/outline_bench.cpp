// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Seconds that one axial slice of the sample study takes to outline, at the sizes scanners write:
// all of it, and what comes before and after the network's two passes.
#include "core/study.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "segmentation/outline/clean_outlines.h"
#include "segmentation/outline/outline.h"
#include "segmentation/outline/outline_grid.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <filesystem>
#include <stdexcept>
#include <vector>

namespace {

using namespace paraspinal;

constexpr std::size_t kChannels = 9;

ImageSlice sample_slice() {
    const std::filesystem::path folder(PARASPINAL_SOURCE_DIR "/sample_dicom/patient_b");
    const StudyIndex index = find_studies({folder});
    for (const Series& series : index.studies.front().series) {
        const auto& plane = series.slices.front().plane;
        if (plane && std::abs(normal(*plane).z) > 0.7) {
            return read_slice(series.slices.front());
        }
    }
    throw std::runtime_error("sample_dicom/patient_b has no axial slice");
}

// The same field of view on side x side pixels.
ImageSlice enlarged(const ImageSlice& slice, int side) {
    const ImageSize size = slice.intensity.size();
    ImageSlice large{.intensity = Image<float>({.rows = side, .cols = side}),
                     .spacing = {.row_mm = slice.spacing.row_mm * size.rows / side,
                                 .col_mm = slice.spacing.col_mm * size.cols / side},
                     .plane = slice.plane};
    for (int row = 0; row < side; ++row) {
        for (int col = 0; col < side; ++col) {
            large.intensity[{.row = row, .col = col}] =
                slice.intensity[{.row = row * size.rows / side, .col = col * size.cols / side}];
        }
    }
    return large;
}

void outline_all(benchmark::State& state) {
    const ImageSlice slice = enlarged(sample_slice(), static_cast<int>(state.range(0)));
    OutlineModel model;
    benchmark::DoNotOptimize(model.outline(slice));
    for (auto round : state) {
        benchmark::DoNotOptimize(model.outline(slice));
    }
}

void outline_input(benchmark::State& state) {
    const ImageSlice slice = enlarged(sample_slice(), static_cast<int>(state.range(0)));
    for (auto round : state) {
        benchmark::DoNotOptimize(network_input(slice));
    }
}

// Shares of the classes as the network would give them, cut from its own outlines.
void outline_borders(benchmark::State& state) {
    const ImageSlice slice = enlarged(sample_slice(), static_cast<int>(state.range(0)));
    const ImageSlice grid = enlarged(slice, kGridSide);
    const LabelMap labels = OutlineModel().outline(grid).labels;
    std::vector<Image<float>> channels(kChannels, Image<float>(kOutlineGrid.size));
    for (std::size_t pixel = 0; pixel < labels.pixels.size(); ++pixel) {
        channels.at(static_cast<std::size_t>(labels.pixels[pixel])).pixels[pixel] = 1;
    }
    for (auto round : state) {
        benchmark::DoNotOptimize(clean_outlines(labels_on_slice(channels, slice)));
    }
}

// As above, weights loaded first, as they are on first use.
void outline_first(benchmark::State& state) {
    const ImageSlice slice = enlarged(sample_slice(), static_cast<int>(state.range(0)));
    for (auto round : state) {
        benchmark::DoNotOptimize(OutlineModel().outline(slice));
    }
}

BENCHMARK(outline_all)->Arg(320)->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(outline_input)->Arg(320)->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(outline_borders)->Arg(320)->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(outline_first)->Arg(320)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
