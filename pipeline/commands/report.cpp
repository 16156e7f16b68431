// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/page/study_page.h"
#include "pipeline/study/version.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Reads DIR/measurements.csv as 'measure' and 'batch' write it. The page works\n"
    "offline; its pictures are those in the study folders, so it belongs into DIR.\n"
    "Example:\n"
    "  paraspinal report results && xdg-open results/report.html";

// Tables have a decision when they are written next.
bool are_tables_behind(const std::filesystem::path& folder) {
    std::error_code none;
    return std::filesystem::last_write_time(folder / kReadingsFile, none) >
           std::filesystem::last_write_time(folder / "measurements.csv", none);
}

int run_report(const std::filesystem::path& folder) {
    const int code = tell_damaged_readings({folder});
    std::cout << write_study_page(folder, std::string(software_version())).string() << '\n';
    if (are_tables_behind(folder)) {
        std::cerr
            << "paraspinal: studies were reviewed since the tables were written, and the page "
               "does not show that; run the same 'batch' again, which measures nothing twice, "
               "and then 'report'\n";
    }
    return code;
}

}  // namespace

void add_report(CLI::App& app, Run& run) {
    const auto folder = std::make_shared<std::filesystem::path>();
    CLI::App* const command =
        app.add_subcommand("report", "Page to look through the studies of a run (HTML)");
    command->add_option("DIR", *folder, "Folder of the run; gets report.html")
        ->required()
        ->type_name("");
    command->footer(kFooter);
    command->final_callback([folder, &run] { run = [folder] { return run_report(*folder); }; });
}

}  // namespace paraspinal
