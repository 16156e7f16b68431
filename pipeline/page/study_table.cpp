// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/study_table.h"

#include "core/flag.h"
#include "core/text.h"
#include "pipeline/page/follow_up_html.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <system_error>

namespace paraspinal {
namespace {

/// A column of measurements.csv that the page shows.
struct PageColumn {
    std::string_view name;
    std::string_view title;  ///< Empty: that of the quantity of this name.
    bool is_number = true;
};

constexpr std::array<PageColumn, 13> kColumns{{{"patient_id", "patient", false},
                                               {"study_date", "date", false},
                                               {"level", "level", false},
                                               {"slice_offset_mm", "offset mm"},
                                               {"csa_cm2", ""},
                                               {"fa_cm2", ""},
                                               {"fdr_pct", ""},
                                               {"vb_cm2", ""},
                                               {"asymmetry_pct", ""},
                                               {"risk_pct", ""},
                                               {"companion_risk_pct", ""},
                                               {"status", "status", false},
                                               {"review_status", "review", false}}};

std::string title_of(const PageColumn& column) {
    if (!column.title.empty()) {
        return std::string(column.title);
    }
    const Quantity& row = quantity(column.name);
    return std::string(row.symbol).append(" ").append(row.unit.text);
}

// Those that say something of this run.
std::vector<PageColumn> shown_columns(const RunTable& run) {
    std::vector<PageColumn> columns;
    std::ranges::copy_if(kColumns, std::back_inserter(columns), [&run](const PageColumn& column) {
        for (std::size_t row = 0; row < run.rows.patients; ++row) {
            if (!run.text(row, column.name).empty()) {
                return true;
            }
        }
        return false;
    });
    return columns;
}

// A level that nothing has found is none to be read at a glance.
std::string level_text(const RunTable& run, std::size_t row) {
    const std::string source = run.text(row, "level_source");
    return source == "operator" || source == "single_slice" ? "not checked"
                                                            : run.text(row, "level");
}

// "34.1 to 39.8" where the table has the interval of a column: that of csa_cm2 is in csa_low_cm2
// and csa_high_cm2.
std::string interval_text_of(const RunTable& run, std::size_t row, std::string_view column) {
    const std::size_t unit = column.rfind('_');
    const auto bound = [&](const char* which) {
        return parse_number(run.text(
            row, std::string(column.substr(0, unit)) + which + std::string(column.substr(unit))));
    };
    const std::optional<double> low = bound("_low");
    const std::optional<double> high = bound("_high");
    return low && high ? fixed_text(*low, 1) + " to " + fixed_text(*high, 1) : std::string();
}

std::string cell_html(const RunTable& run, std::size_t row, const PageColumn& column) {
    constexpr int kDecimals = 1;
    const std::string title = " data-title='" + xml_text(title_of(column)) + "'";
    const std::string text =
        column.name == "level" ? level_text(run, row) : run.text(row, column.name);
    const auto number = column.is_number ? parse_number(text) : std::nullopt;
    if (!number) {
        return "<td" + title + ">" + xml_text(text) + "</td>";
    }
    const std::string shown = fixed_text(*number, kDecimals);
    const std::string interval = interval_text_of(run, row, column.name);
    return "<td class='number'" + title + " data-value='" + shortest_text(*number) +
           "' data-shown='" + shown + (interval.empty() ? "" : " (" + interval + ")") + "'>" +
           shown + (interval.empty() ? "" : "<small>" + interval + "</small>") + "</td>";
}

// What a flag means, for the pointer that rests on it.
std::string meaning_of(std::string_view flag) {
    const auto table = flag_table();
    const auto found = std::ranges::find(table, flag, &FlagEntry::name);
    return found == table.end() ? std::string() : std::string(found->meaning);
}

std::string remark_html(const std::string& name) {
    return "<button class='remark' title='" + xml_text(meaning_of(name)) + "'>" + xml_text(name) +
           "</button> ";
}

// Flags one by one, so that each can be clicked; for a failed study its reason and message.
std::string remarks_html(const RunTable& run, std::size_t row) {
    const std::string reason = run.text(row, "reason");
    std::string html;
    if (!reason.empty()) {
        html += remark_html(reason) + "<small>" + xml_text(run.text(row, "message")) + "</small>";
    }
    for (const std::string& flag : split(run.text(row, "qc_flags"), ';')) {
        html += remark_html(flag);
    }
    return html;
}

bool is_file(const std::filesystem::path& path) {
    std::error_code failure;
    return std::filesystem::is_regular_file(path, failure);
}

std::string thumbnail_html(const std::string& picture, const char* what) {
    return "<span><img loading='lazy' decoding='async' height='74' alt='" + std::string(what) +
           "' src='" + picture + "'></span>";
}

std::string picture_html(const RunTable& run, std::size_t row, const std::string& study) {
    const std::filesystem::path folder = run.folder / study;
    if (study.empty() || !is_file(folder / "overlay.png")) {
        return "<td></td>";
    }
    const std::string overlay = study + "/overlay.png";
    const auto more = [&](const std::string& name) {
        return is_file(folder / name) ? study + "/" + name : std::string();
    };
    const std::string level = more("level.png");
    return "<td><button class='thumbnail' aria-label='pictures' data-overlay='" + overlay +
           "' data-level='" + level + "' data-fat='" + more("fat.png") + "' data-profile='" +
           more("profile.png") + "' data-vertebrae='" + more("vertebrae.png") + "' data-norms='" +
           more("norms.svg") + "'>" + thumbnail_html(overlay, "outlines") +
           (level.empty() ? "" : thumbnail_html(level, "level")) + "</button>" +
           // A reader's numbers may be of other outlines, or of another slice.
           (run.text(row, "reading") == "corrected" ? "<br><small>as the run saw it</small>" : "") +
           "</td>";
}

std::string row_html(const RunTable& run,
                     std::size_t row,
                     const std::vector<PageColumn>& columns,
                     const EarlierExaminations& earlier) {
    const std::string study = study_folder_of(run, row);
    const std::string study_uid = run.text(row, "study_uid");
    std::string html = "<tr id='" + study_anchor(study_uid) + "' data-status='" +
                       xml_text(run.text(row, "status")) + "'>" + picture_html(run, row, study);
    for (const PageColumn& column : columns) {
        html += cell_html(run, row, column);
    }
    const auto found = earlier.find(study_uid);
    html += "<td class='remarks'>" + remarks_html(run, row) +
            (found == earlier.end() ? "" : follow_up_html(found->second)) + "</td>";
    return html + (study.empty() ? "<td></td>" : "<td><a href='" + study + "/'>files</a></td>") +
           "</tr>\n";
}

}  // namespace

std::string study_table_html(const RunTable& run, const EarlierExaminations& earlier) {
    std::string html = "<div class='scroll'><table id='studies'>\n<thead><tr><th></th>";
    const std::vector<PageColumn> columns = shown_columns(run);
    for (const PageColumn& column : columns) {
        html += "<th><button class='sort'>" + title_of(column) + "</button></th>";
    }
    html += "<th><button class='sort'>flags, reason</button></th><th></th></tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < run.rows.patients; ++row) {
        html += row_html(run, row, columns, earlier);
    }
    return html + "</tbody>\n</table></div>\n";
}

}  // namespace paraspinal
