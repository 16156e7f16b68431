// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_files.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <set>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

class Walk {
  public:
    explicit Walk(const WalkVisitor& visitor) : visitor_(&visitor) {}

    void leave_out(const fs::path& folder) {
        struct stat status {};
        if (!folder.empty() && stat(folder.c_str(), &status) == 0) {
            seen_.emplace(status.st_dev, status.st_ino);
        }
    }

    void visit(const fs::path& path) {
        struct stat status {};
        if (stat(path.c_str(), &status) != 0) {
            skip(path, "cannot be opened, or a link to nothing");
        } else if (S_ISDIR(status.st_mode)) {
            if (seen_.emplace(status.st_dev, status.st_ino).second) {
                visit_folder(path);
            }
        } else if (S_ISREG(status.st_mode)) {
            visitor_->file({.path = path,
                            .size_bytes = status.st_size,
                            .modified_ns = status.st_mtim.tv_sec * kNanosecondsPerSecond +
                                           status.st_mtim.tv_nsec,
                            .device = status.st_dev,
                            .inode = status.st_ino});
        } else {
            skip(path, "a device, pipe or socket, not a file");
        }
    }

  private:
    void visit_folder(const fs::path& folder) {
        std::error_code error;
        std::vector<fs::path> entries;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            entries.push_back(entry->path());
        }
        if (error) {
            skip(folder, "folder cannot be read (" + error.message() + ")");
        }
        std::sort(entries.begin(), entries.end());
        for (const fs::path& entry : entries) {
            visit(entry);
        }
    }

    void skip(const fs::path& path, std::string reason) {
        visitor_->skipped({.file = path,
                           .code = ErrorCode::unreadable_file,
                           .reason = std::move(reason),
                           .study_uid = {}});
    }

    const WalkVisitor* visitor_;
    // Device and inode name a folder whatever link led to it.
    std::set<std::pair<dev_t, ino_t>> seen_;
};

fs::path start_of(const fs::path& path) {
    const bool names_directory_file = lower_case(path.filename().string()) == "dicomdir";
    if (!names_directory_file || !fs::is_regular_file(path)) {
        return path;
    }
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

void walk_files(const std::vector<fs::path>& paths,
                const fs::path& left_out,
                const WalkVisitor& visitor) {
    std::vector<fs::path> starts;
    for (const fs::path& path : paths) {
        std::error_code error;
        if (!fs::exists(path, error)) {
            throw Error(ErrorCode::input_not_found,
                        "'" + path.string() + "' does not exist" +
                            (error ? " or cannot be reached (" + error.message() + ")" : "") +
                            "; check the path");
        }
        starts.push_back(start_of(path));
    }
    std::sort(starts.begin(), starts.end());
    Walk walk(visitor);
    walk.leave_out(left_out);
    for (const fs::path& start : starts) {
        walk.visit(start);
    }
}

FoundFiles find_files(const std::vector<fs::path>& paths) {
    FoundFiles found;
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    const WalkVisitor visitor{
        .file =
            [&](const FileOnDisk& file) {
                if (seen.emplace(file.device, file.inode).second) {
                    found.files.push_back(file.path);
                }
            },
        .skipped = [&](SkippedFile file) { found.skipped.push_back(std::move(file)); }};
    walk_files(paths, {}, visitor);
    std::sort(found.files.begin(), found.files.end());
    return found;
}

}  // namespace paraspinal
