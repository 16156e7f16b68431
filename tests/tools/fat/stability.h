// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <ostream>

namespace paraspinal::evaluation {

/// Markdown: on how many of the marked slices the reference is found and how far FDR moves when
/// they are disturbed; and how far FDR lies from what the marks give as the reference.
void print_stability(std::ostream& out,
                     const std::filesystem::path& marks,
                     const std::filesystem::path& images);

}  // namespace paraspinal::evaluation
