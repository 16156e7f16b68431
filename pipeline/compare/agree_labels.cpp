// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_labels.h"

#include "core/error.h"
#include "core/text.h"
#include "io/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/compare/label_slices.h"
#include "pipeline/compare/outline_file.h"
#include "pipeline/compare/overlap_means.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

ordered_json json_or_null(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json();
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
                rows.push_back({static_cast<int>(i) + 1, region.name, overlap});
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
    for (const LabelAgreement& row : rows) {
        if (!means.contains(row.region)) {
            order.push_back(row.region);
        }
        means[row.region].add(row.overlap);
    }
    TextTable table{
        .columns = {"region", "slices", "Dice", "HD95 mm", "surface mm", "area mm2", "area %"}};
    for (const std::string& name : order) {
        const OverlapMeans& mean = means.at(name);
        std::vector<std::string> row = overlap_cells(mean);
        row.insert(row.begin(), name);
        row.push_back(number_text(mean.difference_mm2.value(), 1));
        row.push_back(number_text(mean.difference_pct.value(), 1));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string label_agreement_text(const std::vector<LabelAgreement>& rows) {
    return "means over slices; area differences are first - second\n\n" +
           terminal_text(label_agreement_table(rows));
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
                         shortest_text(overlap.first_area_mm2),
                         shortest_text(overlap.second_area_mm2),
                         shortest_text(area_difference_mm2(overlap)),
                         exact_text(area_difference_pct(overlap)),
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
    ordered_json document = ordered_json::array();
    for (const LabelAgreement& row : rows) {
        const Overlap& overlap = row.overlap;
        document.push_back(
            {{"slice", row.slice},
             {"region", row.region},
             {"dice", json_or_null(overlap.dice)},
             {"hausdorff95_mm", json_or_null(overlap.hausdorff95_mm)},
             {"mean_surface_distance_mm", json_or_null(overlap.mean_surface_distance_mm)},
             {"first_area_mm2", overlap.first_area_mm2},
             {"second_area_mm2", overlap.second_area_mm2},
             {"area_difference_mm2", area_difference_mm2(overlap)},
             {"area_difference_pct", json_or_null(area_difference_pct(overlap))},
             {"case", row.case_name}});
    }
    return document.dump(2) + "\n";
}

}  // namespace paraspinal
