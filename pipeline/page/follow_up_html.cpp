// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/follow_up_html.h"

#include "io/digest.h"
#include "pipeline/tables/text_table.h"
#include "pipeline/tables/xml_text.h"

namespace paraspinal {
namespace {

std::string change_html(const EarlierExamination& one) {
    TextTable table{.columns = one.table.columns, .rows = one.table.rows};
    for (const auto& [what, text] : one.table.remarks) {
        table.notes.push_back(what + ": " + text);
    }
    return "<details class='follow-up'><summary>since " +
           xml_text(one.heading.substr(0, one.heading.find(' '))) + ": " + xml_text(one.summary) +
           "</summary><div><p>" + xml_text(one.heading) + ": <a class='earlier' href='#" +
           study_anchor(one.study_uid) + "'>the earlier study</a></p>" + html_table(table) +
           "</div></details>\n";
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
