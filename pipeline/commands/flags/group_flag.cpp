// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/group_flag.h"

#include <algorithm>

namespace paraspinal {
namespace {

bool writes_files(const CLI::App& command) {
    return command.get_option_no_throw("--output") != nullptr || command.get_name() == "report" ||
           command.get_name() == "review";
}

}  // namespace

void add_group_flag(CLI::App& app, bool& is_for_group) {
    for (CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (writes_files(*command)) {
            command->add_flag("--group-readable",
                              is_for_group,
                              "Your group may read what is written, not you alone");
        }
        add_group_flag(*command, is_for_group);
    }
}

bool is_worker(const CLI::App& app) {
    return std::ranges::any_of(app.get_subcommands(), [](const CLI::App* command) {
        return command->get_group().empty();
    });
}

}  // namespace paraspinal
