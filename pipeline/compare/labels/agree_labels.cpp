// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/agree_labels.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/compare/labels/label_slices.h"
#include "pipeline/compare/labels/outline_file.h"
#include "pipeline/compare/labels/overlap_means.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

ordered_json json_or_null(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json();
}

std::set<Structure> structures_in(const std::vector<LabelSlice>& slices, const LabelTable& table) {
    std::set<Structure> found;
    for (const LabelSlice& slice : slices) {
        for (const std::uint16_t value :
             std::set(slice.values.pixels.begin(), slice.values.pixels.end())) {
            if (const auto named = table.find(value); named != table.end()) {
                found.insert(named->second);
            }
        }
    }
    return found;
}

bool leaves_out(const std::set<Structure>& here,
                const std::set<Structure>& there,
                const Region& region) {
    return std::ranges::any_of(region.structures, [&](Structure structure) {
        return there.contains(structure) && !here.contains(structure);
    });
}

bool is_left_out(const LabelAgreement& row) {
    return row.is_left_out_of_first || row.is_left_out_of_second;
}

std::optional<double> area_difference(const LabelAgreement& row) {
    return is_left_out(row) ? std::nullopt : std::optional(area_difference_mm2(row.overlap));
}

std::optional<double> area_difference_percent(const LabelAgreement& row) {
    return is_left_out(row) ? std::nullopt : area_difference_pct(row.overlap);
}

// Of a file without a place the pixels as they are.
ImageFrame grid_of(const LabelSlice& slice, const std::optional<double>& pixel_mm) {
    if (slice.grid) {
        return *slice.grid;
    }
    if (!pixel_mm) {
        throw Error(ErrorCode::usage,
                    "PNG files and ROIs of ImageJ do not state the size of their pixels; give "
                    "--pixel-mm");
    }
    return {.spacing = {.row_mm = *pixel_mm, .col_mm = *pixel_mm}, .size = slice.values.size()};
}

}  // namespace

std::optional<double> LabelAgreement::first_area_mm2() const {
    return is_left_out_of_first ? std::nullopt : std::optional(overlap.first_area_mm2);
}

std::optional<double> LabelAgreement::second_area_mm2() const {
    return is_left_out_of_second ? std::nullopt : std::optional(overlap.second_area_mm2);
}

std::vector<LabelAgreement> agree_labels(const std::filesystem::path& first,
                                         const std::filesystem::path& second,
                                         const AgreeLabelsOptions& options) {
    const auto [one, other] = read_outline_pair(first, second, options.table);
    std::vector<Structure> structures = structures_of(one.table);
    for (const Structure structure : structures_of(other.table)) {
        if (std::ranges::find(structures, structure) == structures.end()) {
            structures.push_back(structure);
        }
    }
    std::ranges::sort(structures);
    const std::vector<Region> regions = regions_of(structures);
    const std::set<Structure> in_first = structures_in(one.slices, one.table);
    const std::set<Structure> in_second = structures_in(other.slices, other.table);
    std::vector<LabelAgreement> rows;
    for (std::size_t i = 0; i < one.slices.size(); ++i) {
        const ImageFrame grid = grid_of(one.slices[i], options.pixel_mm);
        const std::optional<LabelMap> labels = labels_on_grid({one.slices[i]}, grid, one.table);
        const std::optional<LabelMap> other_labels =
            labels_on_grid(other.slices, grid, other.table);
        if (!labels || !other_labels) {
            continue;
        }
        for (const Region& region : regions) {
            const Overlap overlap = measure_overlap(
                region_mask(*labels, region), region_mask(*other_labels, region), grid.spacing);
            if (overlap.dice) {
                rows.push_back({.slice = static_cast<int>(i) + 1,
                                .region = region.name,
                                .overlap = overlap,
                                .is_left_out_of_first = leaves_out(in_first, in_second, region),
                                .is_left_out_of_second = leaves_out(in_second, in_first, region)});
            }
        }
    }
    if (rows.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "the two have no labeled slice in the same place; check that both are of the "
                    "same series, and give --labels if the values of label maps are not 1 to 7");
    }
    return rows;
}

TextTable label_agreement_table(const std::vector<LabelAgreement>& rows) {
    std::vector<std::string> order;
    std::map<std::string, OverlapMeans> means;
    std::map<std::string, std::set<std::string>> without_first;  // Cases, by region.
    std::map<std::string, std::set<std::string>> without_second;
    for (const LabelAgreement& row : rows) {
        if (!means.contains(row.region)) {
            order.push_back(row.region);
        }
        OverlapMeans& mean = means[row.region];
        if (!is_left_out(row)) {
            mean.add(row.overlap);
        }
        if (row.is_left_out_of_first) {
            without_first[row.region].insert(row.case_name);
        }
        if (row.is_left_out_of_second) {
            without_second[row.region].insert(row.case_name);
        }
    }
    TextTable table{
        .columns = {
            "region", "slices", "both", "Dice", "HD95 mm", "surface mm", "area mm2", "area %"}};
    for (const std::string& name : order) {
        const OverlapMeans& mean = means.at(name);
        std::vector<std::string> row = overlap_cells(mean);
        row.insert(row.begin(), name);
        row.push_back(number_text(mean.difference_mm2.value(), 1));
        row.push_back(number_text(mean.difference_pct(), 1));
        table.rows.push_back(std::move(row));
    }
    table.notes = {
        "Means over the slices in which either outlines the region (slices); HD95 and surface "
        "distance over those in which both do. Area: first - second, and that in percent of the "
        "second."};
    for (const auto& [side, regions] :
         {std::pair("first", &without_first), std::pair("second", &without_second)}) {
        for (const auto& [region, cases] : *regions) {
            table.notes.push_back(
                region + ": the " + side + " outlines it, or a part of it, nowhere in " +
                std::to_string(cases.size()) + (cases.size() == 1 ? " file" : " files") +
                ", which are left out of its row.");
        }
    }
    return table;
}

std::string label_agreement_text(const std::vector<LabelAgreement>& rows) {
    return terminal_text(label_agreement_table(rows));
}

std::string label_agreement_csv(const std::vector<LabelAgreement>& rows) {
    std::vector<std::vector<std::string>> cells;
    for (const LabelAgreement& row : rows) {
        const Overlap& overlap = row.overlap;
        cells.push_back({std::to_string(row.slice),
                         row.region,
                         exact_text(overlap.dice),
                         exact_text(overlap.hausdorff95_mm),
                         exact_text(overlap.mean_surface_distance_mm),
                         exact_text(row.first_area_mm2()),
                         exact_text(row.second_area_mm2()),
                         exact_text(area_difference(row)),
                         exact_text(area_difference_percent(row)),
                         row.case_name});
    }
    return csv_text({"slice",
                     "region",
                     "dice",
                     "hausdorff95_mm",
                     "mean_surface_distance_mm",
                     "first_area_mm2",
                     "second_area_mm2",
                     "area_difference_mm2",
                     "area_difference_pct",
                     "case"},
                    cells);
}

std::string label_agreement_json(const std::vector<LabelAgreement>& rows) {
    ordered_json document{{"format", "paraspinal outline agreement"}, {"format_version", 1}};
    ordered_json& all = document["rows"] = ordered_json::array();
    for (const LabelAgreement& row : rows) {
        const Overlap& overlap = row.overlap;
        all.push_back({{"slice", row.slice},
                       {"region", row.region},
                       {"dice", json_or_null(overlap.dice)},
                       {"hausdorff95_mm", json_or_null(overlap.hausdorff95_mm)},
                       {"mean_surface_distance_mm", json_or_null(overlap.mean_surface_distance_mm)},
                       {"first_area_mm2", json_or_null(row.first_area_mm2())},
                       {"second_area_mm2", json_or_null(row.second_area_mm2())},
                       {"area_difference_mm2", json_or_null(area_difference(row))},
                       {"area_difference_pct", json_or_null(area_difference_percent(row))},
                       {"case", row.case_name}});
    }
    return document.dump(2) + "\n";
}

}  // namespace paraspinal
