// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/review_json.h"

#include "core/error.h"
#include "core/geometry.h"
#include "core/text.h"
#include "pipeline/batch/apply_readings.h"
#include "pipeline/batch/cells_json_internal.h"
#include "pipeline/review/run_lengths.h"

#include <algorithm>
#include <cstdint>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 3> kPictures{"overlay.png", "level.png", "fat.png"};

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json reading_json(const Reading& reading, const NamedCells& seen_now) {
    return {{"reader", reading.reader},
            {"time", reading.time},
            {"decision", decision_name(reading.decision)},
            {"reason", reading.reason},
            {"note", reading.note},
            {"touched", reading.touched},
            {"has_outlines", !reading.outlines.empty()},
            {"outdated", is_outdated(reading, seen_now)}};
}

Json readings_json(const ReviewSession& session, std::size_t place) {
    const NamedCells seen = session.study(place).seen;
    Json all = Json::array();
    for (const Reading& reading : session.readings(place)) {
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
    for (std::size_t i = 0; i < kListColumns.size(); ++i) {
        cells.push_back(cell_for(options, kListColumns.at(i), study.cells.at(i)));
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

Json image_json(const StoredStudy& stored) {
    const DisplayOrientation turn = radiological_display(stored.slice.plane);
    return {{"rows", stored.slice.intensity.rows},
            {"columns", stored.slice.intensity.cols},
            {"pixel_row_mm", stored.slice.spacing.row_mm},
            {"pixel_col_mm", stored.slice.spacing.col_mm},
            {"swap_axes", turn.swap_axes},
            {"flip_rows", turn.flip_rows},
            {"flip_columns", turn.flip_columns},
            {"labels", run_lengths(stored.outlines.labels)}};
}

Json pictures_json(const ReviewSession& session, std::size_t place) {
    Json names = Json::array();
    for (const char* const name : kPictures) {
        if (!session.options().is_blind && fs::is_regular_file(session.folder_of(place) / name)) {
            names.push_back(name);
        }
    }
    return names;
}

Json parsed(std::string_view body) {
    const Json json =
        is_json_too_deep(body) ? Json() : Json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object()) {
        throw Error(ErrorCode::usage, "this is no request of the page");
    }
    return json;
}

template <class Read>
auto as_request(const Read& read) {
    try {
        return read();
    } catch (const Json::exception&) {
        throw Error(ErrorCode::usage, "this is no request of the page");
    }
}

Decision decision_of(const std::string& name) {
    for (const Decision decision :
         {Decision::accepted, Decision::corrected, Decision::rejected, Decision::withdrawn}) {
        if (decision_name(decision) == name) {
            return decision;
        }
    }
    throw Error(ErrorCode::usage, "there is no such decision");
}

LabelMap labels_of(const Json& json, ImageSize size) {
    return labels_from_runs(json.at("labels").get<std::vector<std::int64_t>>(), size);
}

}  // namespace

std::string list_answer(const ReviewSession& session) {
    const ReviewOptions& options = session.options();
    Json answer{{"reader", options.reader},
                {"blind", options.is_blind},
                {"read_only", options.is_read_only},
                {"damaged_readings", session.damaged_readings()},
                {"columns", kListColumns},
                {"studies", Json::array()}};
    for (std::size_t place = 0; place < session.count(); ++place) {
        answer["studies"].push_back({{"cells", cells_for(options, session.study(place))},
                                     {"readings", readings_json(session, place)}});
    }
    return text_of(answer);
}

std::string study_answer(const ReviewSession& session, std::size_t place) {
    const ReviewOptions& options = session.options();
    const StudyRecord record = session.record(place);
    Json answer{{"measurement", Json::object()}, {"muscles", Json::array()}};
    for (std::size_t i = 0; i < record.measurement.columns.size(); ++i) {
        const std::string& column = record.measurement.columns[i];
        answer["measurement"][column] = cell_for(options, column, record.measurement.cells.at(i));
    }
    if (!options.is_blind) {
        answer["muscles"] = muscles_json(record.muscles);
        answer["seen"] = cells_json(seen_cells(record.measurement));
    }
    answer["readings"] = readings_json(session, place);
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
    return text_of(answer);
}

std::string readings_answer(const ReviewSession& session, std::size_t place) {
    return text_of(Json{{"readings", readings_json(session, place)}});
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
                        {"fat", run_lengths(again.report.fat)}});
}

std::string error_answer(std::string_view message) {
    return text_of(Json{{"error", message}});
}

DecisionRequest parse_decision(std::string_view body, ImageSize size) {
    const Json json = parsed(body);
    return as_request([&] {
        DecisionRequest request{.decision = decision_of(json.at("decision").get<std::string>()),
                                .reason = json.value("reason", ""),
                                .note = json.value("note", ""),
                                .seen = parse_cells(json.value("seen", Json::object()))};
        if (request.decision == Decision::corrected) {
            request.labels = labels_of(json, size);
        }
        return request;
    });
}

LabelMap parse_labels(std::string_view body, ImageSize size) {
    const Json json = parsed(body);
    return as_request([&] { return labels_of(json, size); });
}

bool has_labels(std::string_view body) {
    return parsed(body).contains("labels");
}

}  // namespace paraspinal
