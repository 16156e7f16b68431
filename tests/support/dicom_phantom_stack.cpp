// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dicom_phantom.h"

#include <cmath>
#include <numbers>

namespace paraspinal::testing {

Image<std::int32_t> pattern(ImageSize size, int below) {
    Image<std::int32_t> image(size);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            image[{.row = row, .col = col}] = (row * 5 + col * 3) % below;
        }
    }
    return image;
}

std::string sop_instance_uid(const DicomPhantom& phantom) {
    return phantom.sop_instance_uid.empty()
               ? phantom.series_uid + "." + std::to_string(phantom.instance_number)
               : phantom.sop_instance_uid;
}

ImagePlane sagittal_plane(Vec3 origin_mm) {
    return {.origin_mm = origin_mm, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
}

ImagePlane tilted_axial_plane(double tilt_deg, Vec3 origin_mm) {
    const double tilt = tilt_deg * std::numbers::pi / 180;
    return {.origin_mm = origin_mm,
            .along_columns = {1, 0, 0},
            .along_rows = {0, std::cos(tilt), std::sin(tilt)}};
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a count and a length, in tests.
std::vector<DicomPhantom> stack_of(const DicomPhantom& first, int count, double step_mm) {
    std::vector<DicomPhantom> phantoms;
    for (int index = 0; index < count; ++index) {
        DicomPhantom& phantom = phantoms.emplace_back(first);
        phantom.instance_number = first.instance_number + index;
        phantom.plane.origin_mm = first.plane.origin_mm + (index * step_mm) * normal(first.plane);
    }
    return phantoms;
}

std::vector<std::filesystem::path> write_all(const std::filesystem::path& folder,
                                             const std::vector<DicomPhantom>& phantoms) {
    std::filesystem::create_directories(folder);
    std::vector<std::filesystem::path> files;
    for (const DicomPhantom& phantom : phantoms) {
        files.push_back(folder / ("IM" + std::to_string(phantom.series_number) + "_" +
                                  std::to_string(phantom.instance_number)));
        write_dicom(files.back(), phantom);
    }
    return files;
}

}  // namespace paraspinal::testing
