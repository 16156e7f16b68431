// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/script/analysis_script.h"

#include "core/text.h"
#include "io/tables/write_statistics_file.h"
#include "pipeline/tables/columns/statistics_variables.h"

#include <algorithm>
#include <string_view>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (CMakeLists.txt).
extern "C" const char paraspinal_r_begin[];
extern "C" const char paraspinal_r_begin_end[];
extern "C" const char paraspinal_r_tables[];
extern "C" const char paraspinal_r_tables_end[];
extern "C" const char paraspinal_r_regression[];
extern "C" const char paraspinal_r_regression_end[];
extern "C" const char paraspinal_r_follow_up[];
extern "C" const char paraspinal_r_follow_up_end[];
extern "C" const char paraspinal_spss[];
extern "C" const char paraspinal_spss_end[];
extern "C" const char paraspinal_stata[];
extern "C" const char paraspinal_stata_end[];
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

// How the files of a language mark a section, and how it writes a comment.
struct Language {
    std::string_view mark;
    std::string_view comment;
    std::string_view comment_end;
};
constexpr Language kR{.mark = "#section ", .comment = "## ", .comment_end = ""};
constexpr Language kSpss{.mark = "*section ", .comment = "* ", .comment_end = "."};
constexpr Language kStata{.mark = "*section ", .comment = "* ", .comment_end = ""};

// Of a script that people edit.
constexpr std::size_t kLineLength = 100;

std::string r_text(std::string_view text) {
    std::string literal = "\"";
    for (const char letter : text) {
        const bool is_control = static_cast<unsigned char>(letter) < 0x20U || letter == 0x7F;
        literal += letter == '"' || letter == '\\' ? std::string(1, '\\') : std::string();
        literal += is_control ? '?' : letter;
    }
    return literal + '"';
}

// A vector of texts, in lines.
std::string vector_of(const std::vector<std::string>& texts) {
    std::string text = "c(";
    std::size_t length = text.size();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string next = r_text(texts[i]) + (i + 1 < texts.size() ? "," : "");
        if (length + next.size() > kLineLength) {
            text += "\n  ";
            length = 0;
        }
        text += next + (i + 1 < texts.size() ? " " : "");
        length += next.size() + 1;
    }
    return text + ")";
}

// The parts that columns play, as sections need and name them: "@outcome".
struct Part {
    std::string mark;
    std::vector<std::string> columns;
    std::string words;  ///< What is missing where there is no such column.
};

std::vector<Part> parts_of(const CohortTable& data, const AnalysisPlan& plan) {
    std::vector<Part> parts{{"@outcome", {}, plan.outcome},
                            {"@follow_up", {}, plan.follow_up},
                            {"@predictors", plan.predictors, "any predictor"},
                            {"@factors", plan.factors, "any predictor that is a number or yes/no"},
                            {"@muscles", plan.muscles, "CSA, VB, FA and FDR"},
                            {"@numbers", {}, "any number"},
                            {"@classes", {}, "any class"}};
    for (const CohortColumn& column : data.columns) {
        if (column.name == plan.outcome || column.name == plan.follow_up) {
            parts[column.name == plan.outcome ? 0 : 1].columns.push_back(column.name);
        }
        if (std::ranges::find(plan.characteristics, column.name) != plan.characteristics.end()) {
            parts[column.kind == ColumnKind::number ? 5 : 6].columns.push_back(column.name);
        }
    }
    return parts;
}

bool is_there(std::string_view need, const CohortTable& data, const std::vector<Part>& parts) {
    const auto part = std::ranges::find(parts, need, &Part::mark);
    return part != parts.end()
               ? !part->columns.empty()
               : std::ranges::find(data.columns, need, &CohortColumn::name) != data.columns.end();
}

std::string name_of(std::string_view need, const std::vector<Part>& parts) {
    const auto part = std::ranges::find(parts, need, &Part::mark);
    return part != parts.end() ? part->words : std::string(need);
}

// What of a comma-separated list of needs is not there.
std::vector<std::string> missing_of(std::string_view needs,
                                    const CohortTable& data,
                                    const std::vector<Part>& parts) {
    std::vector<std::string> missing;
    for (const std::string& need : split(needs, ',')) {
        std::vector<std::string> names;
        bool found = false;
        for (const std::string& one : split(trimmed(need), '|')) {
            found = found || is_there(one, data, parts);
            names.push_back(name_of(one, parts));
        }
        if (!found) {
            missing.push_back(joined(names, " or "));
        }
    }
    return missing;
}

// The sections of a file, or what stands for them.
void append_sections(AnalysisScript& script,
                     const Language& language,
                     std::string_view text,
                     const CohortTable& data,
                     const std::vector<Part>& parts) {
    bool is_wanted = false;  // The license above the first section is the file's.
    for (const std::string& line : split(text, '\n')) {
        if (!line.starts_with(language.mark)) {
            script.text += is_wanted ? line + "\n" : "";
            continue;
        }
        const std::string_view heading = std::string_view(line).substr(language.mark.size());
        const std::size_t bar = heading.find(" | ");
        const std::string title(heading.substr(0, bar));
        const std::vector<std::string> missing =
            bar == std::string_view::npos ? std::vector<std::string>()
                                          : missing_of(heading.substr(bar + 3), data, parts);
        is_wanted = missing.empty();
        if (!is_wanted) {
            script.left_out.push_back(title + ": the table lacks " + joined(missing, ", "));
        }
        script.text += "\n" + std::string(language.comment) +
                       (is_wanted ? title + " ----" : "Not here: " + script.left_out.back() + ".") +
                       std::string(is_wanted ? language.comment_end : "") + "\n";
    }
}

// `text` with the names of columns where it names their part: "@outcome@". A line with "@factor@"
// stands once for each of "@factors".
std::string with_columns(std::string text, const std::vector<Part>& parts) {
    constexpr std::string_view kEach = "@factor@";
    const auto factors = std::ranges::find(parts, "@factors", &Part::mark);
    for (std::size_t at = 0; (at = text.find(kEach)) != std::string::npos;) {
        const std::size_t begin = text.rfind('\n', at) + 1;
        const std::string line = text.substr(begin, text.find('\n', at) + 1 - begin);
        std::string lines;
        for (const std::string& factor : factors->columns) {
            lines += std::string(line).replace(at - begin, kEach.size(), factor);
        }
        text.replace(begin, line.size(), lines);
    }
    for (const Part& part : parts) {
        const std::string mark = part.mark + "@";
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
            text.replace(at, mark.size(), joined(part.columns, " "));
        }
    }
    return text;
}

// The data and the plan with the names that SPSS and Stata take.
void rename_for_statistics(CohortTable& data, AnalysisPlan& plan) {
    const std::vector<std::string> names = statistics_names(statistics_variables(data));
    const auto rename = [&](std::string& name) {
        const auto column = std::ranges::find(data.columns, name, &CohortColumn::name);
        if (column != data.columns.end()) {
            name = names[static_cast<std::size_t>(column - data.columns.begin())];
        }
    };
    rename(plan.outcome);
    rename(plan.follow_up);
    for (std::vector<std::string>* const list :
         {&plan.predictors, &plan.factors, &plan.characteristics, &plan.muscles, &plan.after}) {
        std::ranges::for_each(*list, rename);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        data.columns[i].name = names[i];
    }
}

std::string printable(std::string source) {
    std::ranges::replace_if(
        source, [](char letter) { return static_cast<unsigned char>(letter) < 0x20U; }, '?');
    return source;
}

std::string r_beginning(const AnalysisPlan& plan, const std::string& source) {
    return "# Analysis of " + printable(source) +
           ", begun by paraspinal. It is yours from here: read, change, keep.\n"
           "#\n"
           "#   Rscript analysis.R        in this folder; everything is written to results/\n"
           "#\n"
           "# data.csv has the data without identifiers, dates and free text, dictionary.csv what\n"
           "# its columns hold. Beside R and survival these packages are used where they are:\n"
           "#   install.packages(c(\"exactRankTests\", \"pROC\", \"mice\", \"lme4\", \"rms\"))\n"
           "if (!l10n_info()$`UTF-8`) Sys.setlocale(\"LC_CTYPE\", \"C.UTF-8\")\n\n"
           "## Which column plays which part ----\n"
           "outcome <- " +
           r_text(plan.outcome) + "\nfollow_up <- " + r_text(plan.follow_up) +
           "  # Months until the outcome or the last visit.\n"
           "predictors <- " +
           vector_of(plan.predictors) +
           "\n# Known before the outcome; what was measured in the image; what came after.\n"
           "characteristics <- " +
           vector_of(plan.characteristics) + "\nmuscles <- " + vector_of(plan.muscles) +
           "\nafter <- " + vector_of(plan.after) + "\n";
}

AnalysisScript r_script(const CohortTable& data,
                        const AnalysisPlan& plan,
                        const std::string& source) {
    AnalysisScript script{.text = r_beginning(plan, source)};
    for (const std::string_view text :
         {std::string_view(&paraspinal_r_begin[0], &paraspinal_r_begin_end[0]),
          std::string_view(&paraspinal_r_tables[0], &paraspinal_r_tables_end[0]),
          std::string_view(&paraspinal_r_regression[0], &paraspinal_r_regression_end[0]),
          std::string_view(&paraspinal_r_follow_up[0], &paraspinal_r_follow_up_end[0])}) {
        append_sections(script, kR, text, data, parts_of(data, plan));
    }
    script.text += "\n## With what ----\nsessionInfo()\n";
    return script;
}

}  // namespace

AnalysisScript analysis_script(ScriptProgram program,
                               const CohortTable& data,
                               const AnalysisPlan& plan,
                               const std::string& source) {
    if (program == ScriptProgram::r) {
        return r_script(data, plan, source);
    }
    const bool is_spss = program == ScriptProgram::spss;
    CohortTable renamed = data;
    AnalysisPlan names = plan;
    rename_for_statistics(renamed, names);
    const std::vector<Part> parts = parts_of(renamed, names);
    AnalysisScript script{
        .text =
            "* Analysis of " + printable(source) +
            ", begun by paraspinal. It is yours from here.\n" +
            (is_spss
                 ? "* Tried in PSPP 1.6.2, not in SPSS. Imputation and mixed models are in the "
                   "script for R.\n"
                 : "* Not run by its makers, who have no Stata. Imputation and mixed models are "
                   "in the script for R.\n")};
    append_sections(script,
                    is_spss ? kSpss : kStata,
                    is_spss ? std::string_view(&paraspinal_spss[0], &paraspinal_spss_end[0])
                            : std::string_view(&paraspinal_stata[0], &paraspinal_stata_end[0]),
                    renamed,
                    parts);
    script.text = with_columns(std::move(script.text), parts);
    return script;
}

}  // namespace paraspinal
