// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/scan.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    const auto file = fuzz::file_of(bytes, size, ".dcm");
    fuzz::expect_refusals([&] { identify_dicom(file); });
    fuzz::expect_refusals([&] { scan_dicom(file); });
    return 0;
}
