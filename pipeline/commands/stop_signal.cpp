// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/stop_signal.h"

#include <csignal>

namespace paraspinal {
namespace {

// The only thing that a signal handler may touch.
volatile std::sig_atomic_t noted = 0;  // NOLINT(*-avoid-non-const-global-variables)

void note(int signal) {
    noted = signal;
}

}  // namespace

void note_stop_signals() {
    struct sigaction action {};
    action.sa_handler = note;  // NOLINT(*-union-access)
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool is_stopped() {
    return noted != 0;
}

int exit_code_of_stop() {
    constexpr int kExitOfSignal = 128;
    return kExitOfSignal + noted;
}

}  // namespace paraspinal
