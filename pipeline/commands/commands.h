// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <array>
#include <functional>

namespace paraspinal {

/// What `main` does once the command line is understood; returns the exit code. Parsing only stores
/// it and touches no file.
using Run = std::function<int()>;

/// Adds `paraspinal inspect`: what is there and what would be measured.
void add_inspect(CLI::App& app, Run& run);

/// Adds `paraspinal measure`: one or a few studies to a table, files and exit code.
void add_measure(CLI::App& app, Run& run);

/// `pull CSV --from AET@HOST:PORT -o DIR`: studies of a list of accession numbers from an archive.
void add_pull(CLI::App& app, Run& run);

/// Adds `paraspinal batch`: any number of studies, in worker processes, resumable. Also adds the
/// hidden command `batch-worker`, which such a process runs.
void add_batch(CLI::App& app, Run& run);

/// Adds `paraspinal listen`: a DICOM node that measures what it is sent.
void add_listen(CLI::App& app, Run& run);

/// Adds `paraspinal export`: ledgers of one or many shards to one research table.
void add_export(CLI::App& app, Run& run);

/// Adds `paraspinal risk`: the risk of one patient or of a table of patients.
void add_risk(CLI::App& app, Run& run);

/// Adds `paraspinal model`: list, show, audit, fit, calibrate and validate risk models.
void add_model(CLI::App& app, Run& run);

/// Adds `paraspinal cohort`: the tables of both papers from a patient-level CSV.
void add_cohort(CLI::App& app, Run& run);

/// Adds `paraspinal agree`: how far two tables, or two label maps, agree.
void add_agree(CLI::App& app, Run& run);

/// Adds `paraspinal follow`: what changed between examinations of one patient.
void add_follow(CLI::App& app, Run& run);

/// Adds `paraspinal norms`: curves of healthy controls, and a table beside them.
void add_norms(CLI::App& app, Run& run);

/// Adds `paraspinal evaluate`: our outlines against reference masks.
void add_evaluate(CLI::App& app, Run& run);

/// `paraspinal report DIR`: the HTML page of a run.
void add_report(CLI::App& app, Run& run);

/// `paraspinal review DIR`: look, decide and correct in the browser.
void add_review(CLI::App& app, Run& run);

/// `completion SHELL`: what bash, fish or zsh need to complete commands and options.
void add_completion(CLI::App& app, Run& run);

/// All of them, in the order in which `--help` lists them.
inline constexpr std::array<void (*)(CLI::App&, Run&), 16> kCommands{add_inspect,
                                                                     add_measure,
                                                                     add_pull,
                                                                     add_batch,
                                                                     add_listen,
                                                                     add_export,
                                                                     add_risk,
                                                                     add_model,
                                                                     add_cohort,
                                                                     add_agree,
                                                                     add_follow,
                                                                     add_norms,
                                                                     add_evaluate,
                                                                     add_report,
                                                                     add_review,
                                                                     add_completion};

}  // namespace paraspinal
