// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_labels.h"

#include "core/error.h"
#include "core/text.h"
#include "io/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/compare/label_slices.h"
#include "pipeline/tables/text_table.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

ordered_json json_or_null(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json();
}

/// Sum of the values that are there.
struct Mean {
    double sum = 0;
    int count = 0;

    void add(const std::optional<double>& value) {
        sum += value.value_or(0);
        count += value ? 1 : 0;
    }
    [[nodiscard]] std::optional<double> value() const {
        return count > 0 ? std::optional(sum / count) : std::nullopt;
    }
};

struct RegionMeans {
    int slices = 0;
    Mean dice, hausdorff95_mm, surface_mm, difference_mm2, difference_pct;

    void add(const Overlap& overlap) {
        ++slices;
        dice.add(overlap.dice);
        hausdorff95_mm.add(overlap.hausdorff95_mm);
        surface_mm.add(overlap.mean_surface_distance_mm);
        difference_mm2.add(area_difference_mm2(overlap));
        difference_pct.add(area_difference_pct(overlap));
    }
};

}  // namespace

std::vector<LabelAgreement> agree_labels(const std::filesystem::path& first,
                                         const std::filesystem::path& second,
                                         const LabelTable& table) {
    const std::vector<LabelSlice> slices = read_label_slices(first);
    const std::vector<LabelSlice> other_slices = read_label_slices(second);
    const std::vector<Region> regions = regions_of(structures_of(table));
    std::vector<LabelAgreement> rows;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const ImageFrame& grid = slices[i].grid.value();  // read_slice refuses NIfTI without one.
        const std::optional<LabelMap> labels = labels_on_grid({slices[i]}, grid, table);
        const std::optional<LabelMap> other = labels_on_grid(other_slices, grid, table);
        if (!other) {
            continue;
        }
        for (const Region& region : regions) {
            const Overlap overlap = measure_overlap(
                region_mask(*labels, region), region_mask(*other, region), grid.spacing);
            if (overlap.dice) {
                rows.push_back({static_cast<int>(i) + 1, region.name, overlap});
            }
        }
    }
    if (rows.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "the label maps have no labeled slice in the same place; check that both are "
                    "of the same series, and give --labels if the values are not 1 to 7");
    }
    return rows;
}

std::string label_agreement_text(const std::vector<LabelAgreement>& rows) {
    std::vector<std::string> order;
    std::map<std::string, RegionMeans> means;
    for (const LabelAgreement& row : rows) {
        if (!means.contains(row.region)) {
            order.push_back(row.region);
        }
        means[row.region].add(row.overlap);
    }
    TextTable table{
        .columns = {"region", "slices", "Dice", "HD95 mm", "surface mm", "area mm2", "area %"}};
    for (const std::string& name : order) {
        const RegionMeans& mean = means.at(name);
        table.rows.push_back({name,
                              std::to_string(mean.slices),
                              number_text(mean.dice.value(), 3),
                              number_text(mean.hausdorff95_mm.value(), 2),
                              number_text(mean.surface_mm.value(), 2),
                              number_text(mean.difference_mm2.value(), 1),
                              number_text(mean.difference_pct.value(), 1)});
    }
    return "means over slices; area differences are first - second\n\n" + terminal_text(table);
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
                         exact_text(area_difference_pct(overlap))});
    }
    return csv_text({"slice",
                     "region",
                     "dice",
                     "hausdorff95_mm",
                     "mean_surface_distance_mm",
                     "first_area_mm2",
                     "second_area_mm2",
                     "area_difference_mm2",
                     "area_difference_pct"},
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
             {"area_difference_pct", json_or_null(area_difference_pct(overlap))}});
    }
    return document.dump(2) + "\n";
}

}  // namespace paraspinal
