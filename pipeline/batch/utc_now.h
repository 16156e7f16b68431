// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace paraspinal {

/// Now, as ledgers and logs write it: "2026-11-20T18:00:00Z".
std::string utc_now();

}  // namespace paraspinal
