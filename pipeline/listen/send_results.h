// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The DICOM objects of one result of a study.
struct ResultObjects {
    std::string study;  ///< Its result folder below that of the run.
    std::vector<std::filesystem::path> files;
};

/// What became of them, for the log: nothing of it names a patient.
struct SentResults {
    std::vector<std::string> delivered;  ///< For each study of which the peer has something.
    std::vector<std::string> missing;    ///< For each study of which it does not have all.
};

/// Sends results to `peer`, study after study over one association, each object once. In
/// `run`/sent/STUDY stands what went out, as of a node, so that a later result of the study names
/// what it replaces; what did not go out for certain is not in it. Throws Error
/// output_not_writable.
SentResults send_results(const std::filesystem::path& run,
                         const std::vector<ResultObjects>& results,
                         const Peer& peer,
                         const ClientOptions& options);

}  // namespace paraspinal
