// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/decode_roi.h"
#include "tests/fuzz/fuzz_file.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    // NOLINTNEXTLINE(*-reinterpret-cast)
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    fuzz::expect_refusals([&] { decode_imagej_roi(text); });
    return 0;
}
