// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace paraspinal {

/// Throws Error malformed_file.
[[noreturn]] void refuse_damaged_roi(const std::string& what);

/// Where a text lies in a .roi file; both as the file states them.
struct RoiText {
    int offset = 0;
    int length = 0;
};

/// The numbers of a .roi file, big-endian, by their offset. Each read beyond the end, and each
/// number that is none, throws Error malformed_file.
class RoiBytes {
  public:
    explicit RoiBytes(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] int u8(std::size_t offset) const;
    [[nodiscard]] int u16(std::size_t offset) const;
    [[nodiscard]] int i16(std::size_t offset) const;
    [[nodiscard]] int i32(std::size_t offset) const;
    [[nodiscard]] double real(std::size_t offset) const;
    /// 16-bit characters as UTF-8. A surrogate, which no name that we know has, becomes "?".
    [[nodiscard]] std::string text(const RoiText& place) const;
    /// `count`, after making sure that so many things of `size` bytes fit in from `offset` on.
    [[nodiscard]] std::size_t checked_count(int count, std::size_t size, std::size_t offset) const;

  private:
    [[nodiscard]] std::uint32_t number(std::size_t offset, std::size_t size) const;

    std::string_view bytes_;
};

}  // namespace paraspinal
