// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Cost of finding the level, seven sagittal slices of 384 x 384, beside one axial outline.
#include "segmentation/level/find_vertebrae.h"
#include "segmentation/level/vertebra_model.h"
#include "segmentation/outline/outline.h"
#include "tests/segmentation/fat/fat_phantom.h"
#include "tests/segmentation/level/spine_phantom.h"

#include <benchmark/benchmark.h>

namespace {

using namespace paraspinal;

constexpr int kSlices = 7;

const ImageSlice& axial_slice() {
    static const testing::FatPhantom drawn = testing::fat_phantom({.size = 384});
    return drawn.slice;
}

// What is drawn does not matter to the network's cost.
ImageSlice sagittal_slice() {
    ImageSlice slice = axial_slice();
    slice.plane = {.along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
    return slice;
}

void outline_once(benchmark::State& state) {
    OutlineModel model;
    benchmark::DoNotOptimize(model.outline(axial_slice()));
    for (auto round : state) {
        benchmark::DoNotOptimize(model.outline(axial_slice()));
    }
}

void look_at_seven_slices(benchmark::State& state) {
    VertebraModel model;
    const ImageSlice slice = sagittal_slice();
    benchmark::DoNotOptimize(model.look_at(slice));
    for (auto round : state) {
        for (int i = 0; i < kSlices; ++i) {
            benchmark::DoNotOptimize(model.look_at(slice));
        }
    }
}

void name_and_fit(benchmark::State& state) {
    const std::vector<VertebraMap> maps = testing::maps_of({});
    for (auto round : state) {
        benchmark::DoNotOptimize(find_vertebrae(maps));
    }
}

BENCHMARK(outline_once)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(look_at_seven_slices)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(name_and_fit)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
