// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/scan.h"
#include "io/file_scan.h"
#include "pipeline/batch/worker_process.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// Whose study a file belongs to, or why nobody knows.
struct HeaderAnswer {
    FileIdentity identity;
    std::string skip_code;    ///< Code of core/error.h; empty: `identity` holds.
    std::string skip_reason;  ///< For people.
};

/// What identify_dicom finds; every error becomes the reason to skip the file.
HeaderAnswer read_header(const std::filesystem::path& file);

/// Reads headers in a process of its own, so that one which crashes the DICOM library, hangs or
/// eats memory costs that file (`crashed`, `timeout`, `out_of_memory`) and not the run.
/// Not safe for several threads.
class HeaderReader {
  public:
    /// `command` starts a process that calls serve_headers.
    explicit HeaderReader(WorkerCommand command);

    /// Throws Error internal when the process cannot be started.
    HeaderAnswer read(const std::filesystem::path& file);

  private:
    WorkerProcess process_;
};

/// The life of such a process; ends when the socket `descriptor` is closed.
void serve_headers(int descriptor);

}  // namespace paraspinal
