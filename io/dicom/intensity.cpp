// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/intensity.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom/frames.h"
#include "io/dicom/kind.h"
#include "io/dicom/pixels.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::dicom {
namespace {

// PS3.3 C.11.1: modality value = slope x stored + intercept.
struct Rescale {
    double slope = 1;
    double intercept = 0;
};

Rescale read_rescale(DcmItem& item) {
    Rescale rescale;
    for (const DcmTagKey& tag : {DCM_RescaleSlope, DCM_RescaleIntercept}) {
        if (is_stated(item, tag) && !text(item, tag).empty() && !number(item, tag)) {
            throw Error(ErrorCode::malformed_file,
                        "its rescale slope or intercept is no number, so that its values are not "
                        "known; export the original images");
        }
    }
    rescale.slope = number(item, DCM_RescaleSlope).value_or(1);
    rescale.intercept = number(item, DCM_RescaleIntercept).value_or(0);
    if (rescale.slope == 0) {
        throw Error(ErrorCode::malformed_file, "its rescale slope is zero");
    }
    return rescale;
}

Rescale rescale_of_frame(DcmItem& dataset, int frame) {
    const std::vector<FrameGroups> groups = functional_groups(dataset);
    if (groups.empty()) {
        return read_rescale(dataset);
    }
    DcmItem* const transformation = group_item(groups.at(static_cast<std::size_t>(frame)),
                                               DCM_PixelValueTransformationSequence);
    return transformation != nullptr ? read_rescale(*transformation) : Rescale{};
}

// Stored values from..to (either order) mean "no image here" (PS3.3 C.7.5.1.1.2).
struct Padding {
    std::int64_t from = 0;
    std::int64_t to = 0;
    [[nodiscard]] bool contains(std::int64_t value) const { return value >= from && value <= to; }
};

// The element has 16 bits whose sign is that of the pixels; implicit files and careless writers
// give it as unsigned.
std::int64_t with_sign_of_pixels(int value, const SampleFormat& format) {
    constexpr int kRange = 1 << 16;
    if (format.is_signed && value >= kRange / 2) {
        return value - kRange;
    }
    return !format.is_signed && value < 0 ? value + kRange : value;
}

std::optional<Padding> read_padding(DcmItem& dataset, const SampleFormat& format) {
    const std::optional<int> value = whole_number(dataset, DCM_PixelPaddingValue);
    if (!value) {
        return std::nullopt;
    }
    const std::int64_t first = with_sign_of_pixels(*value, format);
    const std::int64_t last = with_sign_of_pixels(
        whole_number(dataset, DCM_PixelPaddingRangeLimit).value_or(*value), format);
    return Padding{.from = std::min(first, last), .to = std::max(first, last)};
}

// Mirrors the range of stored values, so that white becomes black.
void turn_round(std::vector<std::int64_t>& values, const SampleFormat& format) {
    const std::int64_t lowest_plus_highest =
        format.is_signed ? -1 : (std::int64_t{1} << format.bits_stored) - 1;
    for (std::int64_t& value : values) {
        value = lowest_plus_highest - value;
    }
}

// An image of padding alone keeps its values: there is no real one to take.
void replace_padding(std::vector<float>& pixels, const std::vector<bool>& is_padding) {
    std::optional<float> smallest;
    for (std::size_t pixel = 0; pixel < pixels.size(); ++pixel) {
        if (!is_padding[pixel]) {
            smallest = std::min(smallest.value_or(pixels[pixel]), pixels[pixel]);
        }
    }
    for (std::size_t pixel = 0; smallest && pixel < pixels.size(); ++pixel) {
        if (is_padding[pixel]) {
            pixels[pixel] = *smallest;
        }
    }
}

void check_against_file(const SliceHeader& slice, DcmItem& dataset) {
    const ImageSize size{.rows = whole_number(dataset, DCM_Rows).value_or(0),
                         .cols = whole_number(dataset, DCM_Columns).value_or(0)};
    const int frames = whole_number(dataset, DCM_NumberOfFrames).value_or(1);
    if (size != slice.size || slice.frame < 0 || slice.frame >= std::max(frames, 1)) {
        throw Error(ErrorCode::malformed_file, "it has changed since its header was read");
    }
}

}  // namespace

Image<float> read_intensity(const SliceHeader& slice) {
    const OpenFile opened = open_file_with_pixels(slice.file);
    DcmDataset& dataset = opened.dataset();
    if (const auto refusal = encoding_refusal(opened)) {
        throw Error(refusal->code, refusal->reason);
    }
    check_against_file(slice, dataset);
    const SampleFormat format = read_sample_format(dataset);
    const Rescale rescale = rescale_of_frame(dataset, slice.frame);
    const std::optional<Padding> padding = read_padding(dataset, format);

    std::vector<std::int64_t> values = read_stored_values(opened, slice, format);
    std::vector<bool> is_padding(values.size(), false);
    for (std::size_t pixel = 0; padding && pixel < values.size(); ++pixel) {
        is_padding[pixel] = padding->contains(values[pixel]);
    }
    if (photometric_interpretation(dataset) == "MONOCHROME1") {
        turn_round(values, format);
    }
    Image<float> image(slice.size);
    std::transform(values.begin(), values.end(), image.pixels.begin(), [&](std::int64_t stored) {
        return static_cast<float>(rescale.slope * static_cast<double>(stored) + rescale.intercept);
    });
    replace_padding(image.pixels, is_padding);
    return image;
}

}  // namespace paraspinal::dicom
