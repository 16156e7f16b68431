// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/read_slice.h"

#include "core/error.h"
#include "io/dicom/intensity.h"
#include "io/file_scan.h"
#include "io/nifti/scan.h"
#include "io/nifti/volume.h"

#include <algorithm>
#include <cmath>
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
        return read;
    });
}

}  // namespace paraspinal
