// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

enum class AuditVerdict {
    agrees,
    doubtful,     ///< Agrees or not depending on an assumption that the note names.
    contradicts,  ///< No unrounded numbers that print as the article does can give it.
};

/// "agrees", "doubtful" or "contradicts".
std::string_view verdict_name(AuditVerdict verdict);

/// One printed number beside what the article's other numbers make it.
struct AuditFinding {
    std::string where;       ///< "Table 3, row Age (year)".
    std::string what;        ///< "Wald = (B / SE)^2".
    std::string printed;     ///< "5.327".
    std::string recomputed;  ///< "0.80".
    AuditVerdict verdict = AuditVerdict::agrees;
    std::string note;  ///< May be empty.
};

struct PublicationAudit {
    std::string name;
    std::string citation;
    std::string doi;                     ///< Empty when the article has none.
    std::vector<AuditFinding> findings;  ///< In the order of the article's tables.
};

/// Names of the publications whose printed tables are part of the program.
std::vector<std::string> built_in_publications();

/// Recomputes every printed number that follows from others, for a built-in publication or a JSON
/// file of printed tables (docs/model_cards.md).
///
/// Printed numbers are taken for rounded ones: every recomputed number is the range that the
/// unrounded inputs can give, and contradicts only if that range and the range of the printed one
/// do not meet. P values are those of the test that the article names (Student's t, Pearson's
/// chi-square); other common tests are tried before a P value is called a contradiction.
/// Throws Error input_not_found, unreadable_file, malformed_file naming the field.
PublicationAudit audit_publication(const std::string& name_or_path);

/// The same for the text of such a file.
PublicationAudit audit_printed_tables(std::string_view json);

/// The audit as Markdown: what does not agree first, then everything.
std::string audit_markdown(const PublicationAudit& audit);

}  // namespace paraspinal
