// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/read_statistics_file.h"
#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    const auto file = fuzz::file_of(bytes, size, ".sav");
    fuzz::expect_refusals([&] { static_cast<void>(read_statistics_file(file)); });
    return 0;
}
