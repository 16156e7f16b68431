// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/node_config.h"
#include "io/node/server/receive_counters.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace paraspinal {

/// One line for the log of a node.
using NodeLog = std::function<void(const std::string& line)>;

/// A connection that was accepted, and what serving it needs.
struct IncomingConnection {
    int socket = -1;
    IpAddress address;  ///< Of the other side.
};

/// What the processes of a receiver share.
struct ReceiverContext {
    const NodeConfig* config = nullptr;
    std::filesystem::path folder;  ///< Of the node; see incoming_file.h.
    ReceiveCounters* counters = nullptr;
    NodeLog log;
    /// True: finish the object that is arriving, then leave.
    std::function<bool()> should_stop;
};

/// Longest time that a connection may take to become an association: TLS, and the titles.
inline constexpr int kHandshakeSeconds = 10;

/// Serves one DICOM association to its end: C-ECHO, and C-STORE of MR images in every encoding that
/// can be decoded here. A success status is sent when the object is on the disk. Whatever the other
/// side does ends in a log line, never in an exception.
///
/// Made for a process of its own: sets alarms, which end a process whose sender is too slow, and
/// global state of DCMTK.
/// Source: DICOM PS3.8 section 7, PS3.7 section 9.1, PS3.4 annexes A and B.
void serve_association(const IncomingConnection& connection, const ReceiverContext& context);

}  // namespace paraspinal
