// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Cost of the fat stages on a 384 x 384 slice beside one outline inference on the same slice.
#include "pipeline/study/outlines/estimate_intervals.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/epimuscular_fat.h"
#include "segmentation/fat/threshold_fat.h"
#include "segmentation/outline/outline.h"
#include "segmentation/overlap.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <benchmark/benchmark.h>

#include <exception>

namespace {

using namespace paraspinal;

const testing::FatPhantom& phantom() {
    static const testing::FatPhantom drawn = testing::fat_phantom({.size = 384});
    return drawn;
}

void outline_once(benchmark::State& state) {
    OutlineModel model;
    for (auto round : state) {
        try {
            benchmark::DoNotOptimize(model.outline(phantom().slice));
        } catch (const std::exception&) {
            // The drawing may not look like a spine; the inference is what costs.
        }
    }
}

void correct_bias_once(benchmark::State& state) {
    for (auto round : state) {
        benchmark::DoNotOptimize(correct_bias(phantom().slice, {}));
    }
}

void threshold_by_default(benchmark::State& state) {
    for (auto round : state) {
        benchmark::DoNotOptimize(threshold_fat(phantom().slice, phantom().labels, {}));
    }
}

void threshold_by_all_methods(benchmark::State& state) {
    for (auto round : state) {
        benchmark::DoNotOptimize(all_thresholds(phantom().slice, phantom().labels, {}));
    }
}

void analyze_fat_by_default(benchmark::State& state) {
    for (auto round : state) {
        benchmark::DoNotOptimize(analyze_fat(phantom().slice, phantom().labels, {}));
    }
}

void take_epimuscular_fat_away(benchmark::State& state) {
    const auto& [slice, labels, fat] = phantom();
    for (auto round : state) {
        benchmark::DoNotOptimize(without_epimuscular_fat(labels, fat, slice.spacing, {}));
    }
}

void estimate_intervals_once(benchmark::State& state) {
    const auto& [slice, labels, fat] = phantom();
    const Mask muscles = region_mask(labels, regions_of(kParaspinalMuscles).back());
    const RegionDoubt doubt{.border = border_error(kParaspinalRegion), .thresholds = {200}};
    for (auto round : state) {
        benchmark::DoNotOptimize(estimate_intervals(slice, muscles, doubt));
    }
}

BENCHMARK(outline_once)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(correct_bias_once)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(threshold_by_default)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(threshold_by_all_methods)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(analyze_fat_by_default)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(take_epimuscular_fat_away)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(estimate_intervals_once)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
