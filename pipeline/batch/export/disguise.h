// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/pseudonyms.h"
#include "pipeline/batch/study_record.h"

#include <cstdint>
#include <string_view>

namespace paraspinal {

/// How a column may lead to a person, and so what becomes of it under pseudonyms.
enum class Disguise : std::uint8_t {
    none,  ///< It does not.
    patient_id,
    uid,
    date,
    age,    ///< Above 89 years.
    clear,  ///< Free text and places of files, in which anything may stand.
};

/// Of a column of measurements.csv, muscles.csv or levels.csv.
Disguise disguise_of(std::string_view column);

/// All lines of `record` as they look under pseudonyms.
StudyRecord disguised(StudyRecord record, const Pseudonyms& pseudonyms);

}  // namespace paraspinal
