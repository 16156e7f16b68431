// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/incoming_file.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "io/dicom/scan.h"
#include "io/digest.h"
#include "io/file_scan.h"
#include "io/node/server/incoming_lock.h"
#include "io/node/sync_to_disk.h"
#include "io/same_bytes.h"
#include "io/study_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::error_code& error) {
    throw Error(ErrorCode::output_not_writable,
                "a received object cannot be written: " + error.message() +
                    "; check the free space and the permissions of the node's folder");
}

std::error_code last_error() {
    return {errno, std::generic_category()};
}

void move_into(const fs::path& partial, const fs::path& target) {
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (!error) {
        fs::rename(partial, target, error);
    }
    if (error) {
        refuse(error);
    }
}

}  // namespace

fs::path incoming_folder(const fs::path& node) {
    return node / "incoming";
}

fs::path receiving_folder(const fs::path& node) {
    return node / "receiving";
}

fs::path partial_file(const fs::path& node, int process) {
    return receiving_folder(node) / (std::to_string(process) + ".part");
}

IncomingFile::IncomingFile(fs::path node, std::int64_t most_bytes)
    : node_(std::move(node)), partial_(partial_file(node_, getpid())), most_bytes_(most_bytes) {
    constexpr int kMode = 0640;
    // NOLINTNEXTLINE(*-vararg)
    descriptor_ =
        open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kMode);
    if (descriptor_ < 0) {
        fail();
    }
}

IncomingFile::~IncomingFile() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
    std::error_code ignored;
    fs::remove(partial_, ignored);
}

void IncomingFile::fail() {
    error_ = last_error();
}

void IncomingFile::append(std::string_view bytes) {
    size_bytes_ += static_cast<std::int64_t>(bytes.size());
    while (!bytes.empty() && !error_ && !is_too_large()) {
        const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            fail();
        }
    }
}

bool IncomingFile::commit(const std::string& sop_instance_uid) {
    if (!error_ && fsync(descriptor_) != 0) {
        fail();
    }
    if (error_) {
        refuse(error_);
    }
    const FileIdentity identity = identify_dicom(partial_);
    if (is_unnamed_study(identity.study_uid)) {
        throw Error(ErrorCode::malformed_file, "it names no study (0020,000D)");
    }
    if (identity.sop_instance_uid != sop_instance_uid) {
        throw Error(ErrorCode::malformed_file, "it is not the instance that was announced");
    }
    const fs::path target = study_folder_in(incoming_folder(node_), identity.study_uid) /
                            (uid_name(sop_instance_uid) + ".dcm");
    std::error_code error;
    fs::create_directories(incoming_folder(node_), error);
    const IncomingLock lock(incoming_folder(node_), IncomingLock::For::adding);
    const bool was_there = have_same_bytes(partial_, target);
    if (!was_there) {
        move_into(partial_, target);
    }
    sync_to_disk(target.parent_path());
    sync_to_disk(incoming_folder(node_));
    return was_there;
}

}  // namespace paraspinal
