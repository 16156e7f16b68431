// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/node_config.h"
#include "io/node/server/receive_counters.h"
#include "io/node/server/serve_association.h"

#include <cstdint>
#include <filesystem>

namespace paraspinal {

/// A process that takes DICOM associations, each in a process of its own: whatever a sender does
/// to its process, the others and the caller go on. All of them end with the caller, however it
/// ends. The received files are described in incoming_file.h.
class ReceiverProcess {
  public:
    /// Starts to listen. The calling process must have one thread. `log` is called in the new
    /// processes. Throws Error output_not_writable (folder), unreadable_file (TLS files) and
    /// usage (address or port cannot be had).
    ReceiverProcess(const NodeConfig& config, const std::filesystem::path& folder, NodeLog log);
    /// Kills what is left.
    ~ReceiverProcess();
    ReceiverProcess(const ReceiverProcess&) = delete;
    ReceiverProcess& operator=(const ReceiverProcess&) = delete;
    ReceiverProcess(ReceiverProcess&&) = delete;
    ReceiverProcess& operator=(ReceiverProcess&&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] const ReceiveCounters& counters() const { return *counters_; }
    /// False when it has ended without being told to.
    [[nodiscard]] bool is_running();
    /// Takes no more, lets the objects that are arriving be completed, and returns when all is
    /// over.
    void stop();

  private:
    ReceiveCounters* counters_;  // In memory shared with the receiver.
    std::uint16_t port_ = 0;
    int process_ = -1;
};

}  // namespace paraspinal
