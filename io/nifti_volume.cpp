// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti_volume.h"

#include "core/error.h"

#include <itkMetaDataObject.h>
#include <itkNiftiImageIO.h>

#include <cstring>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using NiftiFile = itk::NiftiImageIO::Pointer;

NiftiFile open(const std::filesystem::path& file) {
    NiftiFile io = itk::NiftiImageIO::New();
    if (!io->CanReadFile(file.c_str())) {
        throw Error(ErrorCode::malformed_file, "not a NIfTI-1 file, in spite of its name");
    }
    io->SetFileName(file.string());
    try {
        io->ReadImageInformation();
    } catch (const itk::ExceptionObject&) {
        throw Error(ErrorCode::malformed_file,
                    "its NIfTI header is damaged, or its axes are not at right angles");
    }
    if (io->GetNumberOfDimensions() > 3) {
        throw Error(ErrorCode::unsupported_encoding, "a series of NIfTI volumes, not one volume");
    }
    if (io->GetPixelType() != itk::IOPixelEnum::SCALAR) {
        throw Error(ErrorCode::unsupported_encoding, "color image, not grayscale");
    }
    return io;
}

// ITK lays an image without any orientation along the axes; we would rather know.
bool has_orientation(const NiftiFile& io) {
    for (const char* const code : {"qform_code", "sform_code"}) {
        std::string value;
        if (itk::ExposeMetaData<std::string>(io->GetMetaDataDictionary(), code, value) &&
            value != "0") {
            return true;
        }
    }
    return false;
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
    std::vector<char> buffer(image.pixels.size() * io->GetComponentSize());
    try {
        io->Read(buffer.data());
    } catch (const itk::ExceptionObject&) {
        throw Error(ErrorCode::truncated_pixel_data,
                    "its NIfTI data is incomplete or damaged; fetch the file again");
    }
    image.pixels = as_floats(io->GetComponentType(), buffer);
    return image;
}

}  // namespace paraspinal
