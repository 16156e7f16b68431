// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/damaged_readings.h"

#include "core/error.h"
#include "pipeline/batch/readings/readings_file.h"

#include <cstddef>
#include <iostream>

namespace paraspinal {

int tell_damaged_readings(const std::vector<std::filesystem::path>& folders) {
    int code = 0;
    for (const std::filesystem::path& folder : folders) {
        const std::size_t damaged = for_each_reading(folder, [](const Reading& /*reading*/) {});
        if (damaged > 0) {
            std::cerr << "paraspinal: " << damaged << " lines of '"
                      << (folder / kReadingsFile).string()
                      << "' are damaged and left out: decisions may be missing from what was "
                         "written; mend or remove these lines, or let them be read again in "
                         "'review'\n";
            code = kExitSomeFailed;
        }
    }
    return code;
}

}  // namespace paraspinal
