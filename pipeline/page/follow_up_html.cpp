// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/follow_up_html.h"

#include "io/digest.h"
#include "pipeline/tables/xml_text.h"

namespace paraspinal {
namespace {

std::string cells_html(const std::vector<std::string>& cells, const std::string& tag) {
    std::string html = "<tr>";
    for (const std::string& cell : cells) {
        html += "<" + tag + ">" + xml_text(cell) + "</" + tag + ">";
    }
    return html + "</tr>";
}

std::string change_html(const EarlierExamination& one) {
    std::string html = "<details class='follow-up'><summary>since " +
                       xml_text(one.heading.substr(0, one.heading.find(' '))) + ": " +
                       xml_text(one.summary) + "</summary><div><p>" + xml_text(one.heading) +
                       ": <a class='earlier' href='#" + study_anchor(one.study_uid) +
                       "'>the earlier study</a></p><table>" + cells_html(one.table.columns, "th");
    for (const std::vector<std::string>& row : one.table.rows) {
        html += cells_html(row, "td");
    }
    html += "</table>";
    for (const auto& [what, text] : one.table.remarks) {
        html += "<p>" + xml_text(what + ": " + text) + "</p>";
    }
    return html + "</div></details>\n";
}

}  // namespace

std::string study_anchor(const std::string& study_uid) {
    return "study-" + uid_name(study_uid);
}

std::string follow_up_html(const std::vector<EarlierExamination>& earlier) {
    std::string html;
    for (const EarlierExamination& one : earlier) {
        html += change_html(one);
    }
    return html;
}

}  // namespace paraspinal
