// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/node_config.h"
#include "tests/fuzz/fuzz_file.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    // NOLINTNEXTLINE(*-reinterpret-cast)
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    fuzz::expect_refusals([&] { parse_node_config(text); });
    return 0;
}
