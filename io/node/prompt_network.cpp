// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/prompt_network.h"

#include <cstdlib>

namespace paraspinal {

void make_network_prompt() {
    constexpr int kKeepTheUsers = 0;
    setenv("TCP_NODELAY", "1", kKeepTheUsers);  // NOLINT(concurrency-mt-unsafe): no threads yet
}

}  // namespace paraspinal
