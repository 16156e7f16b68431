// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/pipeline/batch/fake_worker.h"

#include <fstream>

namespace paraspinal::testing {

std::filesystem::path fake_worker(const std::filesystem::path& folder,
                                  const std::string& reaction) {
    const std::filesystem::path script = folder / "worker";
    std::ofstream(script) << "#!/bin/sh\necho ready >&0\nwhile read -r request; do\n"
                          << reaction << "\ndone\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    return script;
}

}  // namespace paraspinal::testing
