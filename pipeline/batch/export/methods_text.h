// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/run_facts.h"

#include <string>

namespace paraspinal {

/// A draft in Markdown for the methods section of a paper: study flow with counts that add up, what
/// was measured how, with versions and models, what the images were, what reporting guidelines ask,
/// and references. Nothing is said that the facts do not hold: where studies differ, each way has
/// its count, and what only the authors know stands as "[AUTHORS: ...]".
std::string methods_text(const RunFacts& facts);

}  // namespace paraspinal
