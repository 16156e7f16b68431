// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paraspinal {

/// What a receiver counts from its start.
enum class Received {
    associations,  ///< That were accepted.
    refused_address,
    refused_ae_title,
    refused_busy,
    broken,    ///< Associations that ended otherwise than by release, however they failed.
    objects,   ///< On disk and confirmed.
    bytes,     ///< Of these objects.
    repeated,  ///< Objects, among these, that were there already.
    refused_disk,
    refused_size,
    refused_content,
    number_of_them,  ///< Counts nothing.
};

/// Lives in memory that all processes of the receiver share.
struct ReceiveCounters {
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Received::number_of_them)>
        values{};
    std::atomic<std::uint64_t> open_associations{0};

    void add(Received what, std::uint64_t amount = 1) {
        values.at(static_cast<std::size_t>(what)).fetch_add(amount, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t get(Received what) const {
        return values.at(static_cast<std::size_t>(what)).load(std::memory_order_relaxed);
    }
};

}  // namespace paraspinal
