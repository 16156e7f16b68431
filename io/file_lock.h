// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Keeps a second process out of a folder for as long as the object lives. The operating system
/// lets go when the process ends, however it ends.
class FileLock {
  public:
    /// Takes the lock of `folder`, the file `.lock` in it, which stays behind. Throws Error
    /// ledger_in_use when another process holds it, output_not_writable when it cannot be made, or
    /// is a link.
    explicit FileLock(const std::filesystem::path& folder);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    FileLock(FileLock&&) = delete;
    FileLock& operator=(FileLock&&) = delete;

  private:
    int descriptor_ = -1;
};

}  // namespace paraspinal
