// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/send_queue.h"

#include "core/error.h"
#include "core/text.h"
#include "io/node/client/send_objects.h"
#include "io/node/sync_to_disk.h"
#include "io/output_file.h"

#include <algorithm>
#include <span>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

using std::filesystem::path;
using Paths = std::vector<path>;

constexpr std::size_t kEntryDigits = 12;
constexpr std::size_t kFileDigits = 3;

template <std::size_t kDigits>
std::string padded(std::uint64_t number) {
    const std::string text = std::to_string(number);
    return std::string(kDigits - std::min(kDigits, text.size()), '0') + text;
}

// In the order of their names, which is the order in which they came.
Paths sorted_content(const path& folder) {
    std::error_code ignored;
    Paths content;
    for (const auto& item : std::filesystem::directory_iterator(folder, ignored)) {
        content.push_back(item.path());
    }
    std::ranges::sort(content);
    return content;
}

std::int64_t count_files(const path& folder) {
    std::int64_t files = 0;
    for (const path& entry : sorted_content(folder)) {
        files += static_cast<std::int64_t>(sorted_content(entry).size());
    }
    return files;
}

std::uint64_t highest_number(const path& folder) {
    std::uint64_t highest = 0;
    for (const path& entry : sorted_content(folder)) {
        const auto number = parse_integer(entry.filename().string().substr(0, kEntryDigits));
        highest = std::max(
            highest, static_cast<std::uint64_t>(std::max<std::int64_t>(number.value_or(0), 0)));
    }
    return highest;
}

void link_or_copy(const path& from, const path& to) {
    std::error_code cannot_link;
    std::filesystem::create_hard_link(from, to, cannot_link);
    if (cannot_link) {
        std::filesystem::copy_file(from, to);
    }
    sync_to_disk(to);
}

// The entry stands complete in `waiting`, or not at all.
void add_entry(const path& outbox, const std::string& name, const Paths& files) {
    const path partial = outbox / "partial" / name;
    make_output_folder(partial);
    for (std::size_t i = 0; i < files.size(); ++i) {
        link_or_copy(files[i],
                     partial / (padded<kFileDigits>(i) + "-" + files[i].filename().string()));
    }
    sync_to_disk(partial);
    std::filesystem::rename(partial, outbox / "waiting" / name);
    sync_to_disk(outbox / "waiting");
}

// All of an entry is sent, whether in this run or in one that was killed.
bool remove_empty(const path& entry) {
    std::error_code still_full;
    std::filesystem::remove(entry, still_full);
    return !still_full;
}

std::chrono::seconds wait_after(int failures) {
    std::chrono::seconds wait = SendQueue::kFirstWait;
    for (int i = 1; i < failures && wait < SendQueue::kLongestWait; ++i) {
        wait *= 2;
    }
    return std::min(wait, SendQueue::kLongestWait);
}

// As add_entry has named it: "000000000012-STUDY/000-seg.dcm".
std::string study_of(const path& entry) {
    const std::string name = entry.filename().string();
    return name.size() > kEntryDigits ? name.substr(kEntryDigits + 1) : name;
}

bool is_unsent(SendOutcome outcome) {
    return outcome == SendOutcome::not_sent || outcome == SendOutcome::unanswered;
}

// Removes what is stored and counts the rest; the entries that were tried, and whether one of their
// objects was refused.
std::map<path, bool> book_results(const Paths& files,
                                  const std::vector<SendResult>& results,
                                  const Peer& peer,
                                  SendRound& round) {
    std::map<path, bool> tried;
    std::map<path, Delivery> stored;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const SendOutcome outcome = results[i].outcome;
        if (outcome == SendOutcome::not_sent) {
            break;
        }
        bool& was_refused = tried[files[i].parent_path()];
        if (outcome == SendOutcome::stored) {
            std::error_code ignored;
            ++round.stored;
            add_to(stored[files[i].parent_path()], files[i], results[i]);
            std::filesystem::remove(files[i], ignored);
        } else if (!is_unsent(outcome)) {
            ++round.refused;
            was_refused = true;
            round.messages.push_back(files[i].string() + ": " + results[i].message);
        }
    }
    for (auto& [entry, delivery] : stored) {
        delivery.study = study_of(entry);
        delivery.peer = peer;
        round.deliveries.push_back(std::move(delivery));
    }
    return tried;
}

}  // namespace

SendQueue::SendQueue(path folder, std::vector<Peer> peers, ClientOptions options)
    : folder_(std::move(folder)), peers_(std::move(peers)), options_(std::move(options)) {
    require_distinct_titles(peers_);
    for (const Peer& peer : peers_) {
        if (peer.tls) {
            check_tls_files(*peer.tls);
        }
        const path outbox = folder_ / peer.ae_title;
        make_output_folder(outbox / "waiting");
        make_output_folder(outbox / "failed");
        std::error_code ignored;
        std::filesystem::remove_all(outbox / "partial", ignored);
        next_number_ = std::max({next_number_,
                                 highest_number(outbox / "waiting") + 1,
                                 highest_number(outbox / "failed") + 1});
    }
}

void SendQueue::enqueue(const Paths& files, const std::string& study) {
    const std::scoped_lock lock(numbering_);
    const std::string name =
        padded<kEntryDigits>(next_number_) + (study.empty() ? "" : "-" + study);
    ++next_number_;
    for (const Peer& peer : peers_) {
        try {
            add_entry(folder_ / peer.ae_title, name, files);
        } catch (const std::system_error& error) {
            throw Error(ErrorCode::output_not_writable,
                        "cannot put objects into the outbox '" +
                            (folder_ / peer.ae_title).string() + "': " + error.code().message());
        }
    }
}

SendRound SendQueue::send_due(TimePoint now,
                              const std::function<bool()>& should_stop,
                              const Objection& why_not) {
    SendRound round;
    for (const Peer& peer : peers_) {
        if (now >= peer_waits_[peer.ae_title].until) {
            send_due_to(peer, now, should_stop, why_not, round);
        }
    }
    return round;
}

void SendQueue::send_due_to(const Peer& peer,
                            TimePoint now,
                            const std::function<bool()>& should_stop,
                            const Objection& why_not,
                            SendRound& round) {
    const Folders due = due_entries(peer, now);
    std::size_t first = 0;
    while (first < due.size() && !should_stop()) {
        const std::size_t end = std::min(first + kEntriesPerAssociation, due.size());
        const auto next = std::span(due).subspan(first, end - first);
        Folders entries(next.begin(), next.end());
        std::erase_if(entries, [&](const path& entry) {
            const std::string reason = why_not(study_of(entry));
            if (!reason.empty()) {
                round.messages.push_back("study " + study_of(entry) + ": taken out of the outbox " +
                                         "of " + peer.ae_title + ": " + reason);
                std::filesystem::remove_all(entry);
            }
            return !reason.empty();
        });
        if (!entries.empty() && !send_entries(peer, entries, now, round)) {
            return;
        }
        first = end;
    }
}

SendQueue::Folders SendQueue::due_entries(const Peer& peer, TimePoint now) const {
    const auto failures = [this](const path& entry) {
        const auto wait = entry_waits_.find(entry);
        return wait == entry_waits_.end() ? 0 : wait->second.failures;
    };
    Folders entries = sorted_content(folder_ / peer.ae_title / "waiting");
    std::erase_if(entries, [&](const path& entry) {
        return !is_directory(entry) || remove_empty(entry) ||
               (failures(entry) > 0 && now < entry_waits_.at(entry).until);
    });
    // So that an object at which the peer breaks off holds up no other.
    std::ranges::stable_sort(entries, {}, failures);
    return entries;
}

// False when there is no use in going on with this peer now.
bool SendQueue::send_entries(const Peer& peer,
                             const Folders& entries,
                             TimePoint now,
                             SendRound& round) {
    Paths files;
    for (const path& entry : entries) {
        const Paths content = sorted_content(entry);
        files.insert(files.end(), content.begin(), content.end());
    }
    const std::vector<SendResult> results = send_objects(files, peer, options_);
    const int stored_before = round.stored;
    for (const auto& [entry, was_refused] : book_results(files, results, peer, round)) {
        settle(entry, was_refused, now, round);
    }
    Wait& wait = peer_waits_[peer.ae_title];
    if (round.stored > stored_before) {
        wait.failures = 0;
    }
    const auto unsent = std::ranges::find_if(results, is_unsent, &SendResult::outcome);
    if (unsent == results.end()) {
        return true;
    }
    wait.until = now + wait_after(++wait.failures);
    round.messages.push_back(unsent->message);
    return false;
}

// Removes an entry that is done with; one that is not waits, or is given up.
void SendQueue::settle(const path& entry, bool was_refused, TimePoint now, SendRound& round) {
    if (remove_empty(entry)) {
        entry_waits_.erase(entry);
        return;
    }
    Wait& wait = entry_waits_[entry];
    wait.until = now + wait_after(++wait.failures);
    if (was_refused && wait.failures >= kMaxRefusals) {
        const path failed = entry.parent_path().parent_path() / "failed" / entry.filename();
        round.given_up += static_cast<int>(sorted_content(entry).size());
        std::error_code ignored;
        std::filesystem::rename(entry, failed, ignored);
        entry_waits_.erase(entry);
        round.messages.push_back("given up after " + std::to_string(kMaxRefusals) +
                                 " refusals; now in " + failed.string());
    }
}

std::vector<OutboxCount> SendQueue::count() const {
    std::vector<OutboxCount> counts;
    for (const Peer& peer : peers_) {
        const path outbox = folder_ / peer.ae_title;
        counts.push_back({.ae_title = peer.ae_title,
                          .waiting = count_files(outbox / "waiting"),
                          .failed = count_files(outbox / "failed")});
    }
    return counts;
}

}  // namespace paraspinal
