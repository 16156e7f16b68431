// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

const std::vector<std::string>& commands() {
    static const std::vector<std::string> names{"inspect",
                                                "measure",
                                                "pull",
                                                "batch",
                                                "listen",
                                                "export",
                                                "risk",
                                                "model",
                                                "cohort",
                                                "agree",
                                                "follow",
                                                "norms",
                                                "evaluate",
                                                "report",
                                                "review",
                                                "completion"};
    return names;
}

std::string help_of(const std::vector<std::string>& arguments) {
    const ProgramRun run = run_paraspinal(arguments);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    return run.out;
}

TEST(Help, FitsATerminalOfEightyColumns) {
    std::vector<std::vector<std::string>> calls{{"--help"}};
    for (const std::string& command : commands()) {
        calls.push_back({command, "--help"});
    }
    for (const std::vector<std::string>& call : calls) {
        const std::string help = help_of(call);
        EXPECT_NE(help.find("Usage: "), std::string::npos) << call.front();
        for (const std::string& line : lines_of(help)) {
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

TEST(Help, InspectOffersOnlyWhatItUses) {
    const std::string help = help_of({"inspect", "--help"});
    EXPECT_NE(help.find("--level"), std::string::npos);
    for (const char* const other : {"--clinical", "--risk-model", "--roi", "--fat-method"}) {
        EXPECT_EQ(help.find(other), std::string::npos) << other;
        EXPECT_EQ(run_paraspinal({"inspect", ".", other, "muscle"}).exit_code, 2) << other;
    }
}

TEST(Help, NamesEveryCommand) {
    const std::string help = help_of({"--help"});
    for (const std::string& command : commands()) {
        EXPECT_NE(help.find("  " + command), std::string::npos) << command;
    }
}

// docs/cli.md holds the help texts; UPDATE_GOLDEN=1 rewrites it.
TEST(Help, IsWhatTheDocumentationSays) {
    std::string document = "# Command line\n\nMade from the program's own `--help`.\n\n```\n" +
                           help_of({"--help"}) + "```\n";
    for (const std::string& command : commands()) {
        document +=
            "\n## paraspinal " + command + "\n\n```\n" + help_of({command, "--help"}) + "```\n";
    }
    const std::filesystem::path file = source_folder() / "docs" / "cli.md";
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
        std::ofstream(file) << document;
    }
    std::ifstream stream(file);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), document)
        << "docs/cli.md is stale: run this test with UPDATE_GOLDEN=1";
}

TEST(Version, NamesProgramModelsAndLibraries) {
    const ProgramRun run = run_paraspinal({"--version"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.err, "");
    for (const char* const part : {"paraspinal " PARASPINAL_VERSION,
                                   "\noutline model: outline ",
                                   "\nlevel model: vertebrae ",
                                   "ITK 5.2",
                                   "OpenCV 4.6",
                                   "DCMTK 3.6",
                                   "Research use only"}) {
        EXPECT_NE(run.out.find(part), std::string::npos) << part << "\n" << run.out;
    }
}

}  // namespace
}  // namespace paraspinal::testing
