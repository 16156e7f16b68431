// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/disguise.h"

#include <algorithm>
#include <array>

namespace paraspinal {

Disguise disguise_of(std::string_view column) {
    constexpr std::array<std::string_view, 7> kCleared{"accession_number",
                                                       "series_description",
                                                       "source_file",
                                                       "study_folder",
                                                       "message",
                                                       "reader",
                                                       "review_note"};
    if (column == "patient_id") {
        return Disguise::patient_id;
    }
    if (column.ends_with("_uid")) {
        return Disguise::uid;
    }
    if (column.ends_with("_date")) {
        return Disguise::date;
    }
    if (column == "patient_age_years") {
        return Disguise::age;
    }
    return std::ranges::find(kCleared, column) != kCleared.end() ? Disguise::clear : Disguise::none;
}

}  // namespace paraspinal
