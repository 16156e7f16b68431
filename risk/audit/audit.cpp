// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/audit/audit.h"

#include "core/error.h"
#include "risk/audit/audit_line_internal.h"
#include "risk/model/built_in_files.h"
#include "risk/model/json_reader_internal.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

void append_table(std::string& text, const std::vector<AuditFinding>& findings, bool all) {
    text += "| Where | What | Printed | Recomputed | Verdict |\n|---|---|---|---|---|\n";
    for (const AuditFinding& one : findings) {
        if (!all && one.verdict == AuditVerdict::agrees) {
            continue;
        }
        text += "| " + one.where + " | " + one.what + " | " + one.printed + " | " + one.recomputed +
                " | " + std::string(verdict_name(one.verdict)) +
                (one.note.empty() ? "" : ": " + one.note) + " |\n";
    }
}

}  // namespace

std::string_view verdict_name(AuditVerdict verdict) {
    switch (verdict) {
        case AuditVerdict::agrees: return "agrees";
        case AuditVerdict::doubtful: return "doubtful";
        case AuditVerdict::contradicts: return "contradicts";
    }
    return "";
}

std::vector<std::string> built_in_publications() {
    return built_in_names(built_in_publication_files());
}

PublicationAudit audit_printed_tables(std::string_view json) {
    const nlohmann::json document = parse_json(json);
    const JsonReader publication(document, "");
    publication.at("schema").require(publication.at("schema").text() == "paraspinal-publication",
                                     "must be paraspinal-publication");
    publication.at("schema_version")
        .require(publication.at("schema_version").count() == 1, "must be 1");
    PublicationAudit audit{.name = publication.at("name").text(),
                           .citation = publication.at("citation").text(),
                           .doi = publication.text_or_empty("doi")};
    for (const JsonReader& line : publication.at("lines").items()) {
        audit_line(line, audit.findings);
    }
    return audit;
}

PublicationAudit audit_publication(const std::string& name_or_path) {
    return read_built_in_or_file(built_in_publication_files(), name_or_path, audit_printed_tables);
}

std::string audit_markdown(const PublicationAudit& audit) {
    const auto count = [&](AuditVerdict verdict) {
        return std::to_string(std::ranges::count(audit.findings, verdict, &AuditFinding::verdict));
    };
    std::string text = "# Audit of the printed numbers: " + audit.name + "\n\n";
    text += audit.citation + (audit.doi.empty() ? "" : ", doi:" + audit.doi) + ".\n\n";
    text +=
        "Made by `paraspinal model audit " + audit.name +
        " --format markdown`. Printed numbers are taken for rounded; a line\ncontradicts only if "
        "no unrounded inputs can give the printed number. Each line that does not agree is a\n"
        "question to the authors: a slip of typing, rounding or reading is its likeliest "
        "cause.\n\n";
    text += std::to_string(audit.findings.size()) + " lines: " + count(AuditVerdict::agrees) +
            " agree, " + count(AuditVerdict::doubtful) + " are doubtful, " +
            count(AuditVerdict::contradicts) + " contradict.\n\n";
    text += "## What does not agree\n\n";
    append_table(text, audit.findings, false);
    text += "\n## Everything\n\n";
    append_table(text, audit.findings, true);
    return text;
}

}  // namespace paraspinal
