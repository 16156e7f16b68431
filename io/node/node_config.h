// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"
#include "io/node/server/sender_rule.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What a sender may use up.
struct ReceiveLimits {
    int associations = 32;             ///< At a time; further ones are told to come back later.
    int idle_s = 60;                   ///< Longest silence of a sender before it is cut off.
    int object_s = 600;                ///< Longest time for one object.
    std::int64_t object_mb = 2000;     ///< Largest object.
    std::int64_t free_disk_mb = 2000;  ///< With less free space nothing more is taken.
    friend bool operator==(const ReceiveLimits&, const ReceiveLimits&) = default;
};

/// What the configuration file of a DICOM node says.
struct NodeConfig {
    std::string ae_title = "PARASPINAL";
    std::string address =
        "127.0.0.1";  ///< Where to listen; "0.0.0.0": on every network; "::": by IPv6 too.
    std::uint16_t port = 11112;       ///< 0: any that is free.
    std::vector<SenderRule> allowed;  ///< Never empty.
    std::vector<Peer> send_to;        ///< Who gets the results.
    bool asks_commitment = false;     ///< Peers are asked whether they keep what they took.
    bool sends_notices = true;        ///< Of studies that could not be measured.
    std::uint16_t metrics_port = 0;   ///< Of 127.0.0.1, for Prometheus; 0: none.
    int quiet_s = 60;                 ///< A study is complete when nothing has come for so long.
    int keep_days = 7;  ///< Received files are deleted so long after they came; 0: never.
    ReceiveLimits limits;
    std::optional<TlsFiles> tls;  ///< Then only encrypted associations are taken.
    friend bool operator==(const NodeConfig&, const NodeConfig&) = default;
};

/// Reads a file of lines "key = value"; `#` starts a comment. The keys are in docs/listen.md.
/// Throws Error usage naming all lines that are wrong, and unreadable_file.
NodeConfig read_node_config(const std::filesystem::path& file);

/// The same from a text.
NodeConfig parse_node_config(std::string_view text);

}  // namespace paraspinal
