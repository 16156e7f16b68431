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
    : file_(std::fopen(file.c_str(), "rb"), &close_if_open) {
    if (file_) {
        static_cast<void>(std::setvbuf(file_.get(), nullptr, _IONBF, 0));
    }
}

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
    seek_to_position();
    inflater_ = std::move(inflater);
    bytes_left_ = most_bytes;
}

bool ByteSource::read(std::span<unsigned char> target) {
    position_ += target.size();
    return inflater_ ? read_inflated(target) : read_plain(target);
}

bool ByteSource::read_plain(std::span<unsigned char> target) {
    while (!target.empty()) {
        if (ahead_.empty()) {
            ahead_ = std::span(window_).first(
                file_ ? std::fread(window_.data(), 1, window_.size(), file_.get()) : 0);
        }
        if (ahead_.empty()) {
            return false;
        }
        const std::size_t part = std::min(target.size(), ahead_.size());
        std::ranges::copy(ahead_.first(part), target.begin());
        target = target.subspan(part);
        ahead_ = ahead_.subspan(part);
    }
    return true;
}

void ByteSource::seek_to_position() {
    ahead_ = {};
    if (file_) {
        static_cast<void>(fseeko(file_.get(), static_cast<off_t>(position_), SEEK_SET));
    }
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
    if (!inflater_ && count > ahead_.size()) {
        // A place behind the end is noticed at the next read.
        if (!file_ || count > static_cast<std::uint64_t>(INT64_MAX) - position_) {
            return false;
        }
        position_ += count;
        seek_to_position();
        return true;
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

void ByteSource::go_back(std::uint64_t position) {
    const auto steps = static_cast<std::ptrdiff_t>(position_ - position);
    position_ = position;
    if (ahead_.data() != nullptr && steps <= ahead_.data() - window_.data()) {
        ahead_ = {ahead_.data() - steps, ahead_.size() + static_cast<std::size_t>(steps)};
    } else {
        seek_to_position();
    }
}

}  // namespace paraspinal::dicom
