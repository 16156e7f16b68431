// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
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

/// Most associations at a time that a configuration may ask for.
inline constexpr std::size_t kMostAssociations = 1000;

/// Lives in memory that all processes of the receiver share.
struct ReceiveCounters {
    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Received::number_of_them)>
        values{};
    /// The process of each association that is open; 0: free.
    std::array<std::atomic<int>, kMostAssociations> places{};

    void add(Received what, std::uint64_t amount = 1) {
        values.at(static_cast<std::size_t>(what)).fetch_add(amount, std::memory_order_relaxed);
    }
    /// Takes one of the first `limit` places for `process`; false when none is free.
    bool take_place(int process, std::size_t limit) {
        return std::any_of(places.begin(), places.begin() + limit, [process](auto& place) {
            int free = 0;
            return place.compare_exchange_strong(free, process);
        });
    }
    /// Frees the place of `process`, if it has one.
    void free_place(int process) {
        for (auto& place : places) {
            int taken = process;
            place.compare_exchange_strong(taken, 0);
        }
    }
    [[nodiscard]] std::size_t open_associations() const {
        return static_cast<std::size_t>(std::count_if(
            places.begin(), places.end(), [](const auto& place) { return place.load() != 0; }));
    }
    [[nodiscard]] bool has_place(int process) const {
        return std::any_of(places.begin(), places.end(), [process](const auto& place) {
            return place.load() == process;
        });
    }
    [[nodiscard]] std::uint64_t get(Received what) const {
        return values.at(static_cast<std::size_t>(what)).load(std::memory_order_relaxed);
    }
};

}  // namespace paraspinal
