// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"
#include "pipeline/commands/flags/peer_flags.h"
#include "pipeline/study/study_report.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace paraspinal {

/// Who gets the results of `measure`, and how they are called.
struct Node {
    Peer peer;
    ClientOptions client;
};

/// nullopt: nobody. Throws as peer_of.
std::optional<Node> node_of(const PeerFlags& flags);

/// Sends the DICOM objects among `written`, the files of each of `outcomes` below `run`. Says on
/// standard error what was delivered, unless `is_quiet`, and what was not. Returns whether the node
/// has all. Throws as send_results.
bool send_written(const std::filesystem::path& run,
                  const std::vector<StudyOutcome>& outcomes,
                  const std::vector<std::vector<std::filesystem::path>>& written,
                  const Node& node,
                  bool is_quiet);

}  // namespace paraspinal
