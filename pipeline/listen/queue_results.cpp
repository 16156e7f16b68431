// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "io/output_file.h"

#include <algorithm>
#include <vector>

namespace paraspinal {
namespace {

std::vector<std::filesystem::path> objects_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> objects;
    for (const char* name : {"seg.dcm", "sr.dcm", "sc.dcm", "notice.dcm"}) {
        if (std::filesystem::exists(folder / name)) {
            objects.push_back(folder / name);
        }
    }
    return objects;
}

// Of the levels beside the study's own, from head to feet; as write_further_outputs makes them.
std::vector<std::filesystem::path> level_folders(const std::filesystem::path& study_folder) {
    std::vector<std::filesystem::path> folders;
    if (std::filesystem::exists(study_folder / "levels")) {
        for (const auto& entry : std::filesystem::directory_iterator(study_folder / "levels")) {
            folders.push_back(entry.path());
        }
    }
    std::ranges::sort(folders);
    return folders;
}

}  // namespace

void queue_results(const std::filesystem::path& study_folder, SendQueue* outbox) {
    const std::filesystem::path note = study_folder / ".queued";
    // A study that took its worker down has no folder.
    if (std::filesystem::exists(note) || !std::filesystem::exists(study_folder)) {
        return;
    }
    std::vector<std::filesystem::path> objects = objects_in(study_folder);
    for (const std::filesystem::path& level : level_folders(study_folder)) {
        const std::vector<std::filesystem::path> more = objects_in(level);
        objects.insert(objects.end(), more.begin(), more.end());
    }
    if (outbox != nullptr && !objects.empty()) {
        outbox->enqueue(objects);
    }
    write_file(note, "");
}

}  // namespace paraspinal
