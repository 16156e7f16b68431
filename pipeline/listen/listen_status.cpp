// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/listen_status.h"

#include <ctime>
#include <string_view>

namespace paraspinal {
namespace {

struct Sample {
    std::string labels;  // "" or "{reason=\"disk\"}"
    std::uint64_t value = 0;
};

struct Metric {
    std::string_view name;
    std::string_view type;  // "counter", or "gauge" for what also falls.
    std::string_view help;
    std::vector<Sample> samples;
};

std::string text_of(const Metric& metric) {
    const std::string name = "paraspinal_" + std::string(metric.name);
    std::string text = "# HELP " + name + " " + std::string(metric.help) + "\n# TYPE " + name +
                       " " + std::string(metric.type) + "\n";
    for (const Sample& sample : metric.samples) {
        text += name + sample.labels + " " + std::to_string(sample.value) + "\n";
    }
    return text;
}

std::uint64_t whole(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}

std::vector<Sample> of_each_peer(const std::vector<OutboxCount>& outboxes,
                                 std::int64_t OutboxCount::*count) {
    std::vector<Sample> samples;
    for (const OutboxCount& outbox : outboxes) {
        samples.push_back(
            {.labels = "{peer=\"" + outbox.ae_title + "\"}", .value = whole(outbox.*count)});
    }
    return samples;
}

}  // namespace

std::string status_text(const ReceiveCounters& received,
                        const ListenProgress& progress,
                        const std::vector<OutboxCount>& outboxes,
                        std::int64_t disk_free_bytes) {
    const auto count = [&](Received what, std::string_view reason = {}) {
        return Sample{.labels = reason.empty() ? "" : "{reason=\"" + std::string(reason) + "\"}",
                      .value = received.get(what)};
    };
    const std::vector<Metric> metrics{
        {"associations_open",
         "gauge",
         "DICOM associations that are open",
         {{.labels = {}, .value = received.open_associations.load()}}},
        {"associations_total",
         "counter",
         "DICOM associations accepted since the start",
         {count(Received::associations)}},
        {"associations_refused_total",
         "counter",
         "DICOM associations refused since the start",
         {count(Received::refused_address, "address"),
          count(Received::refused_ae_title, "ae_title"),
          count(Received::refused_busy, "busy")}},
        {"associations_broken_total",
         "counter",
         "DICOM associations that ended otherwise than by release",
         {count(Received::broken)}},
        {"objects_received_total",
         "counter",
         "Objects kept and confirmed since the start",
         {count(Received::objects)}},
        {"objects_repeated_total",
         "counter",
         "Objects, among these, that were there already",
         {count(Received::repeated)}},
        {"bytes_received_total", "counter", "Bytes of these objects", {count(Received::bytes)}},
        {"objects_refused_total",
         "counter",
         "Objects refused since the start",
         {count(Received::refused_disk, "disk"),
          count(Received::refused_size, "size"),
          count(Received::refused_content, "content")}},
        {"studies_measured_total",
         "counter",
         "Studies measured since the start",
         {{.labels = {}, .value = whole(progress.measured)}}},
        {"studies_failed_total",
         "counter",
         "Studies that could not be measured since the start",
         {{.labels = {}, .value = whole(progress.failed)}}},
        {"studies_waiting",
         "gauge",
         "Studies that are arriving or wait to be measured",
         {{.labels = {}, .value = whole(progress.waiting)}}},
        {"results_sent_total",
         "counter",
         "Objects that peers have confirmed since the start",
         {{.labels = {}, .value = whole(progress.sent)}}},
        {"results_refused_total",
         "counter",
         "Answers of peers that said no since the start",
         {{.labels = {}, .value = whole(progress.refused)}}},
        {"results_queued",
         "gauge",
         "Objects that wait to be sent",
         of_each_peer(outboxes, &OutboxCount::waiting)},
        {"results_given_up",
         "gauge",
         "Objects that a peer refused for good, in its folder failed",
         of_each_peer(outboxes, &OutboxCount::failed)},
        {"disk_free_bytes",
         "gauge",
         "Free space for the node's folder",
         {{.labels = {}, .value = whole(disk_free_bytes)}}},
        {"status_written_seconds",
         "gauge",
         "When this was written, in seconds since 1970",
         {{.labels = {}, .value = whole(std::time(nullptr))}}},
    };
    std::string text;
    for (const Metric& metric : metrics) {
        text += text_of(metric);
    }
    return text;
}

}  // namespace paraspinal
