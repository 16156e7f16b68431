// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "pipeline/report/json/inspection_json.h"

#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

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

nlohmann::ordered_json endplate_json(const Endplate& endplate) {
    return {{"centre_mm", vector_json(endplate.plane.point_mm)},
            {"normal", vector_json(endplate.plane.normal)},
            {"residual_mm", endplate.residual_mm},
            {"slices", endplate.slices}};
}

nlohmann::ordered_json spine_json(const SpineView& view) {
    nlohmann::ordered_json json{{"series_uid", view.series_uid},
                                {"model", view.model},
                                {"slices_read", view.slices_read},
                                {"vertebrae", nlohmann::ordered_json::array()},
                                {"doubts", nlohmann::ordered_json::array()},
                                {"other_shifts", view.spine.other_shifts}};
    for (const Vertebra& vertebra : view.spine.vertebrae) {
        nlohmann::ordered_json entry{{"name", vertebra.name()},
                                     {"confidence", vertebra.confidence},
                                     {"centre_mm", vector_json(vertebra.place.center_mm)},
                                     {"height_mm", vertebra.place.height_mm},
                                     {"inferior_endplate", nullptr}};
        if (vertebra.inferior_endplate) {
            entry["inferior_endplate"] = endplate_json(*vertebra.inferior_endplate);
        }
        json["vertebrae"].push_back(entry);
    }
    for (const NamingDoubt& doubt : view.spine.doubts) {
        json["doubts"].push_back({{"name", doubt.name}, {"detail", doubt.detail}});
    }
    return json;
}

nlohmann::ordered_json alternative_json(const LevelAlternative& other) {
    nlohmann::ordered_json json{{"vertebra", other.vertebra}, {"slice_uid", other.slice_uid}};
    if (!other.slice_uid.empty()) {
        json["slice_offset_mm"] = other.position.offset_mm;
        json["slice_tilt_deg"] = other.position.tilt_deg;
    }
    return json;
}

nlohmann::ordered_json choice_json(const InspectedChoice& choice) {
    if (choice.refusal) {
        nlohmann::ordered_json json{{"reason", error_name(*choice.refusal)},
                                    {"message", choice.message}};
        if (!choice.slice_uid.empty()) {
            json["refused_slice_uid"] = choice.slice_uid;
        }
        return json;
    }
    const LevelEvidence& level = *choice.level;
    nlohmann::ordered_json json{{"slice_uid", choice.slice_uid},
                                {"series_uid", choice.series_uid},
                                {"level", level.level},
                                {"level_source", level_source_name(level.source)}};
    if (level.endplate) {
        json["level_confidence"] = *level.confidence;
        json["slice_offset_mm"] = *level.slice_offset_mm;
        json["slice_tilt_deg"] = *level.slice_tilt_deg;
        json["inferior_endplate"] = endplate_json(*level.endplate);
        json["alternatives"] = nlohmann::ordered_json::array();
    }
    for (const LevelAlternative& other : level.alternatives) {
        json["alternatives"].push_back(alternative_json(other));
    }
    json["flags"] = nlohmann::ordered_json::array();
    for (const QcFlag& flag : choice.flags) {
        json["flags"].push_back({{"name", flag.name()}, {"detail", flag.detail}});
    }
    return json;
}

}  // namespace

std::string inspection_json(const StudyIndex& index, const std::vector<InspectedStudy>& inspected) {
    nlohmann::ordered_json document{{"format", "paraspinal inspection"},
                                    {"format_version", 1},
                                    {"studies", nlohmann::ordered_json::array()},
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
        json["spine"] = entry.spine ? spine_json(*entry.spine) : nlohmann::ordered_json(nullptr);
        json["choice"] = choice_json(entry.choice);
        json["patient_group"] = study.patient_group;
        json["id_contradiction"] = study.contradictions.patient_id;
        json["accession_contradiction"] = study.contradictions.accession_number;
        json["assumptions"] = entry.assumptions;
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
