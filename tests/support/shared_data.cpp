// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/shared_data.h"

#include <cstdlib>

namespace paraspinal::testing {

std::filesystem::path source_folder() {
    return PARASPINAL_SOURCE_DIR;
}

std::filesystem::path shared_data() {
    const char* const chosen =
        std::getenv("PARASPINAL_SHARED_DATA");  // NOLINT(concurrency-mt-unsafe)
    return chosen != nullptr ? std::filesystem::path(chosen)
                             : source_folder().parent_path() / "shared" / "data";
}

}  // namespace paraspinal::testing
