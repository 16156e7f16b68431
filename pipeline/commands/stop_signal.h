// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// From now on Ctrl-C (SIGINT) and SIGTERM are only noted; a second one ends the program at once.
void note_stop_signals();

/// The signal that was noted; 0 when none was.
int noted_stop_signal();

}  // namespace paraspinal
