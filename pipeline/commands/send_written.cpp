// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/send_written.h"

#include "core/error.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/listen/send_results.h"
#include "pipeline/report/outcome_text.h"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <utility>
#include <variant>

namespace paraspinal {

std::optional<Node> node_of(const PeerFlags& flags) {
    if (flags.peer.empty()) {
        return std::nullopt;
    }
    return Node{.peer = peer_of(flags),
                .client = {.own_ae_title = parse_ae_title(flags.own_ae_title)}};
}

bool send_written(const std::filesystem::path& run,
                  const std::vector<StudyOutcome>& outcomes,
                  const std::vector<std::vector<std::filesystem::path>>& written,
                  const Node& node,
                  bool is_quiet) {
    std::vector<ResultObjects> results;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        ResultObjects result{.study = study_folder_name(identity_of(outcomes[i])), .files = {}};
        std::ranges::copy_if(written[i], std::back_inserter(result.files), [](const auto& file) {
            return file.extension() == ".dcm";
        });
        // A study that failed has a notice, or nothing that could be sent.
        if (!result.files.empty() || std::holds_alternative<StudyReport>(outcomes[i])) {
            results.push_back(std::move(result));
        }
    }
    const SentResults sent = send_results(run, results, node.peer, node.client);
    for (const std::string& line : sent.delivered) {
        std::cerr << (is_quiet ? "" : utc_now() + " " + line + "\n");
    }
    for (const std::string& line : sent.missing) {
        std::cerr << "paraspinal: " << line << " [" << error_name(ErrorCode::transfer_failed)
                  << "]\n";
    }
    return sent.missing.empty();
}

}  // namespace paraspinal
