// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/raw_table.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace paraspinal {

/// Texts of `key` (patient_id or accession_number; none of another) that stand for several people:
/// by a flag of one of their rows (`patient_id_contradiction`, `accession_number_contradiction`)
/// or, in a table of measurements, by contradictions_by_study of all rows, failed ones too.
std::set<std::string, std::less<>> keys_of_several_people(const RawTable& table,
                                                          std::string_view key);

}  // namespace paraspinal
