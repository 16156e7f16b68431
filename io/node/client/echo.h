// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

namespace paraspinal {

/// Asks a peer whether it is there and knows us (C-ECHO). Throws Error peer_unreachable or
/// peer_refused, and as check_tls_files. Source: DICOM PS3.4 annex A.
void echo(const Peer& peer, const ClientOptions& options);

}  // namespace paraspinal
