// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace paraspinal {

/// A file of the page, as it is part of the program.
struct PageFile {
    std::string_view path;  ///< As in the address: "/worklist.js".
    std::string_view type;  ///< Content type.
    std::string_view content;
};

std::span<const PageFile> page_files();

}  // namespace paraspinal
