// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/slice_flags.h"

#include "core/error.h"

#include <algorithm>

namespace paraspinal {

std::vector<CommandFlag> slice_flags(SliceFlags& flags) {
    return {{.name = "--slice",
             .field = &flags.slice_uid,
             .about = "Measure this SOP instance (UID, or UID#frame)",
             .value_name = "UID"},
            {.name = "--series",
             .field = &flags.series_uid,
             .about = "Look at this series only",
             .value_name = "UID"},
            {.name = "--level",
             .field = &flags.level,
             .about = "Vertebra whose inferior endplate is meant",
             .value_name = "L1..L5",
             .choices = {"L1", "L2", "L3", "L4", "L5"}},
            {.name = "--series-table",
             .field = &flags.series_table_file,
             .about = "CSV of what series are called (docs/inputs.md)",
             .value_name = "FILE"},
            {.name = "--axial-t2",
             .field = &flags.axial_t2_uid,
             .about = "This series is axial T2, and is measured",
             .value_name = "UID"},
            {.name = "--sagittal-t2",
             .field = &flags.sagittal_t2_uid,
             .about = "This series is sagittal T2, and shows the level",
             .value_name = "UID"}};
}

SliceRequest slice_request(const SliceFlags& flags) {
    return {.series_uid = flags.series_uid, .slice_uid = flags.slice_uid, .level = flags.level};
}

ClassifyOptions classify_options(const SliceFlags& flags) {
    return {.series_table = flags.series_table_file.empty()
                                ? SeriesTable{}
                                : read_series_table(flags.series_table_file),
            .axial_t2_uid = flags.axial_t2_uid,
            .sagittal_t2_uid = flags.sagittal_t2_uid};
}

SliceFlags with_series_table(SliceFlags flags, const std::vector<std::filesystem::path>& roots) {
    if (flags.series_table_file.empty()) {
        flags.series_table_file = find_series_table(roots);
    }
    return flags;
}

std::vector<Study> meant_studies(std::vector<Study> studies, const SliceRequest& request) {
    const auto is_meant = [&request](const Series& series) {
        return (!request.series_uid || *request.series_uid == series.series_uid) &&
               (!request.slice_uid ||
                std::ranges::any_of(series.slices, [&request](const SliceHeader& slice) {
                    return slice_uid(slice) == *request.slice_uid;
                }));
    };
    if (!request.series_uid && !request.slice_uid) {
        return studies;
    }
    std::erase_if(studies, [&is_meant](const Study& study) {
        return std::ranges::none_of(study.series, is_meant);
    });
    if (studies.empty()) {
        throw Error(request.slice_uid ? ErrorCode::slice_not_found : ErrorCode::series_not_found,
                    "none of the studies has the slice or series that was asked for; "
                    "'paraspinal inspect' lists what is there");
    }
    return studies;
}

}  // namespace paraspinal
