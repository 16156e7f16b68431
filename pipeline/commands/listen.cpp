// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/file_lock.h"
#include "io/output_file.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/commands/batch_flags.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/stop_signal.h"
#include "pipeline/listen/run_listen.h"
#include "pipeline/report/write_outputs.h"

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "FILE names who may send, where results go, and the limits. DIR gets what `batch`\n"
    "writes, the received files (incoming) and status.prom, for monitoring. Ctrl-C or\n"
    "SIGTERM ends it; the same command goes on. Operator's page: docs/listen.md.";

// What is sent back, besides what `batch` writes.
constexpr const char* kObjects = ",seg,sr,sc,notice";

struct ListenFlags {
    BatchFlags batch;
    std::filesystem::path config_file;
};

// In one call, so that lines of several processes never mix.
void log_line(const std::string& text) {
    const std::string line = utc_now() + " " + text + "\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
}

void check_outputs(const NodeConfig& config, const ListenFlags& flags) {
    const OutputOptions outputs = output_options(flags.batch.study.output);
    if (outputs.html) {
        throw Error(ErrorCode::usage,
                    "a node has no end after which a page could be written; leave html out of "
                    "--write, and let 'paraspinal report DIR' make it at any time");
    }
    if (!config.send_to.empty() && !has_dicom_object(outputs)) {
        throw Error(ErrorCode::usage,
                    "there is nothing to send, as --write names no DICOM object; add seg to it, or "
                    "take send-to out of the configuration");
    }
}

int run_listen_command(const ListenFlags& flags) {
    const NodeConfig config = read_node_config(flags.config_file);
    check_batch_flags(flags.batch);
    check_outputs(config, flags);
    make_output_folder(flags.batch.folder);
    const FileLock lock(flags.batch.folder);
    note_stop_signals();
    ReceiverProcess receiver(config, flags.batch.folder, log_line);
    log_line(config.ae_title + " listens on " + config.address + ":" +
             std::to_string(receiver.port()) + (config.tls ? " (TLS)" : ""));
    const bool all_measured = run_listen({.config = config,
                                          .batch = batch_options(flags.batch),
                                          .log = log_line,
                                          .should_stop = is_stopped},
                                         receiver);
    return all_measured ? 0 : kExitSomeFailed;
}

}  // namespace

void add_listen(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<ListenFlags>();
    flags->batch.study.output.list += kObjects;
    CLI::App* const command =
        app.add_subcommand("listen", "Receive studies as a DICOM node and measure them");
    add_output_folder(*command, flags->batch);
    command->add_option("--config", flags->config_file, "Who may send, and where results go")
        ->required()
        ->type_name("FILE");
    add_worker_flags(*command, flags->batch);
    command->footer(kFooter);
    command->final_callback(
        [flags, &run] { run = [flags] { return run_listen_command(*flags); }; });
}

}  // namespace paraspinal
