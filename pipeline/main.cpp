// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/near_miss.h"
#include "core/printable.h"
#include "io/library_messages.h"
#include "io/node/prompt_network.h"
#include "io/private_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/group_flag.h"
#include "pipeline/commands/flags/overwritten_input.h"
#include "pipeline/study/version.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Method: Yang et al. 2025, Front. Med. 12:1514894, doi:10.3389/fmed.2025.1514894\n"
    "Exit codes: 0 ok, 1 internal error, 2 usage, 3 unreadable input,\n"
    "4 not analyzable, 5 output not writable, 6 another DICOM node fails,\n"
    "8 some studies failed.\n"
    "Research use only. Not a medical device.";

// Commands, or options, that --help lists.
std::vector<std::string> offered(const CLI::App& command, bool is_option) {
    std::vector<std::string> names;
    if (is_option) {
        for (const CLI::Option* const option : command.get_options()) {
            names.push_back(option->get_name());
        }
    } else {
        for (const CLI::App* const one : command.get_subcommands({})) {
            if (!one->get_group().empty()) {
                names.push_back(one->get_name());
            }
        }
    }
    return names;
}

// CLI11 says of a command that it does not know only that one is missing.
std::string usage_text(const CLI::App* app, const CLI::Error& error) {
    const CLI::App* command = app;
    std::string name = app->get_name();
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        name += " " + command->get_name();
    }
    std::string text;
    for (const std::string& word : command->remaining()) {
        const bool is_option = word.starts_with('-');
        if (!is_option && command->get_subcommands({}).empty()) {
            continue;
        }
        const std::string unknown = word.substr(0, is_option ? word.find('=') : word.npos);
        text += "'" + name + "' has no " + (is_option ? "option '" : "command '") + unknown + "'.";
        if (const auto meant = near_miss(unknown, offered(*command, is_option))) {
            text += " Did you mean '" + *meant + "'?";
        }
        text += '\n';
        if (!is_option) {
            break;  // The rest was meant for it.
        }
    }
    return (text.empty() ? error.what() + std::string("\n") : text) + "Run '" + name +
           " --help' for more information.\n";
}

int parse_and_run(int argc, char** argv) {
    CLI::App app("Paraspinal muscle area and fat from lumbar MRI, and what they say about risk.",
                 "paraspinal");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    app.footer(kFooter);
    app.failure_message(usage_text);
    Run run;
    for (const auto add_command : kCommands) {
        add_command(app, run);
    }
    bool is_for_group = false;
    add_group_flag(app, is_for_group);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 has exit codes of its own; help and version are no failures.
        if (app.exit(error) == 0) {
            return 0;
        }
        return exit_code(ErrorCode::usage);
    }
    refuse_overwriting(app);
    if (!is_worker(app)) {
        keep_files_from_others(is_for_group);
    }
    const int code = run();
    if (!std::cout.flush()) {
        throw Error(ErrorCode::output_not_writable,
                    "standard output cannot be written; check the pipe or the free disk space");
    }
    return code;
}

}  // namespace
}  // namespace paraspinal

int main(int argc, char** argv) {
    using paraspinal::ErrorCode;
    const paraspinal::PrintableStream out(std::cout);
    const paraspinal::PrintableStream talk(std::cerr);
    try {
        paraspinal::silence_library_messages();
        paraspinal::make_network_prompt();
        const int code = paraspinal::parse_and_run(argc, argv);
        if (code == exit_code(ErrorCode::internal)) {
            // Libraries that ran out of memory or threads may crash while they clean up (ITK does).
            std::cerr.flush();
            std::_Exit(code);
        }
        return code;
    } catch (const paraspinal::Error& error) {
        std::cerr << "paraspinal: " << error.what() << " [" << error_name(error.code()) << "]\n";
        return exit_code(error.code());
    } catch (const std::bad_alloc&) {
        std::cerr
            << "paraspinal: there is not enough memory; close other programs, or give it less "
               "at a time ["
            << error_name(ErrorCode::out_of_memory) << "]\n";
        return exit_code(ErrorCode::out_of_memory);
    } catch (const std::exception& error) {
        std::cerr << "paraspinal: internal error: " << error.what() << '\n';
        return exit_code(ErrorCode::internal);
    }
}
