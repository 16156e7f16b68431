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

class Walk {
  public:
    void visit(const fs::path& path) {
        struct stat status {};
        if (stat(path.c_str(), &status) != 0) {
            skip(path, "cannot be opened, or a link to nothing");
            return;
        }
        if (!seen_.emplace(status.st_dev, status.st_ino).second) {
            return;
        }
        if (S_ISDIR(status.st_mode)) {
            visit_folder(path);
        } else if (S_ISREG(status.st_mode)) {
            found_.files.push_back(path);
        } else {
            skip(path, "a device, pipe or socket, not a file");
        }
    }

    FoundFiles take() {
        std::sort(found_.files.begin(), found_.files.end());
        return std::move(found_);
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
        found_.skipped.push_back({.file = path,
                                  .code = ErrorCode::unreadable_file,
                                  .reason = std::move(reason),
                                  .study_uid = {}});
    }

    FoundFiles found_;
    // Device and inode name a file whatever link led to it.
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

FoundFiles find_files(const std::vector<fs::path>& paths) {
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
    Walk walk;
    for (const fs::path& start : starts) {
        walk.visit(start);
    }
    return walk.take();
}

}  // namespace paraspinal
