// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Keeps the processes that put received files in their places and the one that deletes old ones
/// out of each other's way: what is being deleted cannot be replaced meanwhile by a new version,
/// which would go with it.
class IncomingLock {
  public:
    enum class For {
        adding,    ///< Any number at a time.
        deleting,  ///< Alone.
    };
    /// Waits for its turn. `folder` is incoming_folder of the node. Throws Error
    /// output_not_writable when it is not there.
    IncomingLock(const std::filesystem::path& folder, For purpose);
    ~IncomingLock();
    IncomingLock(const IncomingLock&) = delete;
    IncomingLock& operator=(const IncomingLock&) = delete;
    IncomingLock(IncomingLock&&) = delete;
    IncomingLock& operator=(IncomingLock&&) = delete;

  private:
    int descriptor_ = -1;
};

}  // namespace paraspinal
