// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/read_slice.h"

#include "core/error.h"
#include "io/dicom/intensity.h"
#include "io/file_scan.h"
#include "io/nifti/scan.h"
#include "io/nifti/volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

namespace paraspinal {
namespace {

void check_size(ImageSize size) {
    const auto [shorter, longer] = std::minmax(size.rows, size.cols);
    const std::string stated = "the image has " + std::to_string(size.rows) + " x " +
                               std::to_string(size.cols) + " pixels";
    if (shorter < kMinSidePixels) {
        throw Error(ErrorCode::image_too_small,
                    stated + ", fewer than " + std::to_string(kMinSidePixels) +
                        " a side; choose a full image, not a thumbnail");
    }
    if (longer > kMaxSidePixels) {
        throw Error(ErrorCode::image_too_large,
                    stated + ", more than " + std::to_string(kMaxSidePixels) +
                        " a side; the header is probably damaged");
    }
}

void check_geometry(const std::optional<PixelSpacing>& spacing,
                    const std::optional<ImagePlane>& plane) {
    if (!spacing) {
        throw Error(ErrorCode::missing_pixel_spacing,
                    "its PixelSpacing is absent, malformed or not above zero, so that areas cannot "
                    "be measured; export the original images");
    }
    if (!plane) {
        throw Error(ErrorCode::missing_geometry,
                    "its position or orientation in the patient is absent or malformed; export the "
                    "original images");
    }
}

// NIfTI files may hold NaN outside the body; a rescale may overflow.
void replace_non_finite(Image<float>& image) {
    float smallest = std::numeric_limits<float>::max();
    for (const float value : image.pixels) {
        smallest = std::isfinite(value) ? std::min(smallest, value) : smallest;
    }
    std::replace_if(
        image.pixels.begin(),
        image.pixels.end(),
        [](float value) { return !std::isfinite(value); },
        smallest);
}

// Resampling and rotating leave rows or corners that hold no image, most often without saying so.
// They would be what brightness counts from. They are few, and far darker than all the rest; of
// 3,302 slices of the development images none has such pixels.
constexpr double kMostPadding = 0.02;      // Of the pixels.
constexpr double kLeastPaddingStep = 0.2;  // Of the way from the darkest value to the brightest.

// The smallest value that is not padding; nothing is padding where that is the darkest.
float darkest_of_image(const Image<float>& image) {
    constexpr std::size_t kBins = 64;
    const auto [darkest, brightest] = std::ranges::minmax(image.pixels);
    const double step = (static_cast<double>(brightest) - darkest) / kBins;
    const double most = kMostPadding * static_cast<double>(image.pixels.size());
    std::array<std::size_t, kBins> counts{};
    std::array<float, kBins> least{};
    least.fill(brightest);
    for (const float value : image.pixels) {
        const double above = static_cast<double>(value) - darkest;
        const auto place = static_cast<std::size_t>(step > 0 ? above / step : 0);
        const std::size_t bin = std::min(place, kBins - 1);
        ++counts.at(bin);
        least.at(bin) = std::min(least.at(bin), value);
    }
    std::size_t below = 0;
    std::size_t last = 0;  // The last bin that holds something.
    for (std::size_t bin = 0; bin < kBins && static_cast<double>(below) <= most; ++bin) {
        if (counts.at(bin) == 0) {
            continue;
        }
        if (static_cast<double>(bin - last) > kLeastPaddingStep * kBins) {
            return least.at(bin);
        }
        last = bin;
        below += counts.at(bin);
    }
    return darkest;
}

void replace_undeclared_padding(Image<float>& image) {
    const float darkest = darkest_of_image(image);
    std::ranges::for_each(image.pixels,
                          [darkest](float& value) { value = std::max(value, darkest); });
}

}  // namespace

void check_slice(ImageSize size,
                 const std::optional<PixelSpacing>& spacing,
                 const std::optional<ImagePlane>& plane) {
    check_size(size);
    check_geometry(spacing, plane);
}

ImageSlice read_slice(const SliceHeader& slice) {
    return within("file " + slice.file.string(), [&] {
        check_slice(slice.size, slice.spacing, slice.plane);
        ImageSlice read;
        read.spacing = *slice.spacing;
        read.plane = *slice.plane;
        read.intensity = has_nifti_name(slice.file) ? read_nifti_plane(slice.file, slice.frame)
                                                    : dicom::read_intensity(slice);
        replace_non_finite(read.intensity);
        replace_undeclared_padding(read.intensity);
        return read;
    });
}

}  // namespace paraspinal
