// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/inspect_study.h"

#include "core/text.h"

#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

constexpr std::size_t kTextColumns = 80;

InspectedChoice choice_of(const Study& study, const SliceRequest& request) {
    try {
        const ChosenSlice chosen = choose_slice(study, request);
        return {.series_uid = chosen.series->series_uid,
                .slice_uid = slice_uid(*chosen.slice),
                .level = chosen.level};
    } catch (const Error& error) {
        return {.refusal = error.code(), .message = error.message()};
    }
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string shortened(std::string text, std::size_t width) {
    return text.size() <= width ? text : text.substr(0, width - 3) + "...";
}

std::string size_text(const ImageSize& size) {
    return std::to_string(size.cols) + "x" + std::to_string(size.rows);
}

std::string spacing_text(const std::optional<PixelSpacing>& spacing) {
    return spacing ? fixed_text(spacing->col_mm, 2) + "x" + fixed_text(spacing->row_mm, 2) : "none";
}

std::string stack_line(const InspectedStack& stack) {
    const SliceHeader& first = stack.slices.front();
    const std::string line = padded(std::to_string(stack.series_number), 6) +
                             padded(std::to_string(stack.slices.size()), 8) +
                             padded(std::string(series_kind_name(stack.classification.kind)), 13) +
                             padded(size_text(first.size), 11) +
                             padded(spacing_text(first.spacing), 11) +
                             shortened(stack.description, kTextColumns - 51);
    const std::string& why = stack.classification.reason;
    return "  " + line + "\n" + (why.empty() ? "" : "        " + why + "\n");
}

std::string slice_lines(const InspectedStack& stack) {
    std::string text;
    for (const SliceHeader& slice : stack.slices) {
        const std::string z = slice.plane ? fixed_text(slice.plane->origin_mm.z, 1) : "?";
        text += "        slice " + padded(std::to_string(slice.instance_number), 5) + "z " +
                padded(z, 9) + slice_uid(slice) + "\n";
    }
    return text;
}

std::string patient_text(const Patient& patient) {
    std::string text = patient.id.empty() ? "no ID" : patient.id;
    text += patient.sex.empty() ? "" : ", " + patient.sex;
    text += patient.age_years ? ", " + fixed_text(*patient.age_years, 0) + " years" : "";
    return text;
}

nlohmann::ordered_json vector_json(const Vec3& v) {
    return {v.x, v.y, v.z};
}

nlohmann::ordered_json slice_json(const SliceHeader& slice) {
    nlohmann::ordered_json json{{"slice_uid", slice_uid(slice)},
                                {"instance_number", slice.instance_number},
                                {"file", slice.file.string()}};
    if (slice.plane) {
        json["origin_mm"] = vector_json(slice.plane->origin_mm);
    }
    return json;
}

nlohmann::ordered_json stack_json(const InspectedStack& stack) {
    const SliceHeader& first = stack.slices.front();
    nlohmann::ordered_json json{{"series_uid", stack.series_uid},
                                {"series_number", stack.series_number},
                                {"description", stack.description},
                                {"kind", series_kind_name(stack.classification.kind)},
                                {"reason", stack.classification.reason},
                                {"evidence", stack.classification.evidence},
                                {"rows", first.size.rows},
                                {"columns", first.size.cols}};
    if (first.spacing) {
        json["pixel_row_mm"] = first.spacing->row_mm;
        json["pixel_col_mm"] = first.spacing->col_mm;
    }
    if (first.plane) {
        json["along_columns"] = vector_json(first.plane->along_columns);
        json["along_rows"] = vector_json(first.plane->along_rows);
    }
    for (const SliceHeader& slice : stack.slices) {
        json["slices"].push_back(slice_json(slice));
    }
    return json;
}

nlohmann::ordered_json choice_json(const InspectedChoice& choice) {
    if (choice.refusal) {
        return {{"reason", error_name(*choice.refusal)}, {"message", choice.message}};
    }
    return {{"slice_uid", choice.slice_uid},
            {"series_uid", choice.series_uid},
            {"level", choice.level->level},
            {"level_source", level_source_name(choice.level->source)}};
}

}  // namespace

std::string_view series_kind_name(SeriesKind kind) {
    switch (kind) {
        case SeriesKind::axial_t2: return "axial T2";
        case SeriesKind::sagittal_t2: return "sagittal T2";
        case SeriesKind::other: break;
    }
    return "other";
}

InspectedStudy inspect_study(const Study& study, const SliceRequest& request) {
    InspectedStudy inspected{.study = &study, .choice = choice_of(study, request)};
    for (const Series& series : study.series) {
        for (const Stack& stack : split_stacks(series)) {
            InspectedStack& entry = inspected.stacks.emplace_back();
            entry.series_uid = series.series_uid;
            entry.description = series.description;
            entry.series_number = series.series_number;
            entry.classification = classify(series, stack);
            for (const SliceHeader* const slice : stack.slices) {
                entry.slices.push_back(*slice);
            }
        }
    }
    return inspected;
}

std::string inspection_text(const InspectedStudy& inspected, bool list_slices) {
    const Study& study = *inspected.study;
    std::string text = "Study " + study.study_uid + "\n";
    text += "  " + patient_text(study.patient) +
            (study.study_date.empty() ? "" : ", " + study.study_date) + "\n\n";
    text += "  No    Slices  Kind         Pixels     mm         Description\n";
    for (const InspectedStack& stack : inspected.stacks) {
        text += stack_line(stack) + (list_slices ? slice_lines(stack) : "");
    }
    const InspectedChoice& choice = inspected.choice;
    if (choice.refusal) {
        return text + "\n  Would not be measured: " + std::string(error_name(*choice.refusal)) +
               "\n    " + choice.message + "\n";
    }
    return text + "\n  Would be measured (" + std::string(level_source_name(choice.level->source)) +
           "): slice\n    " + choice.slice_uid + "\n";
}

std::string inspection_json(const StudyIndex& index, const std::vector<InspectedStudy>& inspected) {
    nlohmann::ordered_json document{{"studies", nlohmann::ordered_json::array()},
                                    {"skipped", nlohmann::ordered_json::array()},
                                    {"duplicate_instances", index.duplicate_instances}};
    for (const InspectedStudy& entry : inspected) {
        const Study& study = *entry.study;
        nlohmann::ordered_json json{{"study_uid", study.study_uid},
                                    {"study_date", study.study_date},
                                    {"accession_number", study.accession_number},
                                    {"patient_id", study.patient.id},
                                    {"patient_sex", study.patient.sex}};
        if (study.patient.age_years) {
            json["patient_age_years"] = *study.patient.age_years;
        }
        for (const InspectedStack& stack : entry.stacks) {
            json["stacks"].push_back(stack_json(stack));
        }
        json["choice"] = choice_json(entry.choice);
        document["studies"].push_back(json);
    }
    for (const SkippedFile& skipped : index.skipped) {
        document["skipped"].push_back({{"file", skipped.file.string()},
                                       {"code", error_name(skipped.code)},
                                       {"reason", skipped.reason},
                                       {"study_uid", skipped.study_uid}});
    }
    return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace paraspinal
