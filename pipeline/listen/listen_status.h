// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/send_queue.h"
#include "io/node/server/receive_counters.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace paraspinal {

/// What a node has done with studies since its start, and has before it. Threads share it.
struct ListenProgress {
    std::atomic<std::int64_t> measured{0};
    std::atomic<std::int64_t> failed{0};
    std::atomic<std::int64_t> waiting{0};  ///< Studies still arriving or to be measured.
    std::atomic<std::int64_t> sent{0};     ///< Objects that peers have confirmed.
    std::atomic<std::int64_t> refused{0};  ///< Answers of peers that said no.
};

/// The state of a node as text for Prometheus (text exposition format 0.0.4): one metric a line,
/// with what it means above. `disk_free_bytes` is that of the node's folder.
std::string status_text(const ReceiveCounters& received,
                        const ListenProgress& progress,
                        const std::vector<OutboxCount>& outboxes,
                        std::int64_t disk_free_bytes);

}  // namespace paraspinal
