// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/batch_flags.h"

#include "io/digest.h"
#include "io/read_file.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/version.h"

#include <chrono>
#include <cstdint>
#include <oneapi/tbb/info.h>

namespace paraspinal {
namespace {

// Two runs with the same text measure the same way. A file that an option names counts by content.
std::string options_fingerprint(const BatchFlags& flags) {
    std::string text = version_text() + "\nwrite " + flags.outputs + "\n";
    for (const std::string& argument : flags.analyze_arguments) {
        text += argument + "\n";
        const std::filesystem::path file = argument.substr(argument.find('=') + 1);
        if (std::filesystem::is_regular_file(file)) {
            text += sha256(read_file(file).value_or("")) + "\n";
        }
    }
    return sha256(text);
}

WorkerCommand worker_command(const BatchFlags& flags) {
    constexpr std::uint64_t kBytesPerMegabyte = 1 << 20;
    std::vector<std::string> arguments{
        "batch-worker", "--output=" + flags.folder.string(), "--write=" + flags.outputs};
    arguments.insert(
        arguments.end(), flags.analyze_arguments.begin(), flags.analyze_arguments.end());
    return {.program = std::filesystem::read_symlink("/proc/self/exe"),
            .arguments = arguments,
            .memory_bytes = static_cast<std::uint64_t>(flags.memory_mb) * kBytesPerMegabyte,
            .timeout = std::chrono::seconds(flags.timeout_s)};
}

WorkerCommand header_worker_command() {
    // A header of a few kilobytes takes no time; what takes a minute, or more memory, hangs.
    constexpr std::chrono::seconds kTimeout{60};
    constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;
    return {.program = std::filesystem::read_symlink("/proc/self/exe"),
            .arguments = {"header-worker"},
            .memory_bytes = kMemoryBytes,
            .timeout = kTimeout};
}

}  // namespace

void add_output_folder(CLI::App& command, BatchFlags& flags) {
    command.add_option("-o,--output", flags.folder, "Write the results below this folder")
        ->required()
        ->type_name("DIR");
}

void add_measuring_flags(CLI::App& command, BatchFlags& flags) {
    command.add_option("--jobs", flags.jobs, "Studies at a time [processors]")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    command.add_option("--timeout", flags.timeout_s, "Longest time for one study")
        ->check(CLI::PositiveNumber)
        ->type_name("SECONDS")
        ->capture_default_str();
    command.add_option("--memory", flags.memory_mb, "Most memory for one study; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->type_name("MB")
        ->capture_default_str();
    command.add_option("--write", flags.outputs, "Which files to write")
        ->type_name("LIST")
        ->capture_default_str();
    flags.first_analyze_option = command.get_options().size();
    add_analyze_flags(command, flags.analyze);
    add_deidentify_flag(command, flags.analyze);
}

void add_batch_flags(CLI::App& command, BatchFlags& flags) {
    command.add_option("ROOT", flags.roots, "Folders or files")->required()->type_name("");
    add_output_folder(command, flags);
    command.add_option("--shard", flags.shard, "Only this part of the studies, such as 1/4")
        ->type_name("I/N");
    command.add_flag("--retry-failed", flags.retry_failed, "Measure failed studies again");
    command.add_flag("--force", flags.force, "Measure all studies again");
    command.add_option("--watch", flags.watch_s, "Go on; measure what has stayed the same so long")
        ->check(CLI::PositiveNumber)
        ->type_name("SECONDS");
    command.add_flag("-q,--quiet", flags.quiet, "Only errors on standard error");
    add_measuring_flags(command, flags);
}

void keep_analyze_arguments(const CLI::App& command, BatchFlags& flags) {
    const std::vector<const CLI::Option*> options = command.get_options();
    for (std::size_t i = flags.first_analyze_option; i < options.size(); ++i) {
        const CLI::Option& option = *options[i];
        if (option.count() > 0) {
            const bool is_flag = option.get_expected_max() == 0;
            flags.analyze_arguments.push_back(option.get_name() +
                                              (is_flag ? "" : "=" + option.results().front()));
        }
    }
}

void check_batch_flags(const BatchFlags& flags) {
    analyze_options(flags.analyze);
    output_options(flags.outputs, flags.analyze);
    risk_setup(flags.analyze);
}

BatchOptions batch_options(const BatchFlags& flags) {
    BatchOptions options{.folder = flags.folder,
                         .jobs = flags.jobs,
                         .worker = worker_command(flags),
                         .header_worker = header_worker_command(),
                         .options_fingerprint = options_fingerprint(flags),
                         .shard = parse_shard(flags.shard),
                         .settle = std::chrono::seconds(flags.watch_s)};
    if (options.jobs == 0) {
        options.jobs = oneapi::tbb::info::default_concurrency();
    }
    if (flags.force) {
        options.redo = Redo::all;
    } else if (flags.retry_failed) {
        options.redo = Redo::failed;
    }
    return options;
}

}  // namespace paraspinal
