// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/dicom_pixels.h"

#include <exception>
#include <gdcmBoxRegion.h>
#include <gdcmImageRegionReader.h>

namespace paraspinal::dicom {
namespace {

// False when GDCM cannot fill `buffer` with exactly the frame.
bool decode(const std::filesystem::path& file,
            const SliceHeader& slice,
            std::vector<char>& buffer) {
    gdcm::ImageRegionReader reader;
    reader.SetFileName(file.c_str());
    if (!reader.ReadInformation()) {
        return false;
    }
    const auto frame = static_cast<unsigned int>(slice.frame);
    gdcm::BoxRegion region;
    region.SetDomain(0,
                     static_cast<unsigned int>(slice.size.cols - 1),
                     0,
                     static_cast<unsigned int>(slice.size.rows - 1),
                     frame,
                     frame);
    reader.SetRegion(region);
    return reader.ComputeBufferLength() == buffer.size() &&
           reader.ReadIntoBuffer(buffer.data(), buffer.size());
}

}  // namespace

std::vector<char> decode_with_gdcm(const std::filesystem::path& file,
                                   const SliceHeader& slice,
                                   std::size_t bytes) {
    std::vector<char> buffer(bytes);
    bool decoded = false;
    try {
        decoded = decode(file, slice, buffer);
    } catch (const std::exception&) {
        // GDCM throws at some kinds of damage and returns false at others.
        decoded = false;
    }
    if (!decoded) {
        throw Error(ErrorCode::truncated_pixel_data,
                    "its compressed pixel data is incomplete, damaged or of another size than its "
                    "header says; fetch the file again");
    }
    return buffer;
}

}  // namespace paraspinal::dicom
