// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/run_listen.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/node/client/send_queue.h"
#include "io/node/server/incoming_file.h"
#include "io/output_file.h"
#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/batch/read_headers.h"
#include "pipeline/batch/walk_inputs.h"
#include "pipeline/listen/followed_readings.h"
#include "pipeline/listen/listen_status.h"
#include "pipeline/listen/metrics_server.h"
#include "pipeline/listen/queue_results.h"
#include "pipeline/listen/received_files.h"
#include "pipeline/listen/send_queued.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

namespace paraspinal {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr seconds kTick{1};
constexpr seconds kStatusInterval{5};
constexpr seconds kDeleteInterval{3600};
// After a full disk; it takes people to make room.
constexpr seconds kTroubleInterval{60};

// Thrown to leave a walk when the node is told to stop.
struct Stopped {};

class Node {
  public:
    Node(const ListenOptions& options, ReceiverProcess& receiver)
        : options_(&options),
          batch_(options.batch),
          receiver_(&receiver),
          readings_(batch_.folder, options.reading, options.log) {
        batch_.settle = seconds(options.config.quiet_s);
        if (!options.config.send_to.empty()) {
            outbox_.emplace(batch_.folder / "outbox",
                            options.config.send_to,
                            ClientOptions{.own_ae_title = options.config.ae_title});
        }
        open();
    }

    bool run() {
        const std::jthread reporting([this](const std::stop_token& stop) { write_status(stop); });
        const std::jthread sending([this](const std::stop_token& stop) {
            if (outbox_) {
                send_queued(*outbox_, *options_, batch_.folder, progress_, stop);
            }
        });
        std::optional<MetricsServer> metrics;
        if (options_->config.metrics_port != 0) {
            metrics.emplace(options_->config.metrics_port, [this] { return status(); });
        }
        while (!options_->should_stop()) {
            if (!receiver_->is_running()) {
                throw Error(ErrorCode::internal, "the process that receives has ended");
            }
            if (Clock::now() >= next_look_ && has_news()) {
                look();
            }
            std::this_thread::sleep_for(kTick);
        }
        options_->log("stopping");
        receiver_->stop();
        const auto counts = ledger_->count_by_reason();
        return std::ranges::all_of(counts, [](const auto& count) { return count.reason.empty(); });
    }

  private:
    void open() {
        ledger_.reset();  // It is locked while it is open.
        OpenedLedger opened = open_ledger(batch_.folder);
        if (!opened.warning.empty()) {
            options_->log(opened.warning);
        }
        ledger_ = std::move(opened.ledger);
    }

    void queue_again() {
        for (const std::string& study : take_asked_again(batch_.folder)) {
            options_->log("study " + study + ": to be sent again");
            queue(batch_.folder / study);
        }
    }

    [[nodiscard]] bool has_news() const {
        return is_first_look_ || progress_.waiting > 0 || is_asked_again(batch_.folder) ||
               receiver_->counters().get(Received::objects) != objects_seen_ ||
               readings_.have_changed() || Clock::now() >= next_deletion_;
    }

    // One round of the batch.
    void look() {
        // A study may be found quiet this much too late; looking costs time for each file kept.
        constexpr int kLooksWhileQuiet = 6;
        next_look_ = Clock::now() + std::max(kTick, batch_.settle / kLooksWhileQuiet);
        objects_seen_ = receiver_->counters().get(Received::objects);
        try {
            if (readings_.have_changed()) {
                readings_.read_again();
                are_tables_due_ = true;
            }
            queue_again();
            measure_quiet_studies();
            write_tables();
            is_first_look_ = false;
            delete_when_due();
        } catch (const Stopped&) {
            return;
        } catch (const Error& error) {
            // Without the readings, rejected results would be written and sent as valid ones.
            if (error.code() != ErrorCode::output_not_writable &&
                error.code() != ErrorCode::unreadable_file) {
                throw;
            }
            options_->log(error.message() + "; trying again in a minute");
            open();
            is_first_look_ = true;
            next_look_ = Clock::now() + kTroubleInterval;
        }
    }

    void measure_quiet_studies() {
        HeaderReader headers(batch_.header_worker);
        walk_inputs(
            *ledger_,
            {incoming_folder(batch_.folder)},
            {},
            [&headers](const std::filesystem::path& file) { return headers.read(file); },
            [this](const WalkCount& /*count*/) {
                if (options_->should_stop()) {
                    throw Stopped();
                }
            });
        if (is_first_look_) {
            queue_unsent();
        }
        const PendingStudies pending = pending_studies(*ledger_, batch_);
        contradictions_ = pending.contradictions;
        const auto to_do = static_cast<std::int64_t>(pending.study_uids.size());
        progress_.waiting = pending.unsettled + to_do;
        if (to_do == 0) {
            return;
        }
        run_batch(*ledger_,
                  pending,
                  batch_,
                  {.progress = [](const BatchProgress&) {},
                   .should_stop = options_->should_stop,
                   .stored = [this](const LedgerEntry& entry) { note(entry); }});
        are_tables_due_ = true;
    }

    void write_tables() {
        if (are_tables_due_) {
            write_batch_tables(*ledger_, batch_.folder, readings_.chosen(), contradictions_);
            are_tables_due_ = false;
        }
    }

    // A crash may have come between measuring and queueing.
    void queue_unsent() {
        ledger_->for_each_study([this](const std::string& study_uid, const auto& /*files*/) {
            if (ledger_->state(study_uid)) {
                queue(folder_of(study_uid));
            }
        });
    }

    [[nodiscard]] std::filesystem::path folder_of(const std::string& study_uid) const {
        return record_path(batch_.folder, study_uid).parent_path();
    }

    void queue(const std::filesystem::path& study_folder) {
        try {
            SendQueue* const outbox = outbox_ ? &*outbox_ : nullptr;
            queue_results(study_folder, readings_.chosen(), options_->hides_names, outbox);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::output_not_writable) {
                throw;
            }
            options_->log("study " + study_folder.filename().string() + ": " + error.message());
        }
    }

    void note(const LedgerEntry& entry) {
        const bool has_failed = entry.status == "failed";
        ++(has_failed ? progress_.failed : progress_.measured);
        --progress_.waiting;
        options_->log("study " + uid_name(entry.study_uid) + ": " + entry.status +
                      (has_failed ? " (" + entry.reason + ")" : ""));
        readings_.tell_if_outdated(parse_record(entry.record));
        queue(folder_of(entry.study_uid));
    }

    void delete_when_due() {
        if (Clock::now() < next_deletion_) {
            return;
        }
        next_deletion_ = Clock::now() + kDeleteInterval;
        if (options_->config.keep_days == 0) {
            return;
        }
        const std::int64_t studies =
            delete_old_files(*ledger_, std::chrono::days(options_->config.keep_days));
        if (studies > 0) {
            options_->log("deleted the received files of " + std::to_string(studies) + " studies");
        }
    }

    [[nodiscard]] std::string status() const {
        return status_text(
            receiver_->counters(),
            progress_,
            outbox_ ? outbox_->count() : std::vector<OutboxCount>{},
            static_cast<std::int64_t>(std::filesystem::space(batch_.folder).available));
    }

    // The life of a thread.
    void write_status(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            try {
                write_file(batch_.folder / "status.prom", status());
            } catch (const std::exception& error) {
                options_->log(std::string("the status cannot be written: ") + error.what());
            }
            for (seconds waited{0}; waited < kStatusInterval && !stop.stop_requested();
                 waited += kTick) {
                std::this_thread::sleep_for(kTick);
            }
        }
    }

    const ListenOptions* options_;
    BatchOptions batch_;
    ReceiverProcess* receiver_;
    FollowedReadings readings_;
    std::unique_ptr<Ledger> ledger_;
    std::optional<SendQueue> outbox_;
    ListenProgress progress_;
    bool are_tables_due_ = false;
    ContradictionsByStudy contradictions_;  // Of the last look.
    bool is_first_look_ = true;
    std::uint64_t objects_seen_ = 0;
    Clock::time_point next_look_;
    Clock::time_point next_deletion_;
};

}  // namespace

bool run_listen(const ListenOptions& options, ReceiverProcess& receiver) {
    return Node(options, receiver).run();
}

}  // namespace paraspinal
