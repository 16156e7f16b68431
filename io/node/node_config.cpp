// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/node_config.h"

#include "core/error.h"
#include "core/near_miss.h"
#include "core/text.h"
#include "io/node/ip_address.h"
#include "io/node/server/receive_counters.h"
#include "io/read_file.h"

#include <functional>
#include <limits>
#include <map>
#include <set>
#include <sstream>

namespace paraspinal {
namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw Error(ErrorCode::usage, why);
}

struct Range {
    std::int64_t low = 0;
    std::int64_t high = std::numeric_limits<std::int32_t>::max();
};

template <class Number>
void set_number(Number& number, const std::string& value, const Range& range) {
    const auto parsed = parse_integer(value);
    if (!parsed || *parsed < range.low || *parsed > range.high) {
        refuse("'" + value + "' is not a whole number from " + std::to_string(range.low) + " to " +
               std::to_string(range.high));
    }
    number = static_cast<Number>(*parsed);
}

void set_switch(bool& field, const std::string& value) {
    if (value != "yes" && value != "no") {
        refuse("'" + value + "' is neither yes nor no");
    }
    field = value == "yes";
}

void set_place(NodeConfig& config, const std::string& value) {
    const std::size_t colon = value.rfind(':');
    const bool has_brackets = value.starts_with('[') && value.find("]:") + 1 == colon;
    const std::string address = has_brackets ? value.substr(1, colon - 2) : value.substr(0, colon);
    const bool has_colons = address.find(':') != std::string::npos;
    if (colon == std::string::npos || !parse_ip_address(address) || has_brackets != has_colons) {
        refuse("'" + value + "' is no place to listen; write it as address:port, as in " +
               "127.0.0.1:11112, or 0.0.0.0:11112 for every network, [::]:11112 with IPv6");
    }
    config.address = address;
    set_number(config.port, value.substr(colon + 1), {.high = 65535});
}

// The keys with what they set. `tls` gathers files; which peers use them is settled at the end.
struct Draft {
    NodeConfig config;
    TlsFiles tls;
    std::vector<Peer> tls_peers;
};
using Setter = std::function<void(Draft&, const std::string& value)>;

const std::map<std::string, Setter>& setters() {
    static const std::map<std::string, Setter> all{
        {"ae-title", [](Draft& d, auto& v) { d.config.ae_title = parse_ae_title(v); }},
        {"listen", [](Draft& d, auto& v) { set_place(d.config, v); }},
        {"allow", [](Draft& d, auto& v) { d.config.allowed.push_back(parse_sender_rule(v)); }},
        {"send-to", [](Draft& d, auto& v) { d.config.send_to.push_back(parse_peer(v)); }},
        {"send-to-tls", [](Draft& d, auto& v) { d.tls_peers.push_back(parse_peer(v)); }},
        {"notice", [](Draft& d, auto& v) { set_switch(d.config.sends_notices, v); }},
        {"commitment", [](Draft& d, auto& v) { set_switch(d.config.asks_commitment, v); }},
        {"metrics-port",
         [](Draft& d, auto& v) { set_number(d.config.metrics_port, v, {.high = 65535}); }},
        {"quiet-seconds", [](Draft& d, auto& v) { set_number(d.config.quiet_s, v, {.low = 1}); }},
        {"keep-days", [](Draft& d, auto& v) { set_number(d.config.keep_days, v, {}); }},
        {"associations",
         [](Draft& d, auto& v) {
             set_number(d.config.limits.associations, v, {.low = 1, .high = kMostAssociations});
         }},
        {"idle-seconds",
         [](Draft& d, auto& v) { set_number(d.config.limits.idle_s, v, {.low = 1}); }},
        {"object-seconds",
         [](Draft& d, auto& v) { set_number(d.config.limits.object_s, v, {.low = 1}); }},
        {"object-megabytes",
         [](Draft& d, auto& v) { set_number(d.config.limits.object_mb, v, {.low = 1}); }},
        {"free-disk-megabytes",
         [](Draft& d, auto& v) { set_number(d.config.limits.free_disk_mb, v, {}); }},
        {"tls-certificate", [](Draft& d, auto& v) { d.tls.certificate = v; }},
        {"tls-key", [](Draft& d, auto& v) { d.tls.private_key = v; }},
        {"tls-authorities", [](Draft& d, auto& v) { d.tls.authorities = v; }},
    };
    return all;
}

std::vector<std::string> known_keys() {
    std::vector<std::string> keys;
    for (const auto& [key, setter] : setters()) {
        keys.push_back(key);
    }
    return keys;
}

bool may_be_repeated(const std::string& key) {
    return key == "allow" || key == "send-to" || key == "send-to-tls";
}

void read_line(std::string_view line, Draft& draft, std::set<std::string>& seen) {
    const std::string_view text = trimmed(line.substr(0, line.find('#')));
    if (text.empty()) {
        return;
    }
    const std::size_t equals = text.find('=');
    const std::string key(trimmed(text.substr(0, equals)));
    const auto setter = setters().find(key);
    if (equals == std::string_view::npos || setter == setters().end()) {
        const auto meant = near_miss(key, known_keys());
        refuse("'" + key + "' is no setting" + (meant ? " (did you mean '" + *meant + "'?)" : "") +
               "; docs/listen.md lists all, written as key = value");
    }
    if (!seen.insert(key).second && !may_be_repeated(key)) {
        refuse("'" + key + "' is set twice; delete one of the lines");
    }
    setter->second(draft, std::string(trimmed(text.substr(equals + 1))));
}

void require_senders(const Draft& draft, const std::set<std::string>& seen) {
    if (draft.config.allowed.empty() && !seen.contains("allow")) {
        refuse("nobody may send; name each sender with a line such as allow = PACS@10.0.0.5");
    }
}

void require_own_port(const NodeConfig& config) {
    if (config.metrics_port != 0 && config.metrics_port == config.port) {
        refuse("metrics-port is the port of listen; choose another one");
    }
}

void settle_tls(Draft& draft) {
    const TlsFiles& tls = draft.tls;
    const bool has_tls = tls != TlsFiles{};
    if (has_tls &&
        (tls.certificate.empty() || tls.private_key.empty() || tls.authorities.empty())) {
        refuse("TLS needs all of tls-certificate, tls-key and tls-authorities");
    }
    if (!has_tls && !draft.tls_peers.empty()) {
        refuse("send-to-tls needs tls-certificate, tls-key and tls-authorities");
    }
    if (has_tls) {
        draft.config.tls = tls;
    }
    for (Peer& peer : draft.tls_peers) {
        peer.tls = tls;
        draft.config.send_to.push_back(peer);
    }
}

}  // namespace

NodeConfig parse_node_config(std::string_view text) {
    Draft draft;
    std::set<std::string> seen;
    std::vector<std::string> mistakes;
    const auto attempt = [&mistakes](const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            mistakes.emplace_back(error.what());
        }
    };
    std::istringstream lines{std::string(text)};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        attempt([&] {
            within("line " + std::to_string(number), [&] { read_line(line, draft, seen); });
        });
    }
    attempt([&] { require_senders(draft, seen); });
    attempt([&] { require_own_port(draft.config); });
    attempt([&] { settle_tls(draft); });
    attempt([&] { require_distinct_titles(draft.config.send_to); });
    if (!mistakes.empty()) {
        refuse(joined(mistakes, "; "));
    }
    return std::move(draft.config);
}

NodeConfig read_node_config(const std::filesystem::path& file) {
    const std::optional<std::string> text = read_file(file);
    if (!text) {
        throw Error(ErrorCode::unreadable_file,
                    "cannot read the configuration '" + file.string() +
                        "'; check the path and its permissions");
    }
    return within("configuration " + file.string(), [&] { return parse_node_config(*text); });
}

}  // namespace paraspinal
