// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace paraspinal {

/// Calls `command` in a child of this process and gives back its result there as here. Where the
/// child crashes (or is killed, as when memory runs out), another one begins anew, in which
/// `died_of` is true for what the first had begun last: a decoder that crashes costs one file or
/// study, not the call. Other signals end this process as they ended the child.
///
/// For commands that write nothing before they have looked at all that they read. Must be called
/// while this process has one thread. Throws Error internal where no process can be made, or a
/// child dies of nothing, of the same again, or after kMostCrashes others.
int run_guarded(const std::function<int()>& command);

/// Says that work on `what` begins. True when an earlier child of run_guarded died of it: leave it
/// out. Always false outside of run_guarded.
bool died_of(std::string_view what);

/// More is no broken file, but a broken program.
inline constexpr int kMostCrashes = 100;

}  // namespace paraspinal
