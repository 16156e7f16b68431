// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/study_page.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/page/histogram.h"
#include "pipeline/page/study_table.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/quantities.h"
#include "pipeline/tables/xml_text.h"
#include "risk/model/load_risk_model.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (CMakeLists.txt).
extern "C" const char paraspinal_page_css[];
extern "C" const char paraspinal_page_css_end[];
extern "C" const char paraspinal_page_js[];
extern "C" const char paraspinal_page_js_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

constexpr const char* kComparedModel = "yang2025";

/// What was measured: plotted, and searched for outliers.
constexpr std::array<std::string_view, 3> kMeasured{"csa_cm2", "fdr_pct", "vb_cm2"};
/// What a model says: plotted.
constexpr std::array<std::string_view, 2> kEstimated{"risk_pct", "companion_risk_pct"};

std::string title_of(const Quantity& quantity) {
    return std::string(quantity.symbol).append(", ").append(quantity.unit.text);
}

/// The numbers of one column with the rows that they stand in.
struct ColumnNumbers {
    std::vector<double> values;
    std::vector<std::size_t> rows;
};

ColumnNumbers numbers_of(const RunTable& run, std::string_view column) {
    ColumnNumbers numbers;
    for (std::size_t row = 0; row < run.rows.patients; ++row) {
        if (const auto value = parse_number(run.text(row, column))) {
            numbers.values.push_back(*value);
            numbers.rows.push_back(row);
        }
    }
    return numbers;
}

std::vector<HistogramMark> published_means(const RiskModel& model, std::string_view column) {
    if (const auto place = predictor_index(model, column)) {
        const Predictor& predictor = model.predictors[*place];
        return {{.value = predictor.events.mean, .label = "published, new fracture"},
                {.value = predictor.non_events.mean, .label = "published, none"}};
    }
    return {{.value = 100 * event_rate(model), .label = "published rate"}};
}

std::string plots_html(const RunTable& run) {
    const RiskModel model = load_risk_model(kComparedModel);
    std::string html = "<section><h2>Distributions</h2>\n<div class='plots'>\n";
    const auto plot = [&](std::string_view name, std::vector<double> values) {
        html += histogram_svg({.title = title_of(quantity(name)),
                               .values = std::move(values),
                               .marks = published_means(model, name)});
    };
    for (const std::string_view name : kMeasured) {
        plot(name, numbers_of(run, name).values);
    }
    for (const std::string_view name : kEstimated) {
        std::vector<double> values = numbers_of(run, name).values;
        if (!values.empty()) {
            plot(name, std::move(values));
        }
    }
    return html +
           "</div>\n<p class='note'>Dashed: group means of Yang et al. 2025, Table 1, "
           "doi:10.3389/fmed.2025.1514894.</p></section>\n";
}

std::string outliers_html(const RunTable& run) {
    std::string lines;
    for (const std::string_view name : kMeasured) {
        const ColumnNumbers numbers = numbers_of(run, name);
        for (const std::size_t place : far_out(numbers.values)) {
            const std::size_t row = numbers.rows[place];
            lines += "<li>" + xml_text(run.text(row, "patient_id")) + ": " +
                     xml_text(title_of(quantity(name))) + " <b>" +
                     fixed_text(numbers.values[place], 1) + "</b> <a href='" +
                     study_folder_of(run, row) + "/'>files</a></li>\n";
        }
    }
    return lines.empty() ? std::string()
                         : "<section><h2>Outliers</h2>\n<p class='note'>More than three "
                           "interquartile ranges beyond the quartiles of this run.</p>\n<ul>\n" +
                               lines + "</ul></section>\n";
}

using Counts = std::vector<std::pair<std::string, std::size_t>>;

// How often each of the names separated by ";" stands in a column, most frequent first.
Counts counts_of(const RunTable& run, const char* column) {
    std::map<std::string, std::size_t> counts;
    for (std::size_t row = 0; row < run.rows.patients; ++row) {
        for (const std::string& name : split(run.text(row, column), ';')) {
            ++counts[name];
        }
    }
    Counts sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater{}, &Counts::value_type::second);
    return sorted;
}

std::string counts_html(const std::string& title, const Counts& counts) {
    if (counts.empty()) {
        return {};
    }
    std::string html = "<section class='counts'><h2>" + title + "</h2>\n<table>\n";
    for (const auto& [name, count] : counts) {
        html += "<tr><td class='number'>" + std::to_string(count) +
                "</td><td><button class='remark'>" + xml_text(name) + "</button></td></tr>\n";
    }
    return html + "</table></section>\n";
}

std::string summary_html(const RunTable& run) {
    const auto count = [&run](const char* status) {
        std::size_t number = 0;
        for (std::size_t row = 0; row < run.rows.patients; ++row) {
            number += run.text(row, "status") == status ? 1U : 0U;
        }
        return std::to_string(number);
    };
    const auto tile = [](const std::string& number, const char* label, const char* kind) {
        const std::string status = std::string_view(kind) == "all" ? "" : kind;
        return "<button class='tile " + std::string(kind) + "' data-status='" + status + "'><b>" +
               number + "</b>" + label + "</button>\n";
    };
    return "<div class='tiles'>" + tile(std::to_string(run.rows.patients), "studies", "all") +
           tile(count("ok"), "ok", "ok") + tile(count("flagged"), "flagged", "flagged") +
           tile(count("failed"), "failed", "failed") + "</div>\n";
}

constexpr const char* kFilterHtml =
    "<section><h2>Studies</h2>\n<div class='filter'><input id='search' type='search' "
    "placeholder='filter: patient, flag, fdr > 30 ...' aria-label='filter'>\n<select id='status' "
    "aria-label='status'><option value=''>every status</option><option>ok</option>"
    "<option>flagged</option><option>failed</option></select> <span id='shown'></span></div>\n";

constexpr const char* kDialogHtml =
    "<dialog id='viewer' aria-labelledby='caption'><nav><button id='previous'>&larr; previous"
    "</button><button id='next'>next &rarr;</button><span id='caption'></span>"
    "<button id='close'>close</button></nav><div id='changes'></div><div id='pictures'><img "
    "id='overlay' alt='outlines'>"
    "<img id='level' alt='level'><img id='fat' alt='fat'><img id='profile' alt='profile along the "
    "spine'><img id='vertebrae' alt='heights of the vertebral bodies'>"
    "<img id='norms' alt='position among the controls'></div></dialog>\n";

// Which models the two columns of risk are of, and which of them is to be looked at.
std::string risk_note_html(const RunTable& run) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (std::size_t row = 0; row < run.rows.patients; ++row) {
        std::string companion = run.text(row, "companion_model");
        if (!companion.empty()) {
            pairs.emplace(run.text(row, "risk_model"), std::move(companion));
        }
    }
    std::string html;
    for (const auto& [model, companion] : pairs) {
        html += "<p class='note'>Risk: by " + xml_text(model) + ". Companion risk: by " +
                xml_text(companion) + ". ";
        const std::vector<std::string> known = built_in_models();
        if (std::ranges::find(known, model) != known.end()) {
            const RiskModel card = load_risk_model(model);
            html += xml_text(card.companion_reason + " Elsewhere: " + card.external_validation);
        }
        html += " Neither is validated.</p>\n";
    }
    return html;
}

struct FollowUpPart {
    EarlierExaminations earlier;
    std::string note;
};

// Whatever stands in the table, there is a page.
FollowUpPart follow_up_of(const RunTable& run) {
    FollowUpPart part;
    try {
        part.earlier = earlier_examinations(run.folder);
    } catch (const Error& error) {
        part.note = "<p class='note'>Earlier examinations of patients are not compared: " +
                    xml_text(error.message()) + "</p>\n";
        return part;
    }
    if (!part.earlier.empty()) {
        part.note =
            "<p class='note'>Changes since an earlier examination: with 95 % intervals for "
            "measuring "
            "an unchanged patient again on one scanner with this program, a lower bound "
            "(docs/follow.md).</p>\n";
    }
    return part;
}

std::string head_html() {
    return std::string(
               "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
               "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
               "img-src 'self' file: data:; style-src 'unsafe-inline'; "
               "script-src 'unsafe-inline'\">\n"
               "<meta name='viewport' content='width=device-width'>\n"
               "<title>paraspinal: studies</title>\n<style>\n") +
           std::string(&paraspinal_page_css[0], &paraspinal_page_css_end[0]) +
           "</style>\n</head>\n<body>\n";
}

}  // namespace

std::string study_page(const RunTable& run, const std::string& software_version) {
    const FollowUpPart follow_up = follow_up_of(run);
    return head_html() + "<header><h1>Paraspinal muscles</h1><p>paraspinal " +
           xml_text(software_version) + " · " + std::string(kResearchNotice) + "</p></header>\n" +
           summary_html(run) + "<div class='tables'>" +
           counts_html("Failed, by reason", counts_of(run, "reason")) +
           counts_html("Flags", counts_of(run, "qc_flags")) + "</div>\n" + plots_html(run) +
           outliers_html(run) + kFilterHtml + risk_note_html(run) + follow_up.note +
           study_table_html(run, follow_up.earlier) + "</section>\n" + kDialogHtml + "<script>\n" +
           std::string(&paraspinal_page_js[0], &paraspinal_page_js_end[0]) +
           "</script>\n</body>\n</html>\n";
}

std::filesystem::path write_study_page(const std::filesystem::path& folder,
                                       const std::string& software_version) {
    std::filesystem::path page = folder / "report.html";
    write_file(page, study_page(read_run_table(folder), software_version));
    return page;
}

}  // namespace paraspinal
