// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/metrics_server.h"

#include "pipeline/loopback/loopback.h"

#include <chrono>
#include <httplib.h>

namespace paraspinal {
namespace {

using httplib::Request;
using httplib::Response;
using Handled = httplib::Server::HandlerResponse;

// Prometheus, text exposition format.
constexpr const char* kExposition = "text/plain; version=0.0.4; charset=utf-8";

Handled turned_away(Response& response, int status, const char* why) {
    response.status = status;
    response.set_content(why, "text/plain; charset=utf-8");
    return Handled::Handled;
}

}  // namespace

MetricsServer::MetricsServer(std::uint16_t port, std::function<std::string()> text)
    : server_(std::make_unique<httplib::Server>()) {
    // A connection that asks nothing is let go after a second, and each answer ends its own, so
    // that those who hold them open do not keep Prometheus out.
    constexpr std::size_t kConnections = 16;
    constexpr std::time_t kIdleS = 1;
    server_->new_task_queue = [] { return new httplib::ThreadPool(kConnections); };
    server_->set_keep_alive_timeout(kIdleS);
    server_->set_keep_alive_max_count(1);
    server_->set_read_timeout(kIdleS);
    server_->set_write_timeout(kIdleS);
    bind_to_loopback(*server_, port);
    server_->set_pre_routing_handler([port](const Request& request, Response& response) {
        if (!is_addressed_here(request.get_header_value("Host"), port)) {
            return turned_away(response, 403, "ask 127.0.0.1 or localhost\n");
        }
        if (request.method != "GET") {
            response.set_header("Allow", "GET");
            return turned_away(response, 405, "there is only GET\n");
        }
        return Handled::Unhandled;
    });
    server_->Get("/metrics", [text = std::move(text)](const Request&, Response& response) {
        response.set_header("Cache-Control", "no-store");
        response.set_content(text(), kExposition);
    });
    thread_ = std::jthread([this] { server_->listen_after_bind(); });
    // A server that does not run yet cannot be stopped.
    while (!server_->is_running()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

MetricsServer::~MetricsServer() {
    server_->stop();
}

}  // namespace paraspinal
