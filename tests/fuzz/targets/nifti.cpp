// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/nifti/scan.h"
#include "io/nifti/volume.h"
#include "tests/fuzz/fuzz_file.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    const auto file = fuzz::file_of(bytes, size, ".nii");
    fuzz::expect_refusals([&] {
        const FileScan scan = scan_nifti(file, nifti_study_uid(file));
        // More is right, and slow.
        constexpr int kMostSidePixels = 1024;
        const auto& last = scan.study->series.at(0).slices.back();
        if (std::max(last.size.rows, last.size.cols) <= kMostSidePixels) {
            read_nifti_plane(file, last.frame);
        }
    });
    return 0;
}
