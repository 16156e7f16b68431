// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace httplib {
class Server;
}

namespace paraspinal {

/// Answers GET http://127.0.0.1:PORT/metrics with a text for Prometheus, from a thread of its own,
/// as long as it lives. Whoever names the machine otherwise than by 127.0.0.1 or localhost, as a
/// page in a browser would by DNS rebinding, is turned away, and so is whoever asks for more.
class MetricsServer {
  public:
    /// `text` is asked at each request. Throws Error usage when the port cannot be had.
    MetricsServer(std::uint16_t port, std::function<std::string()> text);
    ~MetricsServer();
    MetricsServer(const MetricsServer&) = delete;
    MetricsServer& operator=(const MetricsServer&) = delete;
    MetricsServer(MetricsServer&&) = delete;
    MetricsServer& operator=(MetricsServer&&) = delete;

  private:
    std::unique_ptr<httplib::Server> server_;
    std::jthread thread_;
};

}  // namespace paraspinal
