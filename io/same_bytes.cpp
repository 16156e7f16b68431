// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/same_bytes.h"

#include <cstddef>
#include <fstream>
#include <string>
#include <system_error>

namespace paraspinal {

bool have_same_bytes(const std::filesystem::path& one, const std::filesystem::path& other) {
    constexpr std::size_t kBlockBytes = 1 << 20;
    std::error_code error;
    if (std::filesystem::file_size(one, error) != std::filesystem::file_size(other, error) ||
        error) {
        return false;
    }
    std::ifstream first(one, std::ios::binary);
    std::ifstream second(other, std::ios::binary);
    std::string first_block(kBlockBytes, '\0');
    std::string second_block(kBlockBytes, '\0');
    while (first && second) {
        first.read(first_block.data(), kBlockBytes);
        second.read(second_block.data(), kBlockBytes);
        if (first.gcount() != second.gcount() || first_block != second_block) {
            return false;
        }
    }
    return first.eof() && second.eof();
}

}  // namespace paraspinal
