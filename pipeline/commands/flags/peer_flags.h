// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

#include <CLI/CLI.hpp>

#include <string>

namespace paraspinal {

/// The options that say which DICOM node a command calls, and how, as typed.
struct PeerFlags {
    std::string peer;  ///< "AET@host:port"; empty: none.
    std::string own_ae_title = "PARASPINAL";
    TlsFiles tls;
};

/// Adds an option `name` for the node, which it returns, and --aet, --tls-cert, --tls-key and
/// --tls-ca, which need it. `flags` must outlive the parsing.
CLI::Option* add_peer_flags(CLI::App& command,
                            const std::string& name,
                            const std::string& about,
                            PeerFlags& flags);

/// The node that they name. Throws Error usage, and as check_tls_files.
Peer peer_of(const PeerFlags& flags);

}  // namespace paraspinal
