// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/archive.h"
#include "io/node/client/association_internal.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace paraspinal {

/// The association under an Archive: what DCMTK calls back while answers and images come in.
class ArchiveClient : private Association {
  public:
    /// Opens the association. Throws as Archive.
    ArchiveClient(const Peer& peer, const ClientOptions& options, Destination destination);

    /// Calls `take` for each match of `question`.
    void find(DcmDataset& question, const std::function<void(DcmDataset&)>& take);

    /// C-GET or C-MOVE of the series that `wanted` names.
    Retrieved retrieve(DcmDataset& wanted);

  private:
    OFCondition handleFINDResponse(T_ASC_PresentationContextID context,
                                   QRResponse* response,
                                   OFBool& wait_for_more) override;
    OFCondition handleCGETResponse(T_ASC_PresentationContextID context,
                                   RetrieveResponse* response,
                                   OFBool& wait_for_more) override;
    OFCondition handleMOVEResponse(T_ASC_PresentationContextID context,
                                   RetrieveResponse* response,
                                   OFBool& wait_for_more) override;
    OFCondition handleSTORERequest(T_ASC_PresentationContextID context,
                                   DcmDataset* object,
                                   OFBool& wait_for_more,
                                   Uint16& status) override;

    [[nodiscard]] bool moves() const { return !destination_.move_to.empty(); }
    void propose_contexts();
    void propose_images(const char* image_class);
    T_ASC_PresentationContextID context_of(const char* service, std::string_view name);
    void check_end(const OFCondition& condition, std::string_view service);
    void note_counts(const RetrieveResponse& response);
    void store(DcmDataset* object);

    Destination destination_;
    std::string peer_text_;
    std::function<void(DcmDataset&)> take_;
    std::string wanted_study_;
    Retrieved by_archive_;          // What the archive says of the current retrieval.
    std::int64_t stored_here_ = 0;  // Files written during it.
    std::uint16_t status_ = 0;      // Of the last answer.
    std::optional<Error> failure_;  // Of ours, while DCMTK was on the stack.
};

}  // namespace paraspinal
