// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/risk_flags.h"
#include "pipeline/commands/stop_signal.h"
#include "pipeline/review/serve_review.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "DIR is a folder of 'batch', 'listen' or 'measure'. Prints the address to open in\n"
    "a browser of this machine; Ctrl-C ends it. Decisions go to DIR/readings.jsonl,\n"
    "corrected outlines below DIR/readings; 'batch' and 'export' honor them.\n"
    "From afar: ssh -L 8700:127.0.0.1:8700 SERVER paraspinal review DIR --port 8700\n"
    "Reader's page: docs/review.md.";

struct ReviewFlags {
    ReviewOptions review;
    std::uint16_t port = 0;
    RiskFlags risk;
};

// Who is logged in, where nobody says who reads.
std::string user_name() {
    const char* const name = std::getenv("USER");
    return name != nullptr && is_reader_name(name) ? name : "reader";
}

int run_review(const ReviewFlags& flags) {
    ReviewOptions options = flags.review;
    std::optional<RiskSetup> risk = risk_setup(flags.risk);
    if (risk) {
        options.estimator = &risk->estimator;
        options.clinical = &risk->clinical;
    }
    ReviewSession session(options);
    tell_damaged_readings({options.folder});
    note_stop_signals();
    serve_review(session,
                 {.port = flags.port,
                  .listening =
                      [&](const std::string& address) {
                          std::cerr << session.count() << " studies for "
                                    << session.options().reader << "; open\n";
                          std::cout << address << std::endl;
                      },
                  .should_stop = is_stopped});
    return 0;
}

}  // namespace

void add_review(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<ReviewFlags>();
    flags->review.reader = user_name();
    CLI::App* const command =
        app.add_subcommand("review", "Look, decide and correct outlines in the browser");
    command->add_option("DIR", flags->review.folder, "Folder of the run")
        ->required()
        ->type_name("");
    command->add_option("--reader", flags->review.reader, "Who reads [user name]")
        ->type_name("NAME");
    command->add_flag(
        "--blind", flags->review.is_blind, "Hide what the run and other readers found");
    command->add_option("--port", flags->port, "Of this machine [any that is free]")
        ->type_name("N");
    command->add_flag(
        "--dicom", flags->review.writes_dicom, "Write corrections as DICOM SEG and SR too");
    command->add_flag("--read-only", flags->review.is_read_only, "Take no decisions");
    add_flags(*command, risk_flags(flags->risk));
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_review(*flags); }; });
}

}  // namespace paraspinal
