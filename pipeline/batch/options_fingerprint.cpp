// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/options_fingerprint.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/read_file.h"

#include <optional>

namespace paraspinal {

std::string options_fingerprint(const RunDescription& run) {
    // Digests, as they have one length: no text can pass for two others.
    std::string text = sha256(run.software) + sha256(run.options);
    for (const std::filesystem::path& file : run.files) {
        const std::optional<std::string> content = read_file(file);
        if (!content) {
            throw Error(ErrorCode::unreadable_file, "cannot read '" + file.string() + "'");
        }
        text += sha256(*content);
    }
    return sha256(text);
}

}  // namespace paraspinal
