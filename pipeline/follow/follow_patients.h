// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/compare_pair.h"
#include "pipeline/follow/examination.h"
#include "pipeline/follow/named_pairs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What became of an examination.
enum class Fate : std::uint8_t {
    compared,
    single,                 ///< Its patient has no other that could be measured.
    failed,                 ///< It was not measured.
    patient_contradiction,  ///< Its files or tables contradict each other in who the patient is.
    measured_differently,   ///< Two runs measured it, and not alike.
    patients_differ,        ///< Those with its patient ID cannot be one person's.
    no_patient_id,          ///< Or one that names nobody (patient_of).
    no_study_date,
    not_named,  ///< It is in none of the pairs that were named.
};

/// "compared" ...
std::string_view fate_name(Fate fate);

struct FollowUp {
    std::vector<Examination> examinations;  ///< All.
    std::vector<Fate> fates;                ///< One each.
    std::vector<ExaminationPair> pairs;     ///< In the order of the examinations, or as named.
    std::vector<std::string> notes;  ///< What the user must be told, a sentence each, no IDs in it.
};

struct FollowOptions {
    std::optional<std::vector<NamedPair>> pairs;  ///< Nothing: patients by ID and date.
    SmallestChanges smallest_changes;             ///< As read_smallest_changes.
};

/// Compares the examinations of each patient: each with the one before it, and the last with the
/// first where there are three or more; or the pairs of `options` alone, the earlier with the
/// later. `examinations` as read_examinations. IDs that differ in case, blanks or leading zeros are
/// one patient's (flag patient_ids_differ). Every examination has its fate. Throws Error
/// invalid_value when none of the named pairs is there.
FollowUp follow_patients(std::vector<Examination> examinations, const FollowOptions& options);

}  // namespace paraspinal
