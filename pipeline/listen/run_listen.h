// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/node_config.h"
#include "io/node/server/receiver_process.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/run_batch.h"

#include <functional>
#include <string>

namespace paraspinal {

struct ListenOptions {
    NodeConfig config;
    BatchOptions batch;  ///< Its folder is the node's; `settle` is set from `config`.
    std::string reading = kLatestReading;  ///< Whose decisions count: choice of ChosenReadings.
    bool hides_names = false;              ///< Nothing goes out that says who it is.
    NodeLog log;                           ///< Called from several threads.
    std::function<bool()> should_stop;
};

/// Measures the studies that `receiver` puts below the folder, each when nothing of it has come for
/// a while, until it is told to stop; studies in flight are finished. Writes the tables of a batch,
/// also when somebody reviewed a study since, and, every few seconds, `status.prom`
/// (listen_status.h); deletes received files when they are old. A full disk is waited out. Returns
/// whether all studies of the ledger were measured.
///
/// Throws Error internal when the receiver ends, and as open_ledger.
bool run_listen(const ListenOptions& options, ReceiverProcess& receiver);

}  // namespace paraspinal
