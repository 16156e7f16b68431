// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "io/node/node_config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// Something that was tried.
struct NodeFinding {
    std::string what;              ///< "ORTHANC@127.0.0.1:4242 answers"
    std::optional<Error> to_mend;  ///< What is wrong and what to do; absent: it is well.
};

/// Tries what a node needs, as far as can be tried without starting it: the folder and the free
/// disk, its port (not while a node runs on the folder), who can reach it, TLS files and how long
/// they last, every peer by C-ECHO. Leaves nothing behind but the folder. Throws nothing.
std::vector<NodeFinding> check_node(const NodeConfig& config, const std::filesystem::path& folder);

/// A line for each: "ok    what", or "mend  what: why".
std::string findings_text(const std::vector<NodeFinding>& findings);

}  // namespace paraspinal
