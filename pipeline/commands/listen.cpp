// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "io/file_lock.h"
#include "io/node/ip_address.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/batch_flags.h"
#include "pipeline/commands/stop_signal.h"
#include "pipeline/listen/check_node.h"
#include "pipeline/listen/followed_readings.h"
#include "pipeline/listen/queue_results.h"
#include "pipeline/listen/run_listen.h"
#include "pipeline/report/write_outputs.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "FILE names who may send, where results go, and the limits. DIR gets what `batch`\n"
    "writes, the received files (incoming) and status.prom, for monitoring. Ctrl-C or\n"
    "SIGTERM ends it; the same command goes on. Operator's page: docs/listen.md.";

// What is sent back, besides what `batch` writes.
constexpr const char* kObjects = ",seg,sr,sc,notice";

// A file that has the --reading with which a node ran last in its folder.
constexpr const char* kReadingOfNode = "reading";

struct ListenFlags {
    BatchFlags batch;
    std::filesystem::path config_file;
    bool check = false;
    std::string resend;  // A study, or "all".
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

// The exit code is that of the first that is to be mended.
int run_check(const NodeConfig& config, const std::filesystem::path& folder) {
    const std::vector<NodeFinding> findings = check_node(config, folder);
    std::cout << "ok    configuration\n" << findings_text(findings);
    const auto first = std::ranges::find_if(
        findings, [](const NodeFinding& finding) { return finding.to_mend.has_value(); });
    return first == findings.end() ? 0 : exit_code(first->to_mend->code());
}

// What it is told, or what the node of the folder was, whose word counts.
std::string node_reading(const BatchFlags& flags) {
    const std::string of_node = read_file(flags.folder / kReadingOfNode).value_or(flags.reading);
    if (flags.reading != kLatestReading && flags.reading != of_node) {
        throw Error(ErrorCode::usage,
                    "the node of this folder sends by --reading " + of_node +
                        "; leave --reading out, or restart the node with another one");
    }
    return of_node;
}

int run_resend(const NodeConfig& config, const ListenFlags& flags) {
    if (config.send_to.empty()) {
        throw Error(ErrorCode::usage, "the configuration names nobody to send to (send-to)");
    }
    if (!std::filesystem::is_directory(flags.batch.folder)) {
        throw Error(ErrorCode::input_not_found,
                    "no such folder: '" + flags.batch.folder.string() + "'");
    }
    const std::string reading = node_reading(flags.batch);
    FollowedReadings readings(flags.batch.folder, reading, log_line);
    const AskedStudies asked = ask_again(flags.batch.folder, flags.resend, readings.current());
    for (const std::string& study : asked.left_out) {
        std::cerr << "paraspinal: " << study << "\n";
    }
    std::cout << asked.count << " studies will be sent again by the node of this folder\n";
    return 0;
}

std::string without_notice(const std::string& list) {
    std::vector<std::string> names = split(list, ',');
    std::erase(names, "notice");
    return joined(names, ",");
}

int run_listen_command(ListenFlags flags) {
    const NodeConfig config = read_node_config(flags.config_file);
    if (!config.sends_notices) {
        flags.batch.study.output.list = without_notice(flags.batch.study.output.list);
    }
    check_batch_flags(flags.batch);
    check_outputs(config, flags);
    if (flags.check) {
        return run_check(config, flags.batch.folder);
    }
    if (!flags.resend.empty()) {
        return run_resend(config, flags);
    }
    make_output_folder(flags.batch.folder);
    const FileLock lock(flags.batch.folder);
    remove_unfinished_files(flags.batch.folder);
    write_file(flags.batch.folder / kReadingOfNode, flags.batch.reading);
    note_stop_signals();
    ReceiverProcess receiver(config, flags.batch.folder, log_line);
    log_line(config.ae_title + " listens on " + place_text(config.address, receiver.port()) +
             (config.tls ? " (TLS)" : ""));
    const bool all_measured =
        run_listen({.config = config,
                    .batch = batch_options(flags.batch),
                    .reading = flags.batch.reading,
                    .hides_names = !flags.batch.study.output.deidentify_key.empty(),
                    .log = log_line,
                    .should_stop = is_stopped},
                   receiver);
    const int code = tell_damaged_readings({flags.batch.folder});
    return all_measured ? code : kExitSomeFailed;
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
    CLI::Option* const check = command->add_flag(
        "--check", flags->check, "Only try all of it, and say what is to be mended");
    command
        ->add_option("--resend", flags->resend, "Send the results of a study (folder, UID) again")
        ->type_name("STUDY|all")
        ->check([](const std::string& study) {
            return study.empty() ? std::string("names a study, or all") : std::string();
        })
        ->excludes(check);
    add_reading_flag(*command, flags->batch.reading);
    add_worker_flags(*command, flags->batch);
    command->footer(kFooter);
    command->final_callback(
        [flags, &run] { run = [flags] { return run_listen_command(*flags); }; });
}

}  // namespace paraspinal
