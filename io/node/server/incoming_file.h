// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace paraspinal {

/// Folders below that of a node. Names are made from hashes, never from what a sender wrote:
///   incoming/STUDY/INSTANCE.dcm   complete objects; STUDY is named as the study's result folder
///   receiving/PROCESS.part        the object that this process is receiving
std::filesystem::path incoming_folder(const std::filesystem::path& node);
std::filesystem::path receiving_folder(const std::filesystem::path& node);
/// The file that process `process` of the node writes to.
std::filesystem::path partial_file(const std::filesystem::path& node, int process);

/// A DICOM file on its way to the disk. Nothing of it is visible below incoming_folder before it is
/// complete and on the disk, not in a cache.
class IncomingFile {
  public:
    /// Opens `partial_file` of this process. Failures are told by `commit`.
    IncomingFile(std::filesystem::path node, std::int64_t most_bytes);
    ~IncomingFile();
    IncomingFile(const IncomingFile&) = delete;
    IncomingFile& operator=(const IncomingFile&) = delete;
    IncomingFile(IncomingFile&&) = delete;
    IncomingFile& operator=(IncomingFile&&) = delete;

    /// After a failure, or beyond `most_bytes`, the bytes are only counted.
    void append(std::string_view bytes);
    [[nodiscard]] std::int64_t size_bytes() const { return size_bytes_; }
    [[nodiscard]] bool is_too_large() const { return size_bytes_ > most_bytes_; }

    /// Puts the file in its place, instead of an earlier one of that instance. When it returns, the
    /// file survives a power cut. True: the same bytes were there already and stay.
    /// Throws Error output_not_writable (disk full, no permission) and malformed_file or
    /// not_an_image (no DICOM, no study, or another instance than `sop_instance_uid`); nothing is
    /// left behind.
    bool commit(const std::string& sop_instance_uid);

  private:
    void fail();

    std::filesystem::path node_;
    std::filesystem::path partial_;
    std::int64_t most_bytes_;
    std::int64_t size_bytes_ = 0;
    int descriptor_ = -1;
    std::error_code error_;
};

}  // namespace paraspinal
