// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/check_node.h"

#include "io/file_lock.h"
#include "io/node/client/echo.h"
#include "io/node/ip_address.h"
#include "io/node/server/listening_socket.h"
#include "io/output_file.h"
#include "pipeline/listen/metrics_server.h"

#include <algorithm>
#include <functional>

namespace paraspinal {
namespace {

NodeFinding tried(std::string what, const std::function<void()>& work) {
    try {
        work();
        return {std::move(what), std::nullopt};
    } catch (const Error& error) {
        return {std::move(what), error};
    }
}

void check_disk(const ReceiveLimits& limits, const std::filesystem::path& folder) {
    constexpr std::uintmax_t kBytesPerMegabyte = 1 << 20;
    make_output_folder(folder);
    write_file(folder / ".check", "");
    std::filesystem::remove(folder / ".check");
    const auto free_mb =
        static_cast<std::int64_t>(std::filesystem::space(folder).available / kBytesPerMegabyte);
    if (free_mb < limits.free_disk_mb) {
        throw Error(ErrorCode::output_not_writable,
                    std::to_string(free_mb) + " MB are free, and with less than " +
                        std::to_string(limits.free_disk_mb) +
                        " nothing is taken; make room, or lower free-disk-megabytes");
    }
}

bool is_in_use(const std::filesystem::path& folder) {
    try {
        const FileLock lock(folder);
        return false;
    } catch (const Error& error) {
        return error.code() == ErrorCode::ledger_in_use;
    }
}

void check_reach(const NodeConfig& config) {
    const auto outside = std::ranges::find_if(
        config.allowed, [](const SenderRule& rule) { return !is_loopback(rule.network); });
    if (is_loopback(*parse_ip_address(config.address)) && outside != config.allowed.end()) {
        throw Error(ErrorCode::usage,
                    "nobody outside of this machine reaches " + config.address +
                        ", and allow names " + ip_text(outside->network) +
                        "; listen on the address of a network, or on 0.0.0.0 (with IPv6: [::])");
    }
}

std::string certificate_text(const std::filesystem::path& certificate) {
    constexpr int kSoonDays = 30;
    const std::optional<int> days = days_left(certificate);
    return "TLS files" + (!days ? ""
                                : "; the certificate is valid for " + std::to_string(*days) +
                                      " days" + (*days < kSoonDays ? ": renew it soon" : ""));
}

}  // namespace

std::vector<NodeFinding> check_node(const NodeConfig& config, const std::filesystem::path& folder) {
    std::vector<NodeFinding> findings;
    const auto check = [&findings](std::string what, const std::function<void()>& work) {
        findings.push_back(tried(std::move(what), work));
    };
    check("folder " + folder.string(), [&] { check_disk(config.limits, folder); });
    const std::string place = place_text(config.address, config.port);
    const bool is_running = !findings[0].to_mend && is_in_use(folder);
    const auto check_port = [&](const std::string& what, const std::function<void()>& work) {
        is_running ? check(what + " not tried, as a node runs on the folder", [] {})
                   : check(what, work);
    };
    check_port("port " + place, [&] { const ListeningSocket socket(config.address, config.port); });
    if (config.metrics_port != 0) {
        check_port("metrics http://127.0.0.1:" + std::to_string(config.metrics_port) + "/metrics",
                   [&] { const MetricsServer server(config.metrics_port, [] { return ""; }); });
    }
    check("senders", [&config] { check_reach(config); });
    if (config.tls) {
        check(certificate_text(config.tls->certificate), [&] { check_tls_files(*config.tls); });
    }
    for (const Peer& peer : config.send_to) {
        check("peer " + peer_text(peer), [&] { echo(peer, {.own_ae_title = config.ae_title}); });
    }
    if (config.send_to.empty()) {
        check("no send-to: results stay in the folder", [] {});
    }
    return findings;
}

std::string findings_text(const std::vector<NodeFinding>& findings) {
    std::string text;
    for (const NodeFinding& finding : findings) {
        text += (finding.to_mend ? "mend  " : "ok    ") + finding.what +
                (finding.to_mend ? ": " + std::string(finding.to_mend->what()) + " [" +
                                       std::string(error_name(finding.to_mend->code())) + "]"
                                 : "") +
                "\n";
    }
    return text;
}

}  // namespace paraspinal
