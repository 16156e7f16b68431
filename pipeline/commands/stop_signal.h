// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// From now on Ctrl-C (SIGINT) and SIGTERM are only noted; a second one ends the program at once.
void note_stop_signals();

/// Whether one was noted.
bool is_stopped();

/// What the program returns when it was stopped: 128 and the number of the signal that was noted.
int exit_code_of_stop();

}  // namespace paraspinal
