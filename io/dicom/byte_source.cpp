// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/byte_source.h"

#include "core/error.h"

#include <algorithm>
#include <string>
#include <zlib.h>

namespace paraspinal::dicom {
namespace {

int close_if_open(std::FILE* file) {
    return file == nullptr ? 0 : std::fclose(file);
}

}  // namespace

ByteSource::ByteSource(const std::filesystem::path& file)
    : file_(std::fopen(file.c_str(), "rb"), &close_if_open) {}

ByteSource::~ByteSource() {
    if (inflater_) {
        inflateEnd(inflater_.get());
    }
}

void ByteSource::inflate_from_here(std::int64_t most_bytes) {
    auto inflater = std::make_unique<z_stream>();
    // Negative: without the header and checksum of zlib.
    if (inflateInit2(inflater.get(), -MAX_WBITS) != Z_OK) {
        throw Error(ErrorCode::out_of_memory, "no memory to unpack a deflated file");
    }
    inflater_ = std::move(inflater);
    bytes_left_ = most_bytes;
}

bool ByteSource::read(std::span<unsigned char> target) {
    position_ += target.size();
    if (inflater_) {
        return read_inflated(target);
    }
    return file_ && std::fread(target.data(), 1, target.size(), file_.get()) == target.size();
}

bool ByteSource::read_inflated(std::span<unsigned char> target) {
    z_stream& stream = *inflater_;
    stream.next_out = target.data();
    stream.avail_out = static_cast<uInt>(target.size());
    while (stream.avail_out > 0) {
        if (stream.avail_in == 0) {
            stream.next_in = packed_.data();
            stream.avail_in =
                static_cast<uInt>(std::fread(packed_.data(), 1, packed_.size(), file_.get()));
        }
        const uInt before = stream.avail_out;
        const int status = inflate(&stream, Z_NO_FLUSH);
        bytes_left_ -= before - stream.avail_out;
        if (bytes_left_ < 0) {
            throw Error(ErrorCode::malformed_file,
                        "it is deflated and unpacks to more than any image takes; it is no image, "
                        "or made to use up memory");
        }
        if (status != Z_OK) {
            return stream.avail_out == 0;
        }
    }
    return true;
}

bool ByteSource::skip(std::uint64_t count) {
    constexpr std::uint64_t kMostRead = 4096;
    if (!inflater_ && count > kMostRead) {
        position_ += count;
        // A place behind the end is noticed at the next read.
        return file_ && count < INT64_MAX &&
               fseeko(file_.get(), static_cast<off_t>(count), SEEK_CUR) == 0;
    }
    std::array<unsigned char, kMostRead> ignored{};
    while (count > 0) {
        const std::uint64_t part = std::min(count, kMostRead);
        if (!read(std::span(ignored).first(part))) {
            return false;
        }
        count -= part;
    }
    return true;
}

void ByteSource::rewind() {
    if (file_) {
        std::rewind(file_.get());
    }
    position_ = 0;
}

}  // namespace paraspinal::dicom
