// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/readings/take_outlines.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/commands/flags/study_flags.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// A study of the samples takes about 1 s of processor time (scripts/bench_batch); ten minutes
/// are for thousands of files on a slow network drive. What takes longer hangs.
inline constexpr int kDefaultTimeoutS = 600;

/// A worker's address space reaches 435 MB on the samples and 500 MB on a slice of 1024 x 1088
/// (VmPeak of `measure`, one thread). What asks for eight times that is broken, or an attack.
inline constexpr int kDefaultMemoryMb = 4000;

/// The options of `batch`, as typed.
struct BatchFlags {
    std::vector<std::filesystem::path> roots;
    std::filesystem::path folder;
    int jobs = 0;  ///< 0: as many as processors.
    std::string shard = "1/1";
    bool retry_failed = false;
    bool force = false;
    int timeout_s = kDefaultTimeoutS;
    int memory_mb = kDefaultMemoryMb;
    int watch_s = 0;
    std::string reading = kLatestReading;
    OutlinesFolder outlines;
    std::filesystem::path norms;  ///< A card; empty: none.
    bool quiet = false;
    StudyFlags study;
};

/// Adds them to `command`; `flags` must outlive the parsing.
void add_batch_flags(CLI::App& command, BatchFlags& flags);

/// The two parts of them that `listen` has as well.
void add_output_folder(CLI::App& command, BatchFlags& flags);
void add_worker_flags(CLI::App& command, BatchFlags& flags);

/// `--reading`, which `export` has as well.
void add_reading_flag(CLI::App& command, std::string& reading);

/// Throws Error where they contradict each other or name files that cannot be read, so that it is
/// found before the work and not by each worker.
void check_batch_flags(const BatchFlags& flags);

/// What they mean together. Throws Error usage.
BatchOptions batch_options(const BatchFlags& flags);

}  // namespace paraspinal
