// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/review/review_session.h"

#include <cstdint>
#include <functional>
#include <string>

namespace paraspinal {

struct ServeOptions {
    std::uint16_t port = 0;  ///< Of the loopback, 127.0.0.1; 0: any that is free.
    /// Gets the address to open, token included, once the server listens.
    std::function<void(const std::string& address)> listening;
    std::function<bool()> should_stop;  ///< Asked several times a second.
};

/// Serves the page of `session` to browsers of this machine until it shall stop. Answers nobody who
/// does not have the token (access.h), writes nothing outside of the folder of the run, and reads
/// nothing there but the images that its ledger names. Throws Error usage when the port is taken.
void serve_review(ReviewSession& session, const ServeOptions& options);

}  // namespace paraspinal
