// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/archive.h"
#include "pipeline/pull/pull_table.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace paraspinal {

struct PullOptions {
    Peer peer;
    ClientOptions client;
    Destination destination;
    ArchiveKey key = ArchiveKey::accession_number;
    /// From the start of one row to the start of the next, so that the archive has time for others.
    std::chrono::milliseconds interval{0};
    /// Also rows that are not_found, no_mr or incomplete; those failed or not_tried always.
    bool retry = false;

    /// How long in all an archive that answered before may be away (a restart at night).
    static constexpr std::chrono::minutes kPatience{30};
    /// How often a row is tried when the archive breaks off in the middle.
    static constexpr int kAttempts = 3;
    /// So many failed rows on end are no accident of the studies.
    static constexpr int kMostFailuresOnEnd = 5;
};

/// What pulling needs of the world around it.
struct PullHooks {
    std::function<void()> row_done;               ///< A row has changed: save, show.
    std::function<void(const std::string&)> say;  ///< A line for the log.
    std::function<bool()> should_stop;            ///< Asked before each row and while waiting.
    std::function<void(std::chrono::milliseconds)> wait;
    std::function<std::chrono::milliseconds()> clock;  ///< Time since any fixed moment.
};

/// Finds and retrieves what each row names, one at a time, one association each. A row that fails
/// is noted and the next one is tried. Throws when going on makes no sense: the archive cannot be
/// reached at the start or stays away for kPatience, does not offer what it takes, or the disk is
/// full (the row at hand is then not_tried); or kMostFailuresOnEnd.
void pull_studies(std::vector<PullRow>& rows, const PullOptions& options, const PullHooks& hooks);

}  // namespace paraspinal
