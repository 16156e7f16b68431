// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/dixon.h"

#include "io/nifti/volume.h"

#include <algorithm>
#include <array>

namespace paraspinal::evaluation {
namespace {

// In the order of the label values of the files.
constexpr std::array kLabels{
    Structure::background,
    Structure::erector_spinae_right,
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_left,
};

DixonSlice slice_at(const std::filesystem::path& folder, const std::string& subject, int index) {
    const auto read = [&](const char* what) {
        return read_nifti_plane(folder / (subject + what), index);
    };
    const NiftiVolume volume = read_nifti_header(folder / (subject + "_water.nii.gz"));
    const Image<float> values = read("_labels.nii.gz");
    DixonSlice slice{.water = read("_water.nii.gz"),
                     .fat = read("_fat.nii.gz"),
                     .labels = LabelMap(volume.size),
                     .spacing = volume.spacing.value(),
                     .plane = volume.first_plane.value()};
    slice.plane.origin_mm = {};
    std::ranges::transform(values.pixels, slice.labels.pixels.begin(), [](float value) {
        return kLabels.at(static_cast<std::size_t>(value));
    });
    return slice;
}

}  // namespace

double fat_fraction(const DixonSlice& slice, std::size_t pixel) {
    const double fat = slice.fat.pixels[pixel];
    const double both = fat + slice.water.pixels[pixel];
    return both > 0 ? fat / both : 0;
}

double fat_volume(const DixonSlice& slice, std::size_t pixel) {
    const double fat = slice.fat.pixels[pixel];
    const double both = fat + slice.fat_over_lean * slice.water.pixels[pixel];
    return both > 0 ? fat / both : 0;
}

double mean_fraction_pct(const DixonSlice& slice) {
    double muscle = 0;
    double sum = 0;
    for (std::size_t i = 0; i < slice.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(slice.labels.pixels[i])) {
            muscle += 1;
            sum += fat_fraction(slice, i);
        }
    }
    return 100 * sum / muscle;
}

std::vector<DixonSlice> read_dixon(const std::filesystem::path& folder,
                                   const std::string& subject,
                                   int step) {
    const int count = read_nifti_header(folder / (subject + "_water.nii.gz")).slices;
    std::vector<DixonSlice> slices;
    for (int index = 0; index < count; index += step) {
        DixonSlice slice = slice_at(folder, subject, index);
        const bool complete = std::ranges::all_of(kParaspinalMuscles, [&](Structure muscle) {
            constexpr int kLeastPixels = 100;
            return std::ranges::count(slice.labels.pixels, muscle) >= kLeastPixels;
        });
        if (complete) {
            slices.push_back(std::move(slice));
        }
    }
    return slices;
}

}  // namespace paraspinal::evaluation
