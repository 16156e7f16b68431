// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/listen_status.h"

#include <ctime>
#include <map>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

struct Sample {
    std::string labels;  // "" or "{reason=\"disk\"}"
    std::uint64_t value = 0;
};

// The lines of one metric. A gauge is what may also fall.
std::string metric(std::string_view type,
                   const std::string& name,
                   std::string_view help,
                   const std::vector<Sample>& samples) {
    std::string text = "# HELP paraspinal_" + name + " ";
    text.append(help).append("\n# TYPE paraspinal_" + name + " ").append(type).append("\n");
    for (const Sample& sample : samples) {
        text += "paraspinal_" + name + sample.labels + " " + std::to_string(sample.value) + "\n";
    }
    return text;
}

std::string counter(const std::string& name, std::string_view help, std::uint64_t value) {
    return metric("counter", name + "_total", help, {{.labels = {}, .value = value}});
}

std::string gauge(const std::string& name, std::string_view help, std::int64_t value) {
    return metric(
        "gauge", name, help, {{.labels = {}, .value = static_cast<std::uint64_t>(value)}});
}

std::string refusals(const std::string& name,
                     std::string_view help,
                     const std::map<std::string, std::uint64_t>& by_reason) {
    std::vector<Sample> samples;
    samples.reserve(by_reason.size());
    for (const auto& [reason, value] : by_reason) {
        samples.push_back({.labels = "{reason=\"" + reason + "\"}", .value = value});
    }
    return metric("counter", name + "_total", help, samples);
}

std::string of_each_peer(const std::string& name,
                         std::string_view help,
                         const std::vector<OutboxCount>& outboxes,
                         std::int64_t OutboxCount::*count) {
    std::vector<Sample> samples;
    samples.reserve(outboxes.size());
    for (const OutboxCount& outbox : outboxes) {
        samples.push_back({.labels = "{peer=\"" + outbox.ae_title + "\"}",
                           .value = static_cast<std::uint64_t>(outbox.*count)});
    }
    return metric("gauge", name, help, samples);
}

std::string receiving_text(const ReceiveCounters& received) {
    const auto count = [&](Received what) { return received.get(what); };
    return gauge("associations_open",
                 "Associations that are open",
                 static_cast<std::int64_t>(received.open_associations())) +
           counter("associations", "Associations accepted", count(Received::associations)) +
           refusals("associations_refused",
                    "Associations refused",
                    {{"address", count(Received::refused_address)},
                     {"ae_title", count(Received::refused_ae_title)},
                     {"busy", count(Received::refused_busy)}}) +
           counter("associations_broken",
                   "Associations that ended otherwise than by release",
                   count(Received::broken)) +
           counter("objects_received", "Objects kept and confirmed", count(Received::objects)) +
           counter("objects_repeated",
                   "Objects, among these, that were there already",
                   count(Received::repeated)) +
           counter("bytes_received", "Bytes of these objects", count(Received::bytes)) +
           refusals("objects_refused",
                    "Objects refused",
                    {{"disk", count(Received::refused_disk)},
                     {"size", count(Received::refused_size)},
                     {"content", count(Received::refused_content)}});
}

std::string measuring_text(const ListenProgress& progress) {
    const auto whole = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
    return counter("studies_measured", "Studies measured", whole(progress.measured)) +
           counter("studies_failed", "Studies that could not be measured", whole(progress.failed)) +
           gauge("studies_waiting",
                 "Studies that are arriving or wait to be measured",
                 progress.waiting) +
           counter("results_sent", "Objects that peers have confirmed", whole(progress.sent)) +
           counter("results_refused", "Answers of peers that said no", whole(progress.refused));
}

}  // namespace

std::string status_text(const ReceiveCounters& received,
                        const ListenProgress& progress,
                        const std::vector<OutboxCount>& outboxes,
                        std::int64_t disk_free_bytes) {
    return receiving_text(received) + measuring_text(progress) +
           of_each_peer(
               "results_queued", "Objects that wait to be sent", outboxes, &OutboxCount::waiting) +
           of_each_peer("results_given_up",
                        "Objects that a peer refused for good, in its folder failed",
                        outboxes,
                        &OutboxCount::failed) +
           gauge("disk_free_bytes", "Free space for the node's folder", disk_free_bytes) +
           gauge("status_written_seconds",
                 "When this was written, in seconds since 1970",
                 std::time(nullptr));
}

}  // namespace paraspinal
