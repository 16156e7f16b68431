// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/volume.h"

#include "core/error.h"
#include "core/text.h"
#include "io/nifti/check_header.h"

#include <itkMetaDataObject.h>
#include <itkNiftiImageIO.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>
#include <zlib.h>

namespace paraspinal {
namespace {

using NiftiFile = itk::NiftiImageIO::Pointer;

NiftiFile open(const std::filesystem::path& file) {
    check_nifti_header(file);
    NiftiFile io = itk::NiftiImageIO::New();
    if (!io->CanReadFile(file.c_str())) {
        throw Error(ErrorCode::malformed_file, "not a NIfTI-1 file, in spite of its name");
    }
    io->SetFileName(file.string());
    try {
        io->ReadImageInformation();
    } catch (const std::exception&) {
        throw Error(ErrorCode::malformed_file,
                    "its NIfTI header is damaged, or its axes are not at right angles");
    }
    if (io->GetNumberOfDimensions() > 3) {
        throw Error(ErrorCode::unsupported_encoding, "a series of NIfTI volumes, not one volume");
    }
    for (unsigned int axis = 0; axis < io->GetNumberOfDimensions(); ++axis) {
        // NIfTI-1 stores them with 16 bits and a sign.
        if (io->GetDimensions(axis) < 1 || io->GetDimensions(axis) > INT16_MAX) {
            throw Error(ErrorCode::malformed_file, "its NIfTI header states a senseless size");
        }
    }
    if (io->GetPixelType() != itk::IOPixelEnum::SCALAR) {
        throw Error(ErrorCode::unsupported_encoding, "color image, not grayscale");
    }
    return io;
}

[[noreturn]] void refuse_truncated() {
    throw Error(ErrorCode::truncated_pixel_data,
                "its NIfTI data is incomplete or damaged; fetch the file again");
}

double header_number(const NiftiFile& io, const char* field) {
    std::string value;
    itk::ExposeMetaData<std::string>(io->GetMetaDataDictionary(), field, value);
    return parse_number(value).value_or(0);
}

// ITK lays an image without any orientation along the axes; we would rather know.
bool has_orientation(const NiftiFile& io) {
    return header_number(io, "qform_code") > 0 || header_number(io, "sform_code") > 0;
}

// ITK fills what a file lacks with zeros, so the end of plane `k` is looked for first. zlib reads
// plain files as well as packed ones.
bool holds_plane(const std::filesystem::path& file, const NiftiFile& io, int k) {
    const double plane_bytes = static_cast<double>(io->GetDimensions(0)) *
                               static_cast<double>(io->GetDimensions(1)) *
                               header_number(io, "bitpix") / 8;
    const double end = header_number(io, "vox_offset") + plane_bytes * (k + 1);
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), &gzclose);
    return stream != nullptr && end >= 1 &&
           gzseek(stream.get(), static_cast<z_off_t>(end - 1), SEEK_SET) >= 0 &&
           gzgetc(stream.get()) >= 0;
}

Vec3 direction(const NiftiFile& io, unsigned int axis) {
    const std::vector<double> cosines = io->GetDirection(axis);
    return normalized({cosines.at(0), cosines.at(1), cosines.at(2)});
}

template <class Stored>
std::vector<float> as_floats(const std::vector<char>& buffer) {
    std::vector<float> values(buffer.size() / sizeof(Stored));
    for (std::size_t index = 0; index < values.size(); ++index) {
        Stored stored{};
        std::memcpy(&stored, &buffer[index * sizeof(Stored)], sizeof(Stored));
        values[index] = static_cast<float>(stored);
    }
    return values;
}

std::vector<float> as_floats(itk::IOComponentEnum component, const std::vector<char>& buffer) {
    using Component = itk::IOComponentEnum;
    switch (component) {
        case Component::UCHAR: return as_floats<unsigned char>(buffer);
        case Component::CHAR: return as_floats<signed char>(buffer);
        case Component::USHORT: return as_floats<unsigned short>(buffer);
        case Component::SHORT: return as_floats<short>(buffer);
        case Component::UINT: return as_floats<unsigned int>(buffer);
        case Component::INT: return as_floats<int>(buffer);
        case Component::ULONG: return as_floats<unsigned long>(buffer);
        case Component::LONG: return as_floats<long>(buffer);
        case Component::FLOAT: return as_floats<float>(buffer);
        case Component::DOUBLE: return as_floats<double>(buffer);
        default: throw Error(ErrorCode::unsupported_encoding, "NIfTI data type not supported");
    }
}

}  // namespace

NiftiVolume read_nifti_header(const std::filesystem::path& file) {
    const NiftiFile io = open(file);
    const bool is_volume = io->GetNumberOfDimensions() == 3;
    NiftiVolume volume;
    volume.size = {.rows = static_cast<int>(io->GetDimensions(1)),
                   .cols = static_cast<int>(io->GetDimensions(0))};
    volume.slices = is_volume ? static_cast<int>(io->GetDimensions(2)) : 1;
    if (io->GetSpacing(0) > 0 && io->GetSpacing(1) > 0) {
        volume.spacing = {.row_mm = io->GetSpacing(1), .col_mm = io->GetSpacing(0)};
    }
    if (is_volume && has_orientation(io)) {
        volume.first_plane = {.origin_mm = {io->GetOrigin(0), io->GetOrigin(1), io->GetOrigin(2)},
                              .along_columns = direction(io, 0),
                              .along_rows = direction(io, 1)};
        volume.slice_spacing_mm = io->GetSpacing(2);
        volume.slice_step_mm = volume.slice_spacing_mm * direction(io, 2);
    }
    return volume;
}

std::optional<ImagePlane> plane_of_slice(const NiftiVolume& volume, int k) {
    std::optional<ImagePlane> plane = volume.first_plane;
    if (plane) {
        plane->origin_mm = plane->origin_mm + static_cast<double>(k) * volume.slice_step_mm;
    }
    return plane;
}

Image<float> read_nifti_plane(const std::filesystem::path& file, int k) {
    const NiftiFile io = open(file);
    itk::ImageIORegion region(io->GetNumberOfDimensions());
    for (unsigned int axis = 0; axis < io->GetNumberOfDimensions(); ++axis) {
        region.SetIndex(axis, axis == 2 ? k : 0);
        region.SetSize(axis, axis == 2 ? 1 : io->GetDimensions(axis));
    }
    io->SetIORegion(region);
    Image<float> image({.rows = static_cast<int>(io->GetDimensions(1)),
                        .cols = static_cast<int>(io->GetDimensions(0))});
    if (!holds_plane(file, io, k)) {
        refuse_truncated();
    }
    std::vector<char> buffer(image.pixels.size() * io->GetComponentSize());
    try {
        io->Read(buffer.data());
    } catch (const std::exception&) {
        refuse_truncated();
    }
    image.pixels = as_floats(io->GetComponentType(), buffer);
    return image;
}

}  // namespace paraspinal
