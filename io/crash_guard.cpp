// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/crash_guard.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <set>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace paraspinal {
namespace {

// What the child is about, where its parent can read it after its death. Longer texts are cut.
struct Page {
    std::array<char, 8192> begun{};
};

struct Guard {
    Page* page = nullptr;  // Null outside of run_guarded.
    std::set<std::string> casualties;
};

Guard& guard() {
    static Guard only;
    return only;
}

std::string cut(std::string_view what) {
    return std::string(what.substr(0, std::tuple_size_v<decltype(Page::begun)> - 1));
}

Page* shared_page() {
    void* const memory =
        mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw Error(ErrorCode::internal, "no memory can be shared with another process");
    }
    return new (memory) Page;
}

bool is_crash(int signal) {
    constexpr std::array kCrashes{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGKILL};
    return std::ranges::find(kCrashes, signal) != kCrashes.end();
}

// The wait status of the child.
int status_of(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            throw Error(ErrorCode::internal, "a process of its own cannot be waited for");
        }
    }
    return status;
}

void end_by(int signal) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void bury(Guard& state) {
    const std::string what = state.page->begun.data();
    if (what.empty() || state.casualties.size() >= kMostCrashes ||
        !state.casualties.insert(what).second) {
        throw Error(ErrorCode::internal,
                    what.empty() ? "it crashed" : "it crashed again and again, last at " + what);
    }
    state.page->begun.front() = '\0';
}

}  // namespace

int run_guarded(const std::function<int()>& command) {
    Guard& state = guard();
    state.page = shared_page();
    while (true) {
        const pid_t child = fork();
        if (child < 0) {
            throw Error(ErrorCode::internal, "no process of its own can be made");
        }
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            return command();
        }
        const int status = status_of(child);
        if (WIFEXITED(status)) {
            munmap(std::exchange(state.page, nullptr), sizeof(Page));
            state.casualties.clear();
            return WEXITSTATUS(status);
        }
        if (!is_crash(WTERMSIG(status))) {
            end_by(WTERMSIG(status));
        }
        bury(state);
    }
}

bool died_of(std::string_view what) {
    Guard& state = guard();
    if (state.page == nullptr) {
        return false;
    }
    const std::string text = cut(what);
    std::memcpy(state.page->begun.data(), text.c_str(), text.size() + 1);
    return state.casualties.contains(text);
}

}  // namespace paraspinal
