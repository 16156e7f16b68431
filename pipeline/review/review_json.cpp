// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/review_json.h"

#include "core/error.h"
#include "core/geometry.h"
#include "core/plane.h"
#include "core/text.h"
#include "pipeline/batch/export/cells_json_internal.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/readings/keep_correction.h"
#include "pipeline/review/run_lengths.h"

#include <algorithm>
#include <fmt/format.h>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The slice that a correction was drawn on, when the run's is another one now.
SliceChoice choice_of(const Reading& reading, const NamedCells& seen_now) {
    const std::string slice = reading.measurement.get("sop_instance_uid");
    const bool is_of_run = slice.empty() || slice == seen_now.get("sop_instance_uid");
    const bool is_counted = reading.level_offset != 0;
    return {.slice_uid = is_of_run || is_counted ? "" : slice,
            .level_offset = reading.level_offset};
}

Json choice_json(const SliceChoice& choice) {
    return {{"slice", choice.slice_uid}, {"offset", choice.level_offset}};
}

Json reading_json(const Reading& reading, const NamedCells& seen_now) {
    return {{"reader", reading.reader},
            {"time", reading.time},
            {"decision", decision_name(reading.decision)},
            {"reason", reading.reason},
            {"note", reading.note},
            {"touched", reading.touched},
            {"has_outlines", !reading.outlines.empty()},
            {"choice", choice_json(choice_of(reading, seen_now))},
            {"outdated", is_outdated(reading, seen_now)}};
}

Json readings_json(const ReviewSession& session, std::size_t place) {
    const std::vector<Reading> readings = session.readings(place);
    if (readings.empty()) {
        return Json::array();
    }
    const NamedCells seen = seen_cells(session.study(place));
    Json all = Json::array();
    for (const Reading& reading : readings) {
        all.push_back(reading_json(reading, seen));
    }
    return all;
}

// To a blind reader a study is there, or has failed.
std::string cell_for(const ReviewOptions& options, std::string_view column, std::string cell) {
    constexpr std::array<std::string_view, 5> kTold{
        "patient_id", "study_date", "reason", "message", "study_uid"};
    if (!options.is_blind || std::ranges::find(kTold, column) != kTold.end()) {
        return cell;
    }
    return column == "status" && cell != "failed" ? "measured" : column == "status" ? cell : "";
}

Json cells_for(const ReviewOptions& options, const ListedStudy& study) {
    Json cells = Json::array();
    const std::vector<std::string> known = list_cells(study);
    for (std::size_t i = 0; i < kListColumns.size(); ++i) {
        cells.push_back(cell_for(options, kListColumns.at(i), known.at(i)));
    }
    return cells;
}

Json muscles_json(const std::vector<NamedCells>& muscles) {
    Json lines = Json::array();
    for (const NamedCells& muscle : muscles) {
        lines.push_back(cells_json(muscle));
    }
    return lines;
}

Json flags_json(const std::vector<QcFlag>& flags) {
    Json all = Json::array();
    for (const QcFlag& flag : flags) {
        all.push_back({{"name", flag.name()}, {"detail", flag.detail}});
    }
    return all;
}

Json image_json(const ImageSlice& slice, const DisplayOrientation& turn) {
    return {{"rows", slice.intensity.rows},
            {"columns", slice.intensity.cols},
            {"pixel_row_mm", slice.spacing.row_mm},
            {"pixel_col_mm", slice.spacing.col_mm},
            {"swap_axes", turn.swap_axes},
            {"flip_rows", turn.flip_rows},
            {"flip_columns", turn.flip_columns}};
}

Json image_json(const StoredStudy& stored) {
    Json json = image_json(stored.slice, radiological_display(stored.slice.plane));
    json["labels"] = run_lengths(stored.outlines.labels);
    return json;
}

// Up to the brightest but for one in 200, whose brightness is that of vessels or of skin.
std::vector<int> bytes_for_display(const std::vector<float>& pixels) {
    std::vector<float> sorted = pixels;
    const auto bright = sorted.end() - 1 - static_cast<std::ptrdiff_t>(sorted.size() / 200);
    std::ranges::nth_element(sorted, bright);
    constexpr float kWhite = 255;
    const float scale = kWhite / std::max(*bright, 1e-6F);
    std::vector<int> bytes;
    for (const float value : pixels) {
        bytes.push_back(static_cast<int>(std::clamp(scale * value, 0.0F, kWhite)));
    }
    return bytes;
}

// A damaged one must not keep anybody from opening the study.
Json draft_json(std::string_view text) {
    Json draft = is_json_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
    return draft.is_object() ? draft : Json();
}

Json point_json(const PixelPosition& point) {
    return Json::array({point.col, point.row});
}

Json measurement_json(const ReviewOptions& options, const NamedCells& measurement) {
    Json json = Json::object();
    for (std::size_t i = 0; i < measurement.columns.size(); ++i) {
        const std::string& column = measurement.columns[i];
        json[column] = cell_for(options, column, measurement.cells.at(i));
    }
    return json;
}

Json pictures_json(const ReviewSession& session, std::size_t place) {
    Json names = Json::array();
    for (const std::string_view name : kRunPictures) {
        if (!session.options().is_blind && fs::is_regular_file(session.folder_of(place) / name)) {
            names.push_back(name);
        }
    }
    return names;
}

// Where fat begins by the method of the run, and where by the others, none of them guarded.
Json thresholds_json(const StudyReport& report) {
    Json all = Json::array();
    if (report.fat_threshold) {
        all.push_back({{"name", "run"}, {"value", report.fat_threshold->value}});
    }
    for (const MethodFat& other : report.fat_evidence.by_method) {
        all.push_back(
            {{"name", fat_method_name(other.threshold.method)}, {"value", other.threshold.value}});
    }
    return all;
}

// In label order. Left and right share a color on the page; the left side is dashed.
Json structures_json() {
    Json all = Json::array();
    for (const Structure structure : kStructures) {
        const Color& color = kind_of(structure).right_color;
        all.push_back(
            {{"name", with_spaces(label_name(structure))},
             {"color", fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)},
             {"dashed", side_of(structure) == Side::left}});
    }
    return all;
}

}  // namespace

std::string list_answer(const ReviewSession& session) {
    const ReviewOptions& options = session.options();
    const Json head{{"reader", options.reader},
                    {"blind", options.is_blind},
                    {"read_only", options.is_read_only},
                    {"damaged_readings", session.damaged_readings()},
                    {"structures", structures_json()},
                    {"columns", kListColumns}};
    // Study by study: as one object ten thousand of them would take many times their text.
    std::string text = text_of(head);
    text.back() = ',';
    text += R"("studies":[)";
    for (std::size_t place = 0; place < session.count(); ++place) {
        text +=
            (place == 0 ? "" : ",") + text_of({{"cells", cells_for(options, session.study(place))},
                                               {"readings", readings_json(session, place)}});
    }
    return text + "]}";
}

std::string study_answer(const ReviewSession& session, std::size_t place) {
    const ReviewOptions& options = session.options();
    const StudyRecord record = session.record(place);
    Json answer{{"measurement", measurement_json(options, record.measurement)},
                {"muscles", Json::array()}};
    if (!options.is_blind) {
        answer["muscles"] = muscles_json(record.muscles);
        answer["seen"] = cells_json(seen_cells(record.measurement));
    }
    answer["readings"] = readings_json(session, place);
    answer["decisions"] = session.decisions(place);
    answer["pictures"] = pictures_json(session, place);
    answer["flags"] = Json::array();
    answer["image"] = nullptr;
    answer["no_image"] = record.message;
    if (record.status != "failed") {
        try {
            const StoredStudy stored = session.stored(place);
            answer["image"] = image_json(stored);
            answer["flags"] = flags_json(options.is_blind ? std::vector<QcFlag>() : stored.flags);
        } catch (const Error& error) {
            answer["no_image"] = error.what();
        }
    }
    answer["draft"] = draft_json(session.draft(place).value_or(""));
    return text_of(answer);
}

std::string slice_answer(ReviewSession& session, std::size_t place, const SliceChoice& choice) {
    const auto known = session.prepared(place, choice);
    const ReviewOptions& options = session.options();
    return text_of(
        Json{{"measurement", measurement_json(options, known->study.measured)},
             {"image", image_json(known->study.stored)},
             {"flags",
              flags_json(options.is_blind ? std::vector<QcFlag>() : known->study.stored.flags)}});
}

std::string slice_choices_answer(const SliceChoices& choices) {
    Json answer{{"image", nullptr}, {"vertebrae", Json::array()}, {"axial", Json::array()}};
    if (choices.sagittal) {
        answer["image"] = image_json(*choices.sagittal, sagittal_display(choices.sagittal->plane));
        answer["pixels"] = bytes_for_display(choices.sagittal->intensity.pixels);
    }
    for (const NamedPlace& vertebra : choices.vertebrae) {
        answer["vertebrae"].push_back(
            {{"name", vertebra.name}, {"center", point_json(vertebra.center)}});
    }
    for (const AxialPlace& slice : choices.axial) {
        Json one{{"slice", slice.slice_uid},
                 {"series_number", slice.series_number},
                 {"instance_number", slice.instance_number},
                 {"offset_mm", nullptr},
                 {"line", nullptr}};
        if (slice.offset_mm) {
            one["offset_mm"] = *slice.offset_mm;
        }
        if (slice.line) {
            one["line"] = {point_json(slice.line->front()), point_json(slice.line->back())};
        }
        answer["axial"].push_back(std::move(one));
    }
    return text_of(answer);
}

std::string readings_answer(const ReviewSession& session, std::size_t place) {
    return text_of(
        Json{{"readings", readings_json(session, place)}, {"decisions", session.decisions(place)}});
}

std::string labels_answer(const LabelMap& labels) {
    return text_of(Json{{"labels", run_lengths(labels)}});
}

std::string measured_answer(const MeasuredAgain& again, const NamedCells& measured) {
    std::vector<std::string> touched;
    for (const Structure structure : again.touched) {
        touched.emplace_back(label_name(structure));
    }
    return text_of(Json{{"measurement", cells_json(line_of(again.report, measured))},
                        {"muscles", muscles_json(muscle_lines_of(again.report))},
                        {"flags", flags_json(again.report.flags)},
                        {"touched", touched},
                        {"thresholds", thresholds_json(again.report)},
                        {"fat", run_lengths(again.report.fat)}});
}

std::string error_answer(std::string_view message) {
    return text_of(Json{{"error", message}});
}

}  // namespace paraspinal
