// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/load_risk_model.h"
#include "tests/fuzz/fuzz_file.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    // NOLINTNEXTLINE(*-reinterpret-cast)
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    fuzz::expect_refusals([&] { parse_risk_model(text); });
    return 0;
}
