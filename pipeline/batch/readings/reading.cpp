// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/readings/reading.h"

#include "core/text.h"
#include "pipeline/batch/export/cells_json_internal.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kDecisions{
    Decision::accepted, Decision::corrected, Decision::rejected, Decision::withdrawn};

std::optional<Decision> decision_from_name(std::string_view name) {
    const auto found = std::ranges::find(kDecisions, name, decision_name);
    return found == kDecisions.end() ? std::nullopt : std::optional(*found);
}

// A line of text must not lead out of the run.
bool leads_out(const std::filesystem::path& outlines) {
    const std::filesystem::path place = outlines.lexically_normal();
    return !place.empty() && (place.is_absolute() || *place.begin() == "..");
}

}  // namespace

std::string_view decision_name(Decision decision) {
    switch (decision) {
        case Decision::accepted: return "accepted";
        case Decision::corrected: return "corrected";
        case Decision::rejected: return "rejected";
        case Decision::withdrawn: return "withdrawn";
    }
    return {};
}

NamedCells seen_cells(const NamedCells& measurement) {
    NamedCells seen;
    for (const std::string_view column : kSeenColumns) {
        seen.set(column, measurement.get(column));
    }
    seen.set("outline_model", measurement.get("outline_model"));
    return seen;
}

bool is_reader_name(std::string_view name) {
    constexpr std::size_t kLongest = 40;
    const auto is_plain = [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0;
    };
    return !name.empty() && name.size() <= kLongest && name != "model" && name != "latest" &&
           is_plain(name.front()) && std::ranges::all_of(name, [&](char letter) {
               return is_plain(letter) || letter == '.' || letter == '_' || letter == '-';
           });
}

std::string reading_line(const Reading& reading) {
    Json json{{"format", "paraspinal reading"},
              {"format_version", 1},
              {"study_uid", reading.study_uid},
              {"reader", reading.reader},
              {"time", reading.time},
              {"decision", decision_name(reading.decision)},
              {"reason", reading.reason},
              {"note", reading.note},
              {"blind", reading.is_blind},
              {"software_version", reading.software_version},
              {"seen", cells_json(reading.seen)}};
    if (reading.decision == Decision::corrected) {
        json["touched"] = reading.touched;
        json["outlines"] = reading.outlines;
        json["measurement"] = cells_json(reading.measurement);
        json["muscles"] = Json::array();
        for (const NamedCells& muscle : reading.muscles) {
            json["muscles"].push_back(cells_json(muscle));
        }
        json["level_offset"] = reading.level_offset;
        json["drawing_sha256"] = reading.drawing_sha256;
        json["options"] = reading.options;
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Reading> parse_reading(std::string_view line) {
    try {
        const Json json = is_json_too_deep(line) ? Json() : Json::parse(line);
        const auto text = [&json](const char* key) { return json.at(key).get<std::string>(); };
        const std::optional<Decision> decision = decision_from_name(text("decision"));
        if (!decision) {
            return std::nullopt;
        }
        Reading reading{.study_uid = text("study_uid"),
                        .reader = text("reader"),
                        .time = text("time"),
                        .decision = *decision,
                        .reason = text("reason"),
                        .note = text("note"),
                        .is_blind = json.at("blind").get<bool>(),
                        .software_version = text("software_version"),
                        .seen = parse_cells(json.at("seen"))};
        if (reading.decision == Decision::corrected) {
            reading.touched = json.at("touched").get<std::vector<std::string>>();
            reading.outlines = text("outlines");
            if (leads_out(reading.outlines)) {
                return std::nullopt;
            }
            reading.measurement = parse_cells(json.at("measurement"));
            for (const Json& muscle : json.at("muscles")) {
                reading.muscles.push_back(parse_cells(muscle));
            }
            // Lines of earlier versions lack them.
            reading.level_offset = json.value("level_offset", 0);
            reading.drawing_sha256 = json.value("drawing_sha256", "");
            reading.options = json.value("options", "");
        }
        return reading;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

}  // namespace paraspinal
