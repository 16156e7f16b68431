// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/label_volume.h"

#include "core/error.h"
#include "io/nifti/volume.h"
#include "io/read_slice.h"

#include <set>
#include <string>
#include <utility>

namespace paraspinal {

void read_label_volume(const std::filesystem::path& file,
                       const std::function<void(const ImageSlice& plane)>& take) {
    within("file " + file.string(), [&] {
        const NiftiVolume volume = read_nifti_header(file);
        std::set<int> planes;
        for (int k = 0; k < volume.slices; ++k) {
            planes.insert(k);
        }
        const auto voxels = std::int64_t{volume.size.rows} * volume.size.cols * volume.slices;
        if (voxels > kMostLabelVoxels) {
            throw Error(ErrorCode::image_too_large,
                        "the label map has " + std::to_string(voxels) + " voxels, more than " +
                            std::to_string(kMostLabelVoxels) + "; cut it to the spine");
        }
        check_slice(volume.size, volume.spacing, volume.first_plane);
        read_nifti_planes(file, planes, [&](int k, Image<float> values) {
            take({.intensity = std::move(values),
                  .spacing = *volume.spacing,
                  .plane = *plane_of_slice(volume, k)});
        });
    });
}

}  // namespace paraspinal
