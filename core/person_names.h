// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace paraspinal {

/// Whether any two of these names (DICOM PN, lower case) cannot be spellings of one person's: not
/// by order, a middle name or title more, an initial for a name, or what devices make of umlauts
/// and accents ("müller", "mueller", "muller").
bool names_contradict(const std::set<std::string>& names);

/// Whether it is what anonymizers write for a name: the ID, or "anonymous", "unknown" and the like.
bool is_made_up_name(std::string_view name, std::string_view patient_id);

/// Whether it is an ID that anonymizers give to everybody (plain_patient_id): "anon", "anonymous",
/// "anonymized", "unknown", "none".
bool is_id_of_everybody(std::string_view plain_id);

}  // namespace paraspinal
