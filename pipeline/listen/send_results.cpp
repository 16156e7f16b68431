// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/send_results.h"

#include "core/text.h"
#include "io/node/client/send_objects.h"
#include "pipeline/batch/sent_objects.h"

#include <map>
#include <span>

namespace paraspinal {
namespace {

using Files = std::vector<std::filesystem::path>;

bool may_be_there(const SendResult& result) {
    return result.outcome == SendOutcome::stored || result.outcome == SendOutcome::unanswered;
}

void tell(SentResults& told,
          const ResultObjects& result,
          const Peer& peer,
          std::span<const SendResult> outcomes) {
    Delivery delivery{.study = result.study, .peer = peer};
    std::map<std::string, std::vector<std::string>> kinds_missing;  // By reason.
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].outcome == SendOutcome::stored) {
            add_to(delivery, result.files[i], outcomes[i]);
        } else {
            kinds_missing[outcomes[i].message].push_back(result.files[i].stem().string());
        }
    }
    if (outcomes.empty()) {
        told.missing.push_back("study " + result.study +
                               ": nothing to send, as its DICOM objects were left out");
    }
    if (!delivery.objects.empty()) {
        told.delivered.push_back(delivery_text(delivery));
    }
    for (const auto& [why, kinds] : kinds_missing) {
        told.missing.push_back("study " + result.study + ": not delivered " + joined(kinds, ", ") +
                               ": " + why);
    }
}

}  // namespace

SentResults send_results(const std::filesystem::path& run,
                         const std::vector<ResultObjects>& results,
                         const Peer& peer,
                         const ClientOptions& options) {
    Files all;
    std::map<std::string, std::vector<EarlierObject>> before;
    for (const ResultObjects& result : results) {
        before[result.study] = sent_objects(run, result.study);
        // First the note, so that what is out is always known.
        note_sent(run, result.study, result.files);
        all.insert(all.end(), result.files.begin(), result.files.end());
    }
    const std::vector<SendResult> outcomes = send_objects(all, peer, options);
    SentResults told;
    std::size_t first = 0;
    for (const ResultObjects& result : results) {
        const auto own = std::span(outcomes).subspan(first, result.files.size());
        first += result.files.size();
        tell(told, result, peer, own);
        Files out;
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (may_be_there(own[i])) {
                out.push_back(result.files[i]);
            }
        }
        if (out.size() < own.size()) {
            note_sent_objects(run, result.study, before.at(result.study));
            note_sent(run, result.study, out);
        }
    }
    return told;
}

}  // namespace paraspinal
