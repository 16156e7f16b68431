// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// What the command line does for people: guesses, configuration files, progress, answers as JSON.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

using Arguments = std::vector<std::string>;

const std::string& sample() {
    static const std::string folder = (source_folder() / "sample_dicom" / "patient_b").string();
    return folder;
}

TEST(CommandLine, SaysWhatMayHaveBeenMeant) {
    struct Case {
        Arguments arguments;
        std::string answer;
    };
    for (const auto& [arguments, answer] : std::vector<Case>{
             {{"measur", "folder"}, "has no command 'measur'. Did you mean 'measure'?"},
             {{"cohort", "descibe", "x.csv"}, "'paraspinal cohort' has no command 'descibe'. Did"},
             {{"measure", "x", "--formt", "csv"}, "no option '--formt'. Did you mean '--format'?"},
             {{"measure", "x", "--levles=L1"}, "no option '--levles'. Did you mean '--levels'?"},
             {{"measure", "x", "--out", "y"}, "Did you mean '--output'?"},
             {{"listen", "-o", "x", "--config", "y", "--check", "--resend", "all"}, "--check"},
             {{"batch", "x", "-o", "y", "--retry"}, "Did you mean '--retry-failed'?"}}) {
        const ProgramRun run = run_paraspinal(arguments);
        EXPECT_EQ(run.exit_code, 2);
        EXPECT_NE(run.err.find(answer), std::string::npos) << run.err;
        EXPECT_NE(run.err.find(" --help' for more information.\n"), std::string::npos) << run.err;
    }
}

TEST(CommandLine, GuessesNothingThatIsFarOrHidden) {
    for (const Arguments& arguments : std::vector<Arguments>{
             {"measure", "x", "--xyzzy"}, {"xyzzy"}, {"batch-workers"}, {"header-work"}}) {
        const ProgramRun run = run_paraspinal(arguments);
        EXPECT_EQ(run.exit_code, 2);
        EXPECT_EQ(run.err.find("worker'?"), std::string::npos) << run.err;
        EXPECT_EQ(run.err.find("xyzzy'. Did"), std::string::npos) << run.err;
    }
}

TEST(CommandLine, TakesAnOffsetWithoutItsSign) {
    for (const char* const offset : {"--level-offset=1", "--level-offset=+1"}) {
        const ProgramRun run = run_paraspinal({"measure", "/nowhere", offset});
        EXPECT_EQ(run.exit_code, 3) << run.err;
    }
    EXPECT_EQ(run_paraspinal({"measure", "/nowhere", "--level-offset=2"}).exit_code, 2);
}

TEST(CommandLine, TakesLevelsInSmallLetters) {
    const ProgramRun run = run_paraspinal({"measure", sample(), "--level", "l3", "-q"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
}

TEST(CommandLine, AnswersJsonWhereNothingIsFound) {
    const ProgramRun run = run_paraspinal({"measure", "/nowhere", "--format", "json"});
    EXPECT_EQ(run.exit_code, 3);
    const auto answer = nlohmann::json::parse(run.out);
    ASSERT_EQ(answer.size(), 1U);
    EXPECT_EQ(answer[0]["status"], "failed");
    EXPECT_EQ(answer[0]["reason"], "input_not_found");
    EXPECT_NE(answer[0]["message"].get<std::string>().find("/nowhere"), std::string::npos);
    EXPECT_NE(run.err.find("[input_not_found]"), std::string::npos) << run.err;
}

class ConfigFile : public ::testing::Test {
  protected:
    ProgramRun measure(const std::string& settings, Arguments arguments = {}) const {
        std::ofstream(folder.path() / "settings.toml") << settings;
        arguments.insert(
            arguments.begin(),
            {"measure", sample(), "--config", (folder.path() / "settings.toml").string(), "-q"});
        return run_paraspinal(arguments);
    }

    TemporaryFolder folder;
};

TEST_F(ConfigFile, FillsOptionsThatTheCommandLineLeavesOut) {
    const std::string settings =
        "# Ours.\nformat = \"csv\"\nfat-method = 'otsu'\nno-bias-correction = true\n"
        "[batch]\njobs = 4\n";
    const ProgramRun ours = measure(settings);
    EXPECT_EQ(ours.exit_code, 0) << ours.err;
    EXPECT_EQ(cell(ours.out, "fat_method"), "otsu");
    const ProgramRun same = run_paraspinal(
        {"measure", sample(), "-q", "--format=csv", "--fat-method=otsu", "--no-bias-correction"});
    EXPECT_EQ(ours.out, same.out);
    const ProgramRun other = measure(settings, {"--fat-method", "guess"});
    EXPECT_NE(other.err.find("'guess'"), std::string::npos) << other.err;
}

TEST_F(ConfigFile, TakesListsAsArrays) {
    EXPECT_NE(measure("[measure]\nwrite = [\"csv\", \"xyz\"]\n").err.find("cannot write 'xyz'"),
              std::string::npos);
    EXPECT_NE(measure("levels = [\"L1\", \"L9\"]\n").err.find("not 'L1,L9'"), std::string::npos);
}

TEST_F(ConfigFile, IsRefusedWhereItMakesNoSense) {
    struct Case {
        std::string settings;
        std::string answer;
    };
    for (const auto& [settings, answer] :
         std::vector<Case>{{"fat_method = \"otsu\"",
                            "'fat_method' is no option of 'measure'; did you mean "
                            "'fat-method'?"},
                           {"jobs = 4", "'jobs' is no option of 'measure'"},
                           {"[listen]\nlevel = \"L3\"", "'listen' is no section"},
                           {"level = \"L9\"", "L9 not in {L1,L2,L3,L4,L5}"},
                           {"level = \"L3\"\nquiet = true\nlevel = \"L4\"", "'level' is set twice"},
                           {"level = \"L3\"\n[measure]\nlevel = \"L4\"", "'level' is set twice"},
                           {"level = \"L3\"\nlevel = \"L3\"", "'level' is set twice"},
                           {"every-slice = maybe", "'every-slice' is true or false"},
                           {"config = \"other.toml\"", "'config' is no option"}}) {
        const ProgramRun run = measure(settings);
        EXPECT_EQ(run.exit_code, 2) << settings;
        EXPECT_EQ(run.out, "") << settings;
        EXPECT_NE(run.err.find(answer), std::string::npos) << run.err;
    }
    EXPECT_EQ(run_paraspinal({"measure", sample(), "--config", "/nowhere"}).exit_code, 3);
}

TEST_F(ConfigFile, CountsForWhatBatchMeasuresAgain) {
    const std::string out = (folder.path() / "out").string();
    std::ofstream(folder.path() / "settings.toml") << "roi = \"muscle\"\nwrite = \"csv\"\n";
    const auto batch = [&](const Arguments& more) {
        Arguments all{"batch", sample(), "-o", out};
        all.insert(all.end(), more.begin(), more.end());
        return run_paraspinal(all).err;
    };
    const Arguments configured{"--config", (folder.path() / "settings.toml").string()};
    EXPECT_NE(batch(configured).find("1 to measure"), std::string::npos);
    EXPECT_NE(batch({"--roi", "muscle", "--write", "csv"}).find("0 to measure"), std::string::npos);
}

// `script` gives the program a terminal for standard output and error.
ProgramRun on_terminal(const std::string& command) {
    return run_program("script",
                       {"-qec", std::string(PARASPINAL_BINARY) + " " + command, "/dev/null"});
}

TEST(Progress, IsShownOnATerminalOnly) {
    const std::string many =
        (source_folder() / "tests" / "broken_dicom").string();  // Fail at once.
    EXPECT_NE(on_terminal("measure " + many).out.find("0/15 studies, 0 failed"), std::string::npos);
    EXPECT_EQ(on_terminal("measure -q " + many).out.find("studies, 0 failed"), std::string::npos);
    EXPECT_EQ(run_paraspinal({"measure", many}).err.find("studies, 0 failed"), std::string::npos);
}

// What bash offers for the last of some words.
std::vector<std::string> bash_offers(const TemporaryFolder& folder, const Arguments& words) {
    const std::string file = (folder.path() / "completion.bash").string();
    std::ofstream(file) << run_paraspinal({"completion", "bash"}).out;
    Arguments call{"-c",
                   "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
                   "_paraspinal paraspinal \"${COMP_WORDS[-1]}\" \"${COMP_WORDS[-2]}\"; "
                   "printf '%s\\n' \"${COMPREPLY[@]}\"",
                   file};
    call.insert(call.end(), words.begin(), words.end());
    return lines_of(run_program("bash", call).out);
}

TEST(Completion, OffersWhatFits) {
    const TemporaryFolder folder;
    const auto offers = [&](const Arguments& words) { return bash_offers(folder, words); };
    using Words = std::vector<std::string>;
    EXPECT_EQ(offers({"paraspinal", "mea"}), Words{"measure"});
    EXPECT_EQ(offers({"paraspinal", "model", "f"}), Words{"fit"});
    EXPECT_EQ(offers({"paraspinal", "measure", "--lev"}),
              (Words{"--level", "--levels", "--level-offset"}));
    EXPECT_EQ(offers({"paraspinal", "measure", "x", "--format", ""}),
              (Words{"table", "csv", "json"}));
    EXPECT_EQ(offers({"paraspinal", "measure", "--clinical", "x"}), Words{""}) << "files";
    EXPECT_EQ(offers({"paraspinal", "measure", "--write", "csv,js"}), Words{"csv,json"});
    EXPECT_EQ(offers({"paraspinal", "batch", "--levels", "L1,L5,"}).size(), 5U);
    EXPECT_EQ(offers({"paraspinal", "batch-w"}), Words{""}) << "hidden";
}

TEST(Completion, KnowsInEachShellWhatHelpLists) {
    for (const auto& [shell, dashes] : std::vector<std::pair<std::string, std::string>>{
             {"bash", "--"}, {"zsh", "--"}, {"fish", "-l "}}) {
        const ProgramRun run = run_paraspinal({"completion", shell});
        EXPECT_EQ(run.exit_code, 0) << run.err;
        for (const char* const command : {"batch", "listen", "cohort", "agree"}) {
            EXPECT_NE(run.out.find(command), std::string::npos) << shell << " " << command;
            for (const std::string& line : lines_of(run_paraspinal({command, "--help"}).out)) {
                const std::size_t begin = line.find("--");
                if (line.starts_with("  -") && begin < line.size()) {
                    const std::string name =
                        line.substr(begin + 2, line.find(' ', begin) - begin - 2);
                    EXPECT_NE(run.out.find(dashes + name), std::string::npos) << shell << name;
                }
            }
        }
    }
    EXPECT_EQ(run_paraspinal({"completion", "tcsh"}).exit_code, 2);
}

}  // namespace
}  // namespace paraspinal::testing
