// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/label_volume.h"

#include "io/nifti/scan.h"

namespace paraspinal {

std::vector<SliceHeader> label_volume_slices(const std::filesystem::path& file) {
    return scan_nifti(file).study.value().series.front().slices;
}

}  // namespace paraspinal
