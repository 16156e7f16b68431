// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "risk/audit/audit.h"
#include "risk/model/json_reader_internal.h"

#include <vector>

namespace paraspinal {

/// Lines about two groups: means and SDs, counts.
void audit_means(const JsonReader& line, std::vector<AuditFinding>& findings);

/// Rows of means and SDs: the size of two equal groups at which most of the printed P values are
/// those of Student's t, beside how many are with the sizes that the article states.
void audit_group_sizes_of_p(const JsonReader& line, std::vector<AuditFinding>& findings);

void audit_counts(const JsonReader& line, std::vector<AuditFinding>& findings);

}  // namespace paraspinal
