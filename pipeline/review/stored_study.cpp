// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/stored_study.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "io/nifti/volume.h"
#include "io/read_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
    throw Error(ErrorCode::malformed_file, "'" + file.string() + "' " + why);
}

void require_file(const fs::path& file) {
    if (!fs::is_regular_file(file)) {
        throw Error(ErrorCode::input_not_found,
                    "'" + file.filename().string() +
                        "' is not in the folder of the study; measure it again with this version "
                        "and with json and nifti among --write");
    }
}

Vec3 vector_of(const Json& json) {
    return {.x = json.at(0).get<double>(),
            .y = json.at(1).get<double>(),
            .z = json.at(2).get<double>()};
}

void read_geometry(const Json& json, StoredStudy& study) {
    study.slice.spacing = {.row_mm = json.at("pixel_row_mm").get<double>(),
                           .col_mm = json.at("pixel_col_mm").get<double>()};
    study.slice.plane = {.origin_mm = vector_of(json.at("origin_mm")),
                         .along_columns = vector_of(json.at("along_columns")),
                         .along_rows = vector_of(json.at("along_rows"))};
    study.series_uid = json.at("series_uid").get<std::string>();
    study.slice_uid = json.at("sop_instance_uid").get<std::string>();
}

// A method that gave way to the reference did as the reference does; without a threshold it was
// the reference that found nothing to compare with.
MeasureFatOptions options_of(const Json& all) {
    const Json& fat = all.at("fat");
    MeasureFatOptions options;
    options.bias.enabled = fat.at("bias_corrected").get<bool>();
    options.roi = muscle_roi_from_name(all.at("roi").at("used").get<std::string>());
    if (!fat.at("method").is_null()) {
        options.fat.method = fat_method_from_name(fat.at("method").get<std::string>());
        options.fat.guard = fat.at("guard").get<std::string>() != fat_guard_name(FatGuard::off);
        options.fat.fixed_threshold = fat.at("threshold").get<double>();
    }
    if (options.fat.method == FatMethod::fixed) {
        options.fat.guard.reset();
    }
    return options;
}

std::vector<QcFlag> flags_of(const Json& json) {
    std::vector<QcFlag> flags;
    for (const Json& flag : json) {
        const auto name = flag.at("name").get<std::string>();
        const auto found = std::ranges::find(flag_table(), name, &FlagEntry::name);
        if (found != flag_table().end()) {
            flags.push_back({found->flag, flag.at("detail").get<std::string>()});
        }
    }
    return flags;
}

LevelEvidence level_of(const Json& json) {
    constexpr std::array kSources{
        LevelSource::sagittal, LevelSource::operator_choice, LevelSource::single_slice};
    const auto number = [&json](const char* key) {
        return json.at(key).is_number() ? std::optional(json.at(key).get<double>()) : std::nullopt;
    };
    LevelEvidence level{.level = json.at("name").get<std::string>(),
                        .confidence = number("confidence"),
                        .slice_offset_mm = number("slice_offset_mm"),
                        .slice_tilt_deg = number("slice_tilt_deg"),
                        .endplate = {},
                        .level_offset = json.at("operator_offset").get<int>(),
                        .alternatives = {}};
    for (const LevelSource source : kSources) {
        if (level_source_name(source) == json.at("source").get<std::string>()) {
            level.source = source;
        }
    }
    return level;
}

std::map<Structure, double> confidence_of(const Json& structures) {
    std::map<Structure, double> confidence;
    for (const Json& part : structures) {
        const int label = part.at("label").get<int>();
        const bool is_known = label > 0 && label <= static_cast<int>(kStructures.size());
        if (is_known && part.at("outline_confidence").is_number()) {
            confidence[static_cast<Structure>(label)] = part["outline_confidence"].get<double>();
        }
    }
    return confidence;
}

Patient patient_of(const Json& json) {
    Patient patient{.id = json.at("patient_id").get<std::string>(),
                    .sex = json.at("patient_sex").get<std::string>()};
    if (json.at("patient_age_years").is_number()) {
        patient.age_years = json["patient_age_years"].get<double>();
    }
    // Measurements of earlier versions lack it.
    if (json.contains("patient_height_m") && json["patient_height_m"].is_number()) {
        patient.height_m = json["patient_height_m"].get<double>();
    }
    return patient;
}

void read_json(const fs::path& file, StoredStudy& study) {
    const std::string text = read_file(file).value_or("");
    try {
        const Json all = is_json_too_deep(text) ? Json() : Json::parse(text);
        read_geometry(all.at("slice"), study);
        study.study.patient = patient_of(all.at("study"));
        study.level = level_of(all.at("level"));
        study.outline_source = all.at("outlines").at("source").get<std::string>();
        study.outline_model = all.at("outlines").at("model").get<std::string>();
        study.outlines.confidence = confidence_of(all.at("structures"));
        study.options = options_of(all);
        study.flags = flags_of(all.at("flags"));
        const Json& thickness = all.at("acquisition").at("slice_thickness_mm");
        study.slice_thickness_mm = thickness.is_number() ? thickness.get<double>() : 1;
    } catch (const Json::exception&) {
        refuse(file, "is no complete measurement; measure the study again");
    }
}

}  // namespace

LabelMap read_stored_labels(const fs::path& file, ImageSize size) {
    const Image<float> values = read_nifti_plane(file, 0);
    if (values.size() != size) {
        refuse(file, "is of another size than the image");
    }
    LabelMap labels(size);
    std::ranges::transform(values.pixels, labels.pixels.begin(), [&file](float value) {
        const bool is_label = value >= 0 && value <= static_cast<float>(kStructures.size()) &&
                              value == std::floor(value);
        if (!is_label) {
            refuse(file, "has values that are no structure");
        }
        return static_cast<Structure>(static_cast<int>(value));
    });
    return labels;
}

StoredStudy read_stored_study(const fs::path& study_folder, const std::string& study_uid) {
    for (const char* const name : {"measurement.json", "image.nii.gz", "labels.nii.gz"}) {
        require_file(study_folder / name);
    }
    StoredStudy study;
    const StudyKey key = parse_study_key(study_uid);
    study.study.study_uid = key.study_uid;
    study.study.patient_group = key.group;
    read_json(study_folder / "measurement.json", study);
    study.slice.intensity = read_nifti_plane(study_folder / "image.nii.gz", 0);
    study.outlines.labels =
        read_stored_labels(study_folder / "labels.nii.gz", study.slice.intensity.size());
    return study;
}

StoredStudy stored_study(const StudyReport& report, const MeasureFatOptions& options) {
    StoredStudy study{.study = report.study,
                      .level = report.level,
                      .series_uid = report.series_uid,
                      .slice_uid = report.slice_uid,
                      .slice = report.slice,
                      .outlines = report.outlines,
                      .outline_source = report.outline_source,
                      .outline_model = report.outline_model,
                      .options = options,
                      .flags = report.flags};
    study.slice_thickness_mm =
        report.source.acquisition.slice_thickness_mm.value_or(study.slice_thickness_mm);
    return study;
}

StoredStudy without_outlines(StoredStudy study) {
    study.outlines = {.labels = LabelMap(study.slice.intensity.size()), .confidence = {}};
    study.outline_source.clear();
    study.outline_model.clear();
    return study;
}

}  // namespace paraspinal
