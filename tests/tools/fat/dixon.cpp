// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/fat/dixon.h"

#include <itkImageFileReader.h>
#include <itkNiftiImageIOFactory.h>

#include <algorithm>
#include <array>

namespace paraspinal::evaluation {
namespace {

using Volume = itk::Image<float, 3>;

// In the order of the label values of the files.
constexpr std::array kLabels{
    Structure::background,
    Structure::erector_spinae_right,
    Structure::multifidus_right,
    Structure::multifidus_left,
    Structure::erector_spinae_left,
};

Volume::Pointer read_volume(const std::filesystem::path& file) {
    itk::NiftiImageIOFactory::RegisterOneFactory();
    auto reader = itk::ImageFileReader<Volume>::New();
    reader->SetFileName(file.string());
    reader->Update();
    return reader->GetOutput();
}

Vec3 column_of(const Volume& volume, unsigned axis) {
    const auto& direction = volume.GetDirection();
    return {.x = direction[0][axis], .y = direction[1][axis], .z = direction[2][axis]};
}

DixonSlice slice_at(const Volume& water, const Volume& fat, const Volume& labels, int index) {
    const auto size = water.GetLargestPossibleRegion().GetSize();
    const ImageSize extent{.rows = static_cast<int>(size[1]), .cols = static_cast<int>(size[0])};
    DixonSlice slice{.water = Image<float>(extent),
                     .fat = Image<float>(extent),
                     .labels = LabelMap(extent),
                     .spacing = {.row_mm = water.GetSpacing()[1], .col_mm = water.GetSpacing()[0]},
                     .plane = {.origin_mm = {},
                               .along_columns = column_of(water, 0),
                               .along_rows = column_of(water, 1)}};
    for (int row = 0; row < extent.rows; ++row) {
        for (int col = 0; col < extent.cols; ++col) {
            const Volume::IndexType at{{col, row, index}};
            const PixelIndex pixel{.row = row, .col = col};
            slice.water[pixel] = water.GetPixel(at);
            slice.fat[pixel] = fat.GetPixel(at);
            slice.labels[pixel] = kLabels.at(static_cast<std::size_t>(labels.GetPixel(at)));
        }
    }
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
    const auto water = read_volume(folder / (subject + "_water.nii.gz"));
    const auto fat = read_volume(folder / (subject + "_fat.nii.gz"));
    const auto labels = read_volume(folder / (subject + "_labels.nii.gz"));
    const auto count = static_cast<int>(water->GetLargestPossibleRegion().GetSize()[2]);
    std::vector<DixonSlice> slices;
    for (int index = 0; index < count; index += step) {
        DixonSlice slice = slice_at(*water, *fat, *labels, index);
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
