// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/zip_archive.h"

#include "core/error.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <zip.h>

namespace paraspinal {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::malformed_file, "not a usable .zip: " + what);
}

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;
using Source = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;

std::string unpacked(const Entry& entry, std::size_t limit) {
    if (entry == nullptr) {
        refuse("an entry is encrypted or packed in a way that is not known");
    }
    constexpr std::size_t kStep = 65536;
    std::string content;
    for (;;) {
        const std::size_t before = content.size();
        content.resize(before + kStep);
        const zip_int64_t read = zip_fread(entry.get(), &content[before], kStep);
        if (read < 0) {
            refuse("an entry is damaged");
        }
        content.resize(before + static_cast<std::size_t>(read));
        if (content.size() > limit) {
            refuse("an entry is larger than any that is expected");
        }
        if (read == 0) {
            return content;
        }
    }
}

// Never happens: memory is the only thing that is needed.
void require(bool is_done) {
    if (!is_done) {
        throw std::runtime_error("libzip cannot write to memory");
    }
}

void add(zip_t* archive, const ZipEntry& entry) {
    constexpr zip_uint16_t kFirstOfJanuary1980 = 1U << 5U | 1U;
    zip_source_t* const content =
        zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    require(content != nullptr);
    const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), content, ZIP_FL_ENC_UTF_8);
    require(index >= 0);
    const auto place = static_cast<zip_uint64_t>(index);
    require(zip_file_set_dostime(archive, place, 0, kFirstOfJanuary1980, 0) == 0);
    require(zip_set_file_compression(archive, place, ZIP_CM_DEFLATE, 9) == 0);
}

std::string content_of(zip_source_t* source) {
    require(zip_source_open(source) == 0);
    require(zip_source_seek(source, 0, SEEK_END) == 0);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    require(zip_source_seek(source, 0, SEEK_SET) == 0);
    const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
    require(read == static_cast<zip_int64_t>(bytes.size()));
    zip_source_close(source);
    return bytes;
}

}  // namespace

std::vector<ZipEntry> read_zip(const std::filesystem::path& file,
                               const ZipLimits& limits,
                               const std::function<bool(std::string_view)>& is_wanted) {
    int status = 0;
    const Archive archive(zip_open(file.c_str(), ZIP_RDONLY, &status), &zip_discard);
    if (archive == nullptr) {
        if (status == ZIP_ER_OPEN || status == ZIP_ER_READ) {
            throw Error(ErrorCode::unreadable_file, "the .zip cannot be read");
        }
        refuse("it is damaged");
    }
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > limits.entries) {
        refuse("it has " + std::to_string(count) + " entries, more than " +
               std::to_string(limits.entries));
    }
    std::vector<ZipEntry> entries;
    std::size_t left = limits.total_bytes;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        const char* const raw_name = zip_get_name(archive.get(), index, 0);
        const std::string name = raw_name == nullptr ? "" : raw_name;
        if (is_wanted && !is_wanted(name)) {
            continue;
        }
        const Entry entry(zip_fopen_index(archive.get(), index, 0), &zip_fclose);
        entries.push_back(
            {.name = name, .content = unpacked(entry, std::min(left, limits.entry_bytes))});
        left -= entries.back().content.size();
    }
    return entries;
}

std::string zip_of(const std::vector<ZipEntry>& entries) {
    const Source bytes(zip_source_buffer_create(nullptr, 0, 0, nullptr), &zip_source_free);
    require(bytes != nullptr);
    zip_source_keep(bytes.get());  // The archive frees one reference, we read from the other.
    Archive archive(zip_open_from_source(bytes.get(), ZIP_TRUNCATE, nullptr), &zip_discard);
    require(archive != nullptr);
    for (const ZipEntry& entry : entries) {
        add(archive.get(), entry);
    }
    require(zip_close(archive.get()) == 0);
    archive.release();  // NOLINT(bugprone-unused-return-value): zip_close has freed it.
    return content_of(bytes.get());
}

}  // namespace paraspinal
