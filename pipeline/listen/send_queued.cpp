// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/send_queued.h"

#include "core/error.h"
#include "io/node/client/commitment.h"
#include "io/node/client/send_objects.h"
#include "pipeline/listen/followed_readings.h"
#include "pipeline/listen/queue_results.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <thread>

namespace paraspinal {
namespace {

constexpr std::chrono::seconds kPause{1};

void note(const Delivery& delivery,
          const ListenOptions& options,
          const std::filesystem::path& folder) {
    options.log(delivery_text(delivery));
    if (options.config.asks_commitment) {
        try {
            ask_commitment(folder, delivery, {.own_ae_title = options.config.ae_title});
        } catch (const Error& error) {
            options.log("study " + delivery.study + ": " + error.message());
        }
    }
}

}  // namespace

void send_queued(SendQueue& outbox,
                 const ListenOptions& options,
                 const std::filesystem::path& folder,
                 ListenProgress& progress,
                 const std::stop_token& stop) {
    // Not those of the main thread, which may be measuring while somebody rejects a result.
    FollowedReadings readings(folder, options.reading, [](const std::string&) {});
    const auto why_not = [&](const std::string& study) {
        return rejection_of(folder / study, readings.current());
    };
    while (!stop.stop_requested()) {
        try {
            const SendRound round = outbox.send_due(
                std::chrono::steady_clock::now(),
                [&stop] { return stop.stop_requested(); },
                why_not);
            progress.sent += round.stored;
            progress.refused += round.refused;
            for (const Delivery& delivery : round.deliveries) {
                note(delivery, options, folder);
            }
            std::ranges::for_each(round.messages, options.log);
        } catch (const std::exception& error) {
            options.log(std::string("results cannot be sent: ") + error.what());
        }
        std::this_thread::sleep_for(kPause);
    }
}

}  // namespace paraspinal
