// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/receiver_process.h"

#include "core/error.h"
#include "io/node/server/incoming_file.h"
#include "io/node/server/listening_socket.h"
#include "io/output_file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace paraspinal {
namespace {

constexpr int kPollMs = 200;

// The only thing that a signal handler may touch.
volatile std::sig_atomic_t told_to_stop = 0;  // NOLINT(*-avoid-non-const-global-variables)

void note_stop(int /*signal*/) {
    told_to_stop = 1;
}

ReceiveCounters* shared_counters() {
    void* const memory = mmap(nullptr,
                              sizeof(ReceiveCounters),
                              PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS,
                              -1,
                              0);
    if (memory == MAP_FAILED) {  // NOLINT(*-cstyle-cast, performance-no-int-to-ptr)
        throw Error(ErrorCode::out_of_memory, "no memory for the counters of the receiver");
    }
    return new (memory) ReceiveCounters;  // NOLINT(*-owning-memory): lives as long as the process.
}

// What a process that was killed in the middle of an object has left.
void clear_receiving(const std::filesystem::path& folder) {
    std::filesystem::remove_all(receiving_folder(folder));
    make_output_folder(receiving_folder(folder));
    make_output_folder(incoming_folder(folder));
}

// After a fork: none of the caller's files, no signals of the terminal, no life without the parent.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a process and a descriptor.
void begin_child(int parent, int kept_descriptor) {
    constexpr unsigned kFirst = 3;
    const auto kept = static_cast<unsigned>(kept_descriptor);
    static_cast<void>(close_range(kFirst, kept - 1, 0));
    static_cast<void>(close_range(kept + 1, ~0U, 0));
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // NOLINT(*-vararg)
    if (getppid() != parent) {
        _exit(1);
    }
    static_cast<void>(std::signal(SIGINT, SIG_IGN));
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGTERM, note_stop));
}

// Accepts connections and has each served by a process of its own.
class Receiver {
  public:
    Receiver(const ListeningSocket& socket, const ReceiverContext& context)
        : socket_(&socket), context_(&context) {}

    void run() {
        while (told_to_stop == 0) {
            bury_finished();
            if (const auto connection = socket_->accept_within(kPollMs)) {
                admit(*connection);
                close(connection->socket);
            }
        }
        for (const auto& [process, address] : children_) {
            kill(process, SIGTERM);
        }
        while (!children_.empty()) {
            bury_finished();
            std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
        }
    }

  private:
    void admit(const ListeningSocket::Connection& connection) {
        const auto limit = static_cast<std::size_t>(context_->config->limits.associations);
        if (!allows_address(context_->config->allowed, connection.address)) {
            context_->counters->add(Received::refused_address);
            context_->log(ip_text(connection.address) +
                          ": connection refused: the address is not allowed to send");
            return;
        }
        // Who has not shown a certificate or a title yet takes a process, but no place; one address
        // cannot keep the others from it.
        constexpr std::size_t kMostKnockingPerPlace = 4;
        constexpr std::size_t kFewestPerAddress = 8;
        const auto [knocking, of_this_address] = count_knocking(connection.address);
        if (knocking >= kMostKnockingPerPlace * limit ||
            of_this_address >= std::max(limit, kFewestPerAddress)) {
            context_->counters->add(Received::refused_busy);
            return;
        }
        serve({.socket = connection.socket, .address = connection.address});
    }

    // Connections that are no associations yet: all, and those of an address.
    [[nodiscard]] std::pair<std::size_t, std::size_t> count_knocking(
        const IpAddress& address) const {
        std::pair<std::size_t, std::size_t> count{0, 0};
        for (const auto& [process, from] : children_) {
            const bool is_knocking = !context_->counters->has_place(process);
            count.first += is_knocking ? 1 : 0;
            count.second += is_knocking && from == address ? 1 : 0;
        }
        return count;
    }

    void serve(const IncomingConnection& connection) {
        const int parent = getpid();
        const int process = fork();
        if (process == 0) {
            begin_child(parent, connection.socket);
            // Far above what an association needs, below what would hurt the machine.
            constexpr rlim_t kMostMemoryBytes = rlim_t{4} << 30;
            const rlimit memory{.rlim_cur = kMostMemoryBytes, .rlim_max = kMostMemoryBytes};
            setrlimit(RLIMIT_AS, &memory);
            serve_association(connection, *context_);
            _exit(0);
        }
        if (process < 0) {
            context_->counters->add(Received::refused_busy);
            context_->log(ip_text(connection.address) +
                          ": connection refused: no process can be started");
            return;
        }
        children_[process] = connection.address;
    }

    void bury_finished() {
        int status = 0;
        for (int process = 0; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
            const auto child = children_.find(process);
            if (child == children_.end()) {
                continue;
            }
            if (WIFSIGNALED(status)) {
                clear_up_after(process);
                report_killed(child->second, WTERMSIG(status));
            }
            context_->counters->free_place(process);
            children_.erase(child);
        }
    }

    void clear_up_after(int process) {
        std::error_code ignored;
        std::filesystem::remove(partial_file(context_->folder, process), ignored);
    }

    void report_killed(const IpAddress& address, int signal) {
        context_->counters->add(Received::broken);
        context_->log(ip_text(address) + ": association broken off: " +
                      (signal == SIGALRM
                           ? "the sender was too slow"
                           : "its process was ended by signal " + std::to_string(signal)));
    }

    const ListeningSocket* socket_;
    const ReceiverContext* context_;
    std::map<int, IpAddress> children_;  // Process and the address that it serves.
};

}  // namespace

ReceiverProcess::ReceiverProcess(const NodeConfig& config,
                                 const std::filesystem::path& folder,
                                 NodeLog log)
    : counters_(shared_counters()) {
    if (config.tls) {
        check_tls_files(*config.tls);
    }
    clear_receiving(folder);
    const ListeningSocket socket(config.address, config.port);
    port_ = socket.port();
    const int parent = getpid();
    process_ = fork();
    if (process_ < 0) {
        throw Error(ErrorCode::internal,
                    "no process can be started: " + std::generic_category().message(errno));
    }
    if (process_ == 0) {
        begin_child(parent, socket.descriptor());
        const ReceiverContext context{.config = &config,
                                      .folder = folder,
                                      .counters = counters_,
                                      .log = std::move(log),
                                      .should_stop = [] { return told_to_stop != 0; }};
        Receiver(socket, context).run();
        _exit(0);
    }
}

ReceiverProcess::~ReceiverProcess() {
    if (is_running()) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    munmap(counters_, sizeof(ReceiveCounters));
}

bool ReceiverProcess::is_running() {
    if (process_ > 0 && waitpid(process_, nullptr, WNOHANG) != 0) {
        process_ = -1;
    }
    return process_ > 0;
}

void ReceiverProcess::stop() {
    if (is_running()) {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }
}

}  // namespace paraspinal
