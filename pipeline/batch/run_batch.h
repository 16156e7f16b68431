// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/worker_process.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paraspinal {

/// One part of the studies, told apart by a hash of their UIDs, so that machines which know nothing
/// of each other never measure the same study.
struct Shard {
    std::uint64_t index = 1;  ///< From 1 to `count`.
    std::uint64_t count = 1;
};

/// The shard "I/N". Throws Error usage.
Shard parse_shard(std::string_view text);

/// Which studies are measured again although their files, options and models are unchanged.
enum class Redo { none, failed, all };

struct BatchOptions {
    std::filesystem::path folder;  ///< Where the study folders are.
    int jobs = 1;                  ///< Worker processes at a time.
    WorkerCommand worker;
    WorkerCommand header_worker;      ///< For HeaderReader.
    std::vector<std::string> levels;  ///< As AnalyzeOptions::levels: each study has rows of them.
    std::string options_fingerprint;  ///< A study measured under another one is measured again.
    /// Of what risks are estimated from: one estimated under another is renewed (renew_risks.h).
    /// Empty: what is measured holds the risk, so that the fingerprint above covers it.
    std::string risk_fingerprint;
    Shard shard;
    Redo redo = Redo::none;
    /// Leave a study until its files have been the same for so long.
    std::chrono::seconds settle{0};
};

/// Fingerprint of what a study is made from: paths, sizes and times of its files, and what other
/// studies say that share its keys.
std::string inputs_fingerprint(const std::vector<LedgerFile>& files,
                               const KeyContradictions& contradictions = {});

/// Studies of the last walk that have to be measured, and how many there are in all.
struct PendingStudies {
    std::vector<std::string> study_uids;   ///< Sorted.
    std::int64_t found = 0;                ///< Of this shard.
    std::int64_t unsettled = 0;            ///< Left for later, as their files still change.
    ContradictionsByStudy contradictions;  ///< Of the ledger, which takes a while to reckon them.
};

PendingStudies pending_studies(const Ledger& ledger, const BatchOptions& options);

struct BatchProgress {
    std::int64_t total = 0;  ///< Studies to be measured in this run.
    std::int64_t done = 0;
    std::int64_t failed = 0;
};

/// How a run talks to the world.
struct BatchHooks {
    std::function<void(const BatchProgress&)> progress;  ///< After each study, one at a time.
    std::function<bool()> should_stop;                   ///< True: begin no further study.
    /// After each study, when the ledger has it; one at a time.
    std::function<void(const LedgerEntry&)> stored = [](const LedgerEntry& /*entry*/) {};
};

/// Measures the `pending` studies in worker processes, `options.jobs` at a time; every study that
/// was begun is in the ledger when it returns, as measured or as failed. At most `jobs` + 1 studies
/// are in memory. Throws Error output_not_writable when the disk is full: what was stored stays
/// valid.
BatchProgress run_batch(Ledger& ledger,
                        const PendingStudies& pending,
                        const BatchOptions& options,
                        const BatchHooks& hooks);

}  // namespace paraspinal
