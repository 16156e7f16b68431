// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/scan.h"
#include "io/read_slice.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    const auto file = fuzz::file_of(bytes, size, ".dcm");
    fuzz::expect_refusals([&] {
        const FileScan scan = scan_dicom(file);
        if (scan.study && !scan.study->series.empty()) {  // Without where only its kind is kept.
            read_slice(scan.study->series.at(0).slices.at(0));
        }
    });
    return 0;
}
