// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/run_lengths.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <limits>

namespace paraspinal {
namespace {

using Runs = std::vector<std::int64_t>;

TEST(RunLengths, ComeBackAsLabels) {
    LabelMap labels({.rows = 2, .cols = 3});
    labels[{0, 2}] = Structure::psoas_left;
    labels[{1, 0}] = Structure::psoas_left;
    const Runs runs = run_lengths(labels);
    EXPECT_EQ(runs, (Runs{0, 2, 7, 2, 0, 2}));
    EXPECT_EQ(labels_from_runs(runs, labels.size()), labels);
}

TEST(RunLengths, RefuseWhatDoesNotFillTheImage) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    for (const Runs& runs : {Runs{},
                             Runs{0, 5},
                             Runs{0, 7},
                             Runs{0, 6, 1},
                             Runs{8, 6},
                             Runs{-1, 6},
                             Runs{0, -6},
                             Runs{0, 0, 0, 6},
                             Runs{0, kMost},
                             Runs{0, 3, 0, kMost}}) {
        EXPECT_THROW(labels_from_runs(runs, {.rows = 2, .cols = 3}), Error);
    }
}

}  // namespace
}  // namespace paraspinal
