// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "io/node/client/ipv6_layer_internal.h"
#include "io/node/peer.h"
#include "io/node/tls_layer_internal.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/scu.h>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace paraspinal {

/// An association with a peer: DCMTK's client with our titles, timeouts and TLS. Add presentation
/// contexts, open, send requests; it is released at the end of the scope.
class Association : public DcmSCU {
  public:
    /// Throws as check_tls_files.
    Association(const Peer& peer, const ClientOptions& options);
    ~Association() override;
    Association(const Association&) = delete;
    Association& operator=(const Association&) = delete;
    Association(Association&&) = delete;
    Association& operator=(Association&&) = delete;

    /// Throws Error peer_unreachable (nobody there, no answer in time, TLS fails) or peer_refused
    /// (somebody is there and turns us away). Whether the peer takes any of the presentation
    /// contexts is to be asked of findPresentationContextID.
    void open();

    /// Sends a file by C-STORE and gives the status of the answer, which must name the message and
    /// the object that it answers. Throws Error peer_unreachable (no answer), transfer_failed (an
    /// answer to something else) and unreadable_file.
    std::uint16_t store(T_ASC_PresentationContextID context, const std::filesystem::path& file);

    /// Ends the association after a request that was not answered properly; what to throw.
    [[nodiscard]] Error broken(const OFCondition& condition);

  private:
    Peer peer_;
    std::uint16_t last_message_ = 0;
    std::unique_ptr<DcmTLSTransportLayer> tls_;
    std::unique_ptr<Ipv6Layer> ipv6_;  // Where the peer has such an address.
};

}  // namespace paraspinal
