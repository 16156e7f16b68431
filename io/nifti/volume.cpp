// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/volume.h"

#include "core/error.h"
#include "core/text.h"
#include "io/nifti/check_header.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nifti/nifti2_io.h>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using NiftiFile = std::unique_ptr<nifti_image, void (*)(nifti_image*)>;

NiftiFile open(const std::filesystem::path& file) {
    check_nifti_header(file);
    nifti_set_debug_level(0);  // Its complaints would stand among our messages.
    NiftiFile nifti(nifti_image_read(file.c_str(), 0), &nifti_image_free);
    if (nifti != nullptr && nifti->nifti_type == NIFTI_FTYPE_ANALYZE) {
        throw Error(ErrorCode::unsupported_encoding,
                    "an Analyze file (.hdr and .img), which does not state which side is left; "
                    "make NIfTI of the original images");
    }
    if (nifti == nullptr) {
        throw Error(ErrorCode::malformed_file, "its NIfTI header is damaged");
    }
    if (nifti->nx * nifti->ny * nifti->nz != nifti->nvox) {
        throw Error(ErrorCode::unsupported_encoding, "a series of NIfTI volumes, not one volume");
    }
    for (const std::int64_t voxels : {nifti->nx, nifti->ny, nifti->nz}) {
        // NIfTI-1 stores them with 16 bits and a sign.
        if (voxels < 1 || voxels > INT16_MAX) {
            throw Error(ErrorCode::malformed_file, "its NIfTI header states a senseless size");
        }
    }
    return nifti;
}

double millimeters(const nifti_image& nifti) {
    constexpr double kMeter = 1000;
    constexpr double kMicron = 0.001;
    switch (nifti.xyz_units) {
        case NIFTI_UNITS_METER: return kMeter;
        case NIFTI_UNITS_MICRON: return kMicron;
        default: return 1;  // Unknown as well: nobody means anything else.
    }
}

// One of the two forms, turned from the RAS of NIfTI to LPS.
struct Axes {
    Vec3 origin_mm;
    std::array<Vec3, 3> step_mm;
};

Axes axes_of(const nifti_dmat44& form, double unit_mm) {
    const auto column = [&form, unit_mm](std::size_t index) {
        return unit_mm * Vec3{-form.m[0][index], -form.m[1][index], form.m[2][index]};
    };
    return {.origin_mm = column(3), .step_mm = {column(0), column(1), column(2)}};
}

// What both forms say of one voxel must not lie on different sides of the patient. Rotations
// between them are those of a registration.
bool contradict_each_other(const Axes& sform, const Axes& qform) {
    for (std::size_t i = 0; i < sform.step_mm.size(); ++i) {
        if (!(dot(sform.step_mm.at(i), qform.step_mm.at(i)) > 0)) {
            return true;
        }
    }
    return false;
}

bool have_sizes(const Axes& axes, const std::array<double, 3>& sizes_mm) {
    for (std::size_t i = 0; i < sizes_mm.size(); ++i) {
        const double error_mm = std::abs(length(axes.step_mm.at(i)) - sizes_mm.at(i));
        if (!(error_mm <= kMostSizeError * sizes_mm.at(i))) {
            return false;
        }
    }
    return true;
}

// Empty when the plane of a slice is known.
std::string fault_of(const nifti_image& nifti, const Axes& sform, const Axes& qform) {
    const double unit_mm = millimeters(nifti);
    if (nifti.sform_code > 0 && nifti.qform_code > 0 && contradict_each_other(sform, qform)) {
        return "sform and qform put the same voxel on different sides of the patient; delete the "
               "wrong one";
    }
    const Axes& axes = nifti.sform_code > 0 ? sform : qform;
    if (!have_sizes(axes, {unit_mm * nifti.dx, unit_mm * nifti.dy, unit_mm * nifti.dz})) {
        return "pixdim states voxels of other sizes than sform or qform, as after a registration "
               "that scales; give the image as acquired";
    }
    if (std::abs(dot(normalized(axes.step_mm[0]), normalized(axes.step_mm[1]))) > kMostSkew) {
        return "rows and columns are not at right angles; resample the image";
    }
    return {};
}

void place(NiftiVolume& volume, const nifti_image& nifti) {
    const double unit_mm = millimeters(nifti);
    const Axes sform = axes_of(nifti.sto_xyz, unit_mm);
    const Axes qform = axes_of(nifti.qto_xyz, unit_mm);
    volume.geometry_fault = fault_of(nifti, sform, qform);
    if (!volume.geometry_fault.empty()) {
        return;
    }
    const Axes& axes = nifti.sform_code > 0 ? sform : qform;
    // Small errors, as of numbers with three decimals, are shared between the two axes.
    const Vec3 a = normalized(axes.step_mm[0]);
    const Vec3 b = normalized(axes.step_mm[1]);
    const Vec3 middle = normalized(a + b);
    const Vec3 across = normalized(a - b);
    volume.first_plane = {.origin_mm = axes.origin_mm,
                          .along_columns = normalized(middle + across),
                          .along_rows = normalized(middle - across)};
    volume.slice_step_mm = axes.step_mm[2];
    volume.slice_spacing_mm = std::abs(dot(axes.step_mm[2], normal(*volume.first_plane)));
}

// Units (xyzt_units) that are not those of the numbers show in the size of a pixel.
void size_pixels(NiftiVolume& volume, const nifti_image& nifti) {
    const PixelSpacing spacing{.row_mm = millimeters(nifti) * nifti.dy,
                               .col_mm = millimeters(nifti) * nifti.dx};
    const auto [smaller_mm, larger_mm] = std::minmax(spacing.row_mm, spacing.col_mm);
    if (smaller_mm < kSmallestPixelMm || larger_mm > kLargestPixelMm) {
        volume.geometry_fault = "pixels of " + fixed_text(larger_mm, 6) +
                                " mm; check the units of its header (xyzt_units)";
    } else {
        volume.spacing = spacing;
    }
}

[[noreturn]] void refuse_truncated() {
    throw Error(ErrorCode::truncated_pixel_data,
                "its NIfTI data is incomplete or damaged; fetch the file again");
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

std::vector<float> as_floats(int datatype, const std::vector<char>& buffer) {
    switch (datatype) {
        case DT_UINT8: return as_floats<std::uint8_t>(buffer);
        case DT_INT8: return as_floats<std::int8_t>(buffer);
        case DT_UINT16: return as_floats<std::uint16_t>(buffer);
        case DT_INT16: return as_floats<std::int16_t>(buffer);
        case DT_UINT32: return as_floats<std::uint32_t>(buffer);
        case DT_INT32: return as_floats<std::int32_t>(buffer);
        case DT_UINT64: return as_floats<std::uint64_t>(buffer);
        case DT_INT64: return as_floats<std::int64_t>(buffer);
        case DT_FLOAT32: return as_floats<float>(buffer);
        case DT_FLOAT64: return as_floats<double>(buffer);
        default: throw Error(ErrorCode::unsupported_encoding, "NIfTI data type not supported");
    }
}

void require_gray(const nifti_image& nifti) {
    switch (nifti.datatype) {
        case DT_RGB24:
        case DT_RGBA32: throw Error(ErrorCode::unsupported_encoding, "color image, not grayscale");
        case DT_COMPLEX64:
        case DT_COMPLEX128:
        case DT_COMPLEX256:
            throw Error(ErrorCode::unsupported_encoding, "image of complex numbers");
        default: break;
    }
}

// The values of a file from its first plane on.
class Stream {
  public:
    explicit Stream(nifti_image& nifti)
        : nifti_(nifti), stream_(znzopen(nifti.iname, "rb", nifti_is_gzfile(nifti.iname))) {}
    ~Stream() { znzclose(stream_); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    Stream(Stream&&) = delete;
    Stream& operator=(Stream&&) = delete;

    // To go back would be to unpack all again.
    std::vector<char> plane(int k) {
        std::vector<char> bytes(static_cast<std::size_t>(nifti_.nx * nifti_.ny * nifti_.nbyper));
        const auto length = static_cast<std::int64_t>(bytes.size());
        const std::int64_t start = nifti_.iname_offset + k * length;
        if (znz_isnull(stream_) || znzseek(stream_, start, SEEK_SET) < 0 ||
            nifti_read_buffer(stream_, bytes.data(), length, &nifti_) != length) {
            refuse_truncated();
        }
        return bytes;
    }

  private:
    nifti_image& nifti_;
    znzFile stream_;
};

void scale(Image<float>& image, const nifti_image& nifti) {
    if (nifti.scl_slope != 0) {
        const auto slope = static_cast<float>(nifti.scl_slope);
        const auto intercept = static_cast<float>(nifti.scl_inter);
        for (float& value : image.pixels) {
            value = value * slope + intercept;
        }
    }
}

}  // namespace

NiftiVolume read_nifti_header(const std::filesystem::path& file) {
    const NiftiFile nifti = open(file);
    require_gray(*nifti);
    NiftiVolume volume;
    volume.size = {.rows = static_cast<int>(nifti->ny), .cols = static_cast<int>(nifti->nx)};
    volume.slices = static_cast<int>(nifti->nz);
    if (nifti->sform_code > 0 || nifti->qform_code > 0) {
        place(volume, *nifti);
    }
    size_pixels(volume, *nifti);
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
    Image<float> image;
    read_nifti_planes(file, {k}, [&image](int, Image<float> values) { image = std::move(values); });
    return image;
}

void read_nifti_planes(const std::filesystem::path& file,
                       const std::set<int>& planes,
                       const std::function<void(int k, Image<float> values)>& take) {
    const NiftiFile nifti = open(file);
    Stream stream(*nifti);
    for (const int k : planes) {
        Image<float> image(
            {.rows = static_cast<int>(nifti->ny), .cols = static_cast<int>(nifti->nx)});
        image.pixels = as_floats(nifti->datatype, stream.plane(k));
        scale(image, *nifti);
        take(k, std::move(image));
    }
}

}  // namespace paraspinal
