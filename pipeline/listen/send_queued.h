// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/send_queue.h"
#include "pipeline/listen/listen_status.h"
#include "pipeline/listen/run_listen.h"

#include <filesystem>
#include <stop_token>

namespace paraspinal {

/// Sends what is due in `outbox`, but for results that somebody rejected in `folder`, asks for
/// commitment where the configuration says so, counts in `progress` and tells the log, until it is
/// told to stop: the life of a thread. What cannot be sent is told and tried again.
void send_queued(SendQueue& outbox,
                 const ListenOptions& options,
                 const std::filesystem::path& folder,
                 ListenProgress& progress,
                 const std::stop_token& stop);

}  // namespace paraspinal
