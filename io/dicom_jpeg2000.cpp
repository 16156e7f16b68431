// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/dicom_pixels.h"

#include <gdcmBoxRegion.h>
#include <gdcmImageRegionReader.h>

namespace paraspinal::dicom {

std::vector<std::uint8_t> decode_jpeg_2000(const std::filesystem::path& file,
                                           const SliceHeader& slice,
                                           std::size_t bytes) {
    const auto last_row = static_cast<unsigned int>(slice.size.rows - 1);
    const auto last_col = static_cast<unsigned int>(slice.size.cols - 1);
    const auto frame = static_cast<unsigned int>(slice.frame);
    gdcm::ImageRegionReader reader;
    reader.SetFileName(file.c_str());
    std::vector<std::uint8_t> buffer;
    bool decoded = reader.ReadInformation();
    if (decoded) {
        gdcm::BoxRegion region;
        region.SetDomain(0, last_col, 0, last_row, frame, frame);
        reader.SetRegion(region);
        decoded = reader.ComputeBufferLength() == bytes;
    }
    if (decoded) {
        buffer.resize(bytes);
        decoded = reader.ReadIntoBuffer(reinterpret_cast<char*>(buffer.data()), buffer.size());
    }
    if (!decoded) {
        throw Error(ErrorCode::truncated_pixel_data,
                    "its JPEG 2000 data is incomplete, damaged or of another size than its header "
                    "says; fetch the file again");
    }
    return buffer;
}

}  // namespace paraspinal::dicom
