// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/reader_agreement_report.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/compare/agreement_page.h"
#include "pipeline/compare/agreement_report.h"
#include "pipeline/compare/labels/overlap_means.h"
#include "pipeline/tables/text_table.h"

#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::array<const char*, 3> kClasses{"accepted", "corrected", "rejected"};

TextTable counts_table(const ReaderAgreement& result) {
    TextTable table{.columns = {"reader",
                                "accepted",
                                "corrected",
                                "of both outdated",
                                "rejected",
                                "undecided",
                                "blind"}};
    for (const ReaderCounts& one : result.counts) {
        if (one.is_model) {
            table.rows.push_back({one.reader, "-", "-", "-", "-", "-", "-"});
            continue;
        }
        table.rows.push_back({one.reader,
                              std::to_string(one.accepted),
                              std::to_string(one.corrected),
                              std::to_string(one.outdated),
                              std::to_string(one.rejected),
                              std::to_string(one.undecided),
                              std::to_string(one.blind)});
    }
    return table;
}

TextTable slices_table(const ReaderAgreement& result) {
    TextTable table{.columns = {"study", "slice"},
                    .notes = {"Left out where two did not read the same slice: how far apart the "
                              "slices lie is no difference of outlines."}};
    for (const OtherSlices& one : result.other_slices) {
        std::map<std::string, std::vector<std::string>> readers_of;
        for (std::size_t i = 0; i < one.slices.size(); ++i) {
            readers_of[one.slices[i]].push_back(result.numbers.raters[i]);
        }
        readers_of.erase("");
        for (const auto& [slice, readers] : readers_of) {
            table.rows.push_back({one.study_uid, joined(readers, ", ") + ": " + slice});
        }
    }
    return table;
}

TextTable shared_table(const ReaderAgreement& result) {
    TextTable table{
        .columns = {"readers", "studies with numbers", "of them the same outlines"},
        .notes = {"Same outlines: neither altered those of the run, so that the numbers agree by "
                  "construction, whatever each would have drawn. Only readings made with --blind "
                  "say how far people agree who have not seen the same proposal."}};
    for (const SharedOutlines& one : result.shared) {
        table.rows.push_back({one.raters, std::to_string(one.studies), std::to_string(one.shared)});
    }
    return table;
}

TextTable outlines_table(const ReaderAgreement& result) {
    std::vector<std::pair<std::string, std::string>> order;
    std::map<std::pair<std::string, std::string>, OverlapMeans> means;
    for (const ReaderOverlap& row : result.outlines) {
        const std::pair<std::string, std::string> key{row.raters, row.region};
        if (!means.contains(key)) {
            order.push_back(key);
        }
        means[key].add(row.overlap);
    }
    TextTable table{
        .columns = {"readers", "region", "studies", "both", "Dice", "HD95 mm", "surface mm"},
        .notes = {"Means over the studies in which at least one of both drew the region. "
                  "Both: studies in which both have it, of which the distances are. "
                  "Dice: 1 is the same outline. HD95: what 95 % of the border keeps to; surface: "
                  "mean distance of the borders."}};
    for (const auto& key : order) {
        std::vector<std::string> row = overlap_cells(means.at(key));
        row.insert(row.begin(), {key.first, key.second});
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

std::string reader_agreement_text(const ReaderAgreement& result) {
    std::string text = terminal_text(counts_table(result)) + "\n";
    if (!result.decisions.empty()) {
        text += terminal_text(classes_table(result.decisions)) + "\n";
    }
    if (!result.other_slices.empty()) {
        text += terminal_text(slices_table(result)) + "\n";
    }
    text += terminal_text(shared_table(result)) + "\n";
    if (!result.outlines.empty()) {
        text += terminal_text(outlines_table(result)) + "\n";
    }
    return text + agreement_text(result.numbers);
}

std::string reader_agreement_page(const ReaderAgreement& result) {
    std::string html = "<h2>What each reader did</h2>\n" + html_table(counts_table(result));
    if (!result.decisions.empty()) {
        html += "<h2>Decisions</h2>\n" + html_table(classes_table(result.decisions));
    }
    if (!result.other_slices.empty()) {
        html += "<h2>Studies read on different slices</h2>\n" + html_table(slices_table(result));
    }
    html += "<h2>Whose outlines</h2>\n" + html_table(shared_table(result));
    if (!result.outlines.empty()) {
        html += "<h2>Outlines</h2>\n" + html_table(outlines_table(result));
    }
    html += "<h2>Numbers</h2>\n" + agreement_section(result.numbers);
    return html_page(html, "Agreement of " + joined(result.numbers.raters, ", "));
}

std::string decisions_csv(const ReaderAgreement& result) {
    std::vector<std::string> columns{"raters", "studies"};
    for (const char* const first : kClasses) {
        for (const char* const second : kClasses) {
            columns.push_back(std::string(first) + "_" + second);
        }
    }
    const std::vector<std::string> names = kappa_columns();
    columns.insert(columns.end(), names.begin(), names.end());
    std::vector<std::vector<std::string>> rows;
    for (const ClassAgreement& one : result.decisions) {
        std::vector<std::string> row{one.raters, std::to_string(one.subjects)};
        for (std::size_t i = 0; i < kClasses.size(); ++i) {
            for (std::size_t j = 0; j < kClasses.size(); ++j) {
                row.push_back(one.counts.empty() ? "" : std::to_string(one.counts[i][j]));
            }
        }
        const std::vector<std::string> cells = kappa_cells(one);
        row.insert(row.end(), cells.begin(), cells.end());
        rows.push_back(std::move(row));
    }
    return csv_text(columns, rows);
}

std::string reader_outlines_csv(const ReaderAgreement& result) {
    std::vector<std::vector<std::string>> rows;
    for (const ReaderOverlap& row : result.outlines) {
        rows.push_back({row.raters,
                        row.study_uid,
                        row.region,
                        exact_text(row.overlap.dice),
                        exact_text(row.overlap.hausdorff95_mm),
                        exact_text(row.overlap.mean_surface_distance_mm),
                        shortest_text(row.overlap.first_area_mm2),
                        shortest_text(row.overlap.second_area_mm2)});
    }
    return csv_text({"raters",
                     "study_uid",
                     "region",
                     "dice",
                     "hausdorff95_mm",
                     "mean_surface_distance_mm",
                     "first_area_mm2",
                     "second_area_mm2"},
                    rows);
}

}  // namespace paraspinal
