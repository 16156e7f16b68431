// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/file_lock.h"
#include "io/output_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/peer_flags.h"
#include "pipeline/commands/stop_signal.h"
#include "pipeline/commands/talk.h"
#include "pipeline/pull/pull_studies.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace paraspinal {
namespace {

using std::chrono::milliseconds;

constexpr const char* kFooter =
    "The list is a CSV file with a column accession_number, or study_uid. MR series\n"
    "come by C-GET into DIR/dicom, or with --move-to by C-MOVE to a running\n"
    "'paraspinal listen'. DIR/pull.csv has a row for each number: found, several,\n"
    "incomplete, not_found, no_mr, failed, invalid or not_tried. The same command\n"
    "goes on where a run was stopped. Exit code 8: not all were found.\n"
    "Example:\n"
    "  paraspinal pull list.csv --from PACS@10.0.0.5:104 -o study\n"
    "  paraspinal batch study/dicom -o study/results\n"
    "Details: docs/pull.md.";

struct PullFlags {
    std::filesystem::path list;
    std::filesystem::path folder;
    PeerFlags archive;
    std::string move_to;
    int per_minute = 30;
    int timeout_s = 300;
    bool retry = false;
    bool quiet = false;
};

PullOptions pull_options(const PullFlags& flags, ArchiveKey key) {
    constexpr milliseconds kMinute{60000};
    return {.peer = peer_of(flags.archive),
            .client = {.own_ae_title = parse_ae_title(flags.archive.own_ae_title),
                       .reply_timeout_s = flags.timeout_s},
            .destination = {.folder = flags.folder / "dicom",
                            .move_to = flags.move_to.empty() ? "" : parse_ae_title(flags.move_to)},
            .key = key,
            .interval = flags.per_minute > 0 ? kMinute / flags.per_minute : milliseconds(0),
            .retry = flags.retry};
}

// In slices, so that Ctrl-C is heard.
void wait_or_stop(milliseconds time) {
    constexpr milliseconds kSlice{100};
    for (; time > milliseconds(0) && !is_stopped(); time -= kSlice) {
        std::this_thread::sleep_for(std::min(time, kSlice));
    }
}

PullHooks real_hooks(Talk& talk, const std::function<void()>& row_done) {
    return {.row_done = row_done,
            .say = [&talk](const std::string& text) { talk.say(text); },
            .should_stop = is_stopped,
            .wait = wait_or_stop,
            .clock =
                [] {
                    return std::chrono::duration_cast<milliseconds>(
                        std::chrono::steady_clock::now().time_since_epoch());
                }};
}

void say_what_was_read(const PullList& list, Talk& talk) {
    if (list.repeated_lines > 0) {
        talk.say("lines that repeat an earlier one: " + std::to_string(list.repeated_lines));
    }
    if (list.empty_lines > 0) {
        talk.say("lines without a value: " + std::to_string(list.empty_lines));
    }
}

int run_pull(const PullFlags& flags) {
    const PullList list = read_pull_list(flags.list);
    const PullOptions options = pull_options(flags, list.key);
    make_output_folder(flags.folder);
    const FileLock lock(flags.folder);
    Talk talk(flags.quiet);
    say_what_was_read(list, talk);
    const std::filesystem::path table = flags.folder / "pull.csv";
    std::vector<PullRow> rows = pull_rows(list, table);
    const auto save = [&] { write_pull_table(table, list.key, rows); };
    save();
    note_stop_signals();
    talk.begin_studies();
    pull_studies(rows, options, real_hooks(talk, [&] {
                     save();
                     talk.show(pull_summary(list.key, rows));
                 }));
    talk.say(pull_summary(list.key, rows));
    talk.say("wrote " + table.string());
    if (is_stopped()) {
        talk.say("stopped by a signal; the same command goes on from here");
        return exit_code_of_stop();
    }
    return std::ranges::all_of(rows, is_retrieved) ? 0 : kExitSomeFailed;
}

void add_archive_flags(CLI::App& command, PullFlags& flags) {
    add_peer_flags(command, "--from", "The archive (PACS)", flags.archive)->required();
    command.add_option("--move-to", flags.move_to, "C-MOVE to this node instead of C-GET")
        ->type_name("AET");
    command.add_option("--per-minute", flags.per_minute, "Most numbers a minute; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N")
        ->capture_default_str();
    command.add_option("--timeout", flags.timeout_s, "Longest silence of the archive")
        ->check(CLI::PositiveNumber)
        ->type_name("SECONDS")
        ->capture_default_str();
}

}  // namespace

void add_pull(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<PullFlags>();
    CLI::App* const command =
        app.add_subcommand("pull", "Fetch studies from an archive by accession number");
    command->add_option("LIST", flags->list, "CSV file")->required()->type_name("");
    command->add_option("-o,--output", flags->folder, "Folder for pull.csv and dicom/")
        ->required()
        ->type_name("DIR");
    add_archive_flags(*command, *flags);
    command->add_flag("--retry", flags->retry, "Ask again for what was not found or incomplete");
    command->add_flag("-q,--quiet", flags->quiet, "Only errors on standard error");
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_pull(*flags); }; });
}

}  // namespace paraspinal
