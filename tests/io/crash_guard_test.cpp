// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/crash_guard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

// What the last child left out, as the digits of its exit status: the child ends here, as it would
// go on with the other tests.
int left_out(const std::vector<std::string>& deadly, int signal) {
    return run_guarded([&]() -> int {
        int digits = 0;
        for (const std::string what : {"1", "2", "3"}) {
            if (died_of(what)) {
                digits = 10 * digits + std::stoi(what);
            } else if (std::ranges::find(deadly, what) != deadly.end()) {
                std::signal(signal, SIG_DFL);  // Sanitizers have handlers of their own.
                std::raise(signal);
            }
        }
        std::_Exit(digits);
    });
}

TEST(CrashGuard, GivesBackTheResult) {
    EXPECT_EQ(run_guarded([]() -> int { std::_Exit(7); }), 7);
}

TEST(CrashGuard, LeavesOutWhatItDiedOf) {
    EXPECT_EQ(left_out({"2"}, SIGSEGV), 2);
}

TEST(CrashGuard, OutlivesSeveralCrashesAndKills) {
    EXPECT_EQ(left_out({"1", "3"}, SIGABRT), 13);
    EXPECT_EQ(left_out({"1", "2", "3"}, SIGKILL), 123);
}

TEST(CrashGuard, KnowsNothingOutside) {
    EXPECT_FALSE(died_of("2"));
}

}  // namespace
}  // namespace paraspinal
