// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>

struct z_stream_s;

namespace paraspinal::dicom {

/// The bytes of a file from its start to its end, unpacked from some place on when told so.
class ByteSource {
  public:
    /// A file that cannot be opened has no bytes.
    explicit ByteSource(const std::filesystem::path& file);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    ByteSource(ByteSource&&) = delete;
    ByteSource& operator=(ByteSource&&) = delete;

    /// From here on the bytes of the file are a raw deflate stream (RFC 1951). Throws Error
    /// malformed_file once more than `most_bytes` have come out of it.
    void inflate_from_here(std::int64_t most_bytes);

    /// Fills `target`; false when the bytes end before.
    bool read(std::span<unsigned char> target);
    bool skip(std::uint64_t count);
    /// Goes back to `position` of a file that is not unpacked. What lies in the window is not read
    /// again.
    void go_back(std::uint64_t position);
    /// How many bytes have been read or skipped.
    [[nodiscard]] std::uint64_t position() const { return position_; }

  private:
    bool read_plain(std::span<unsigned char> target);
    bool read_inflated(std::span<unsigned char> target);
    void seek_to_position();

    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::unique_ptr<z_stream_s> inflater_;
    std::array<unsigned char, 16384> packed_{};
    /// Small, because most headers are: what is read beyond them, or after a skip, is for nothing.
    std::array<unsigned char, 1024> window_{};
    std::span<unsigned char> ahead_;  ///< Of `window_`: read from the file, but not yet from here.
    std::uint64_t position_ = 0;
    std::int64_t bytes_left_ = 0;  // Of those that may come out of the inflater.
};

}  // namespace paraspinal::dicom
