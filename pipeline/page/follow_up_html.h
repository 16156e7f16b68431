// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/study_follow_up.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The name by which a page links to the line of a study.
std::string study_anchor(const std::string& study_uid);

/// What changed since each earlier examination, folded away under one line each; with links to
/// their lines.
std::string follow_up_html(const std::vector<EarlierExamination>& earlier);

}  // namespace paraspinal
