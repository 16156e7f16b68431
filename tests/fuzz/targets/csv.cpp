// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/csv.h"

#include "tests/fuzz/fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace paraspinal;
    const auto file = fuzz::file_of(bytes, size, ".csv");
    fuzz::expect_refusals([&] {
        CsvReader table(file);
        while (table.next()) {
            for (std::size_t column = 0; column < table.columns().size(); ++column) {
                static_cast<void>(table.number(column));
            }
        }
    });
    return 0;
}
