// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// Stops DCMTK and ITK from writing warnings to the standard error, where they could spell
/// out what a header holds. What matters reaches the caller as Error. Called once, by `main` and
/// by test programs, before anything is read.
void silence_library_messages();

}  // namespace paraspinal
