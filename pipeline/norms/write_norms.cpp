// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/write_norms.h"

#include "core/error.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "io/tables/write_csv.h"
#include "pipeline/norms/norms_chart.h"
#include "pipeline/norms/norms_csv.h"

#include <functional>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

void for_each_row(const fs::path& file,
                  const TableOptions& options,
                  const std::function<void(const RowCells&)>& visit) {
    within(file.string(), [&] {
        TableReader table(file, options);
        for (const std::string_view column : needed_columns()) {
            static_cast<void>(table.required_column(column));
        }
        UnreadableCells unreadable;
        const RowCells row = cells_of(table, unreadable);
        while (table.next()) {
            visit(row);
        }
        unreadable.refuse();
    });
}

// Of the study of a row; empty where it has none.
fs::path picture_of(const fs::path& folder, const RowCells& row) {
    const std::string study = row.text("study_folder");
    const bool is_there = !study.empty() && fs::is_directory(folder / study);
    return is_there ? folder / study / "norms.svg" : fs::path();
}

}  // namespace

std::optional<LoadedNorms> load_norms(const fs::path& file) {
    if (file.empty()) {
        return std::nullopt;
    }
    std::optional<std::string> text = read_file(file);
    if (!text) {
        throw Error(ErrorCode::input_not_found,
                    "no card of norms '" + file.string() +
                        "'; 'paraspinal norms fit CONTROLS.csv -o norms.json' makes one");
    }
    NormsCard card = within(file.string(), [&text] { return parse_norms(*text); });
    return LoadedNorms{.card = std::move(card), .text = std::move(*text)};
}

std::string norms_csv(const NormsCard& card, const fs::path& table, const TableOptions& options) {
    std::vector<std::vector<std::string>> rows;
    for_each_row(table, options, [&](const RowCells& row) {
        for (std::vector<std::string>& line : norms_rows(card, row)) {
            rows.push_back(std::move(line));
        }
    });
    return csv_text(norms_columns(), rows);
}

std::vector<fs::path> write_norms(const fs::path& folder,
                                  const std::optional<LoadedNorms>& norms,
                                  bool has_pictures) {
    const fs::path table = folder / "norms.csv";
    const fs::path card = folder / "norms.json";
    if (!norms && !fs::exists(table)) {
        return {};
    }
    for_each_row(folder / "measurements.csv", {}, [&](const RowCells& row) {
        const fs::path picture = picture_of(folder, row);
        const std::string svg =
            norms && has_pictures && !picture.empty() ? norms_svg(norms->card, row) : "";
        if (!svg.empty()) {
            write_file(picture, svg);
        } else if (!picture.empty()) {
            fs::remove(picture);
        }
    });
    if (!norms) {
        fs::remove(table);
        fs::remove(card);
        return {};
    }
    write_file(table, norms_csv(norms->card, folder / "measurements.csv"));
    write_file(card, norms->text);
    return {table, card};
}

}  // namespace paraspinal
