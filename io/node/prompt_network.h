// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// Makes DCMTK send small messages at once (no Nagle algorithm); otherwise each C-STORE takes two
/// delayed acknowledgements of 40 ms. It asks the environment variable TCP_NODELAY, and so a value
/// that the user has set stays. Called once, by `main` and by test programs, before any thread.
void make_network_prompt();

}  // namespace paraspinal
