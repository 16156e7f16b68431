// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/near_miss.h"
#include "core/printable.h"
#include "io/library_messages.h"
#include "io/node/prompt_network.h"
#include "io/private_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/study/version.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <optional>
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

// For what is no command or option: what it may have been meant for.
void suggest(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
    }
    std::vector<std::string> names;
    for (const CLI::App* const one : command->get_subcommands({})) {
        names.push_back(one->get_name());
    }
    for (const CLI::Option* const option : command->get_options()) {
        names.push_back(option->get_name());
    }
    for (const std::string& word : app.remaining(true)) {
        if (const std::optional<std::string> meant = near_miss(word, names)) {
            std::cerr << "Did you mean '" << *meant << "'?\n";
        }
    }
}

int parse_and_run(int argc, char** argv) {
    CLI::App app("Paraspinal muscle area and fat from lumbar MRI, and what they say about risk.",
                 "paraspinal");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    app.footer(kFooter);
    Run run;
    for (const auto add_command : kCommands) {
        add_command(app, run);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 has exit codes of its own; help and version are no failures.
        if (app.exit(error) == 0) {
            return 0;
        }
        suggest(app);
        return exit_code(ErrorCode::usage);
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
        paraspinal::keep_files_from_others();
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
