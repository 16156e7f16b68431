// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "io/output_file.h"

#include <vector>

namespace paraspinal {

void queue_results(const std::filesystem::path& study_folder, SendQueue* outbox) {
    const std::filesystem::path note = study_folder / ".queued";
    if (std::filesystem::exists(note)) {
        return;
    }
    std::vector<std::filesystem::path> objects;
    for (const char* name : {"seg.dcm", "sr.dcm", "sc.dcm"}) {
        if (std::filesystem::exists(study_folder / name)) {
            objects.push_back(study_folder / name);
        }
    }
    if (outbox != nullptr && !objects.empty()) {
        outbox->enqueue(objects);
    }
    write_file(note, "");
}

}  // namespace paraspinal
