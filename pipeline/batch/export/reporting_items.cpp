// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/reporting_items.h"

#include "core/text.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

std::string or_none(const std::string& text, const std::string& none) {
    return text.empty() ? none : text;
}

std::vector<ReportingItem> first_items(const RunFacts& facts) {
    return {
        {"1", "study of AI, kind of AI", "", kAllOfIt},
        {"2", "summary in the abstract", "", kAllOfIt},
        {"3", "background, intended use", "", kAllOfIt},
        {"4", "aims, hypotheses", "", kAllOfIt},
        {"5", "prospective or retrospective", "", kAllOfIt},
        {"6", "goal of the study", "", kAllOfIt},
        {"7", "sources of data", "", kAllOfIt},
        {"8", "inclusion, exclusion", "Study flow", "exclusions before the images were collected"},
        {"9", "preprocessing", "Fat; areas are counted on the pixels of the image", ""},
        {"10", "choice of subsets", "Slice", "of patients"},
        {"11",
         "de-identification",
         facts.are_pseudonymized ? "Tables: patient ID and UIDs as HMAC-SHA-256, dates shifted or "
                                   "dropped, ages above 89 as 90"
                                 : "",
         facts.are_pseudonymized ? "of the images" : kAllOfIt},
        {"12", "missing data", missing_data(facts), "in the analysis"},
        {"13", "image acquisition", "Images", "coil, field of view, indication"},
        {"14", "reference standard", "", kAllOfIt},
        {"15", "why that standard", "", kAllOfIt},
        {"16", "who annotated", "", kAllOfIt},
        {"17", "annotation of the test set", "", kAllOfIt},
        {"18", "agreement of readers", "", "all; `paraspinal agree`"},
        {"19", "assignment to partitions", "Nothing was trained in this run", kAllOfIt},
        {"20", "level of the partitions", "Nothing was trained in this run", kAllOfIt},
        {"21", "intended sample size", "", kAllOfIt},
        {"22", "model", "Slice, Outlines, Fat", "architecture, from the model card"},
    };
}

std::vector<ReportingItem> last_items(const RunFacts& facts) {
    return {
        {"23",
         "software",
         "paraspinal " + counts_text(facts, "software_version"),
         "libraries: `paraspinal --version`"},
        {"24", "initialization", "", "from the model card"},
        {"25", "training", "", "from the model card"},
        {"26", "selection of the model", "", "from the model card"},
        {"27", "ensembles", "", "from the model card"},
        {"28", "metrics of performance", "", "all; `paraspinal evaluate`"},
        {"29",
         "uncertainty, significance",
         "90 % intervals of the measurements",
         "of the analysis"},
        {"30", "robustness, sensitivity", "", kAllOfIt},
        {"31", "explainability", "Outlines and fat are drawn on each slice (`overlay.png`)", ""},
        {"32", "internal data", "", kAllOfIt},
        {"33", "external data", "", kAllOfIt},
        {"34", "registration of a trial", "", kAllOfIt},
        {"35", "numbers included and excluded", "Study flow", ""},
        {"36", "demographics", demographics(facts), "clinical characteristics"},
        {"37", "performance with uncertainty", "", kAllOfIt},
        {"38", "diagnostic performance", "", kAllOfIt},
        {"39", "analysis of failures", "Study flow, flags", "their discussion"},
        {"40", "limitations", "", kAllOfIt},
        {"41", "implications for practice", "Research use only; not a medical device", kAllOfIt},
        {"42", "protocol", "", kAllOfIt},
        {"43", "availability of software, models, data", "", kAllOfIt},
        {"44", "funding", "", kAllOfIt},
    };
}

}  // namespace

std::string demographics(const RunFacts& facts) {
    const std::string age = range_text(facts, "patient_age_years", 0, "years");
    const std::string sex = counts_text(facts, "patient_sex");
    return (age.empty() ? "" : "Measured examinations: age " + age) +
           (age.empty() || sex.empty() ? "" : "; ") + (sex.empty() ? "" : "sex " + sex);
}

std::string missing_data(const RunFacts& facts) {
    const std::string imputed = counts_text(facts, "risk_imputed");
    return "Unknown values are empty; " +
           (facts.counts.contains("risk_model")
                ? "predictors of the risk averaged over: " + or_none(imputed, "none")
                : std::string("none was replaced"));
}

std::string counts_text(const RunFacts& facts, std::string_view key) {
    const auto found = facts.counts.find(key);
    if (found == facts.counts.end()) {
        return {};
    }
    std::vector<std::pair<std::string, std::int64_t>> values(found->second.begin(),
                                                             found->second.end());
    std::ranges::stable_sort(values,
                             [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> texts;
    for (const auto& [value, count] : values) {
        texts.push_back(value + " (n = " + std::to_string(count) + ")");
    }
    return joined(texts, ", ");
}

std::string range_text(const RunFacts& facts,
                       std::string_view key,
                       int decimals,
                       std::string_view unit) {
    const auto found = facts.numbers.find(key);
    if (found == facts.numbers.end() || found->second.empty()) {
        return {};
    }
    const std::vector<double>& sorted = found->second;
    const std::size_t middle = sorted.size() / 2;
    const double median =
        sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return "median " + fixed_text(median, decimals) + " " + std::string(unit) + ", range " +
           fixed_text(sorted.front(), decimals) + " to " + fixed_text(sorted.back(), decimals) +
           " (n = " + std::to_string(sorted.size()) + ")";
}

std::string items_table(std::string_view guideline, const std::vector<ReportingItem>& items) {
    std::string text = "| " + std::string(guideline) +
                       " | about | from this run | left to the authors |\n|---|---|---|---|\n";
    for (const ReportingItem& item : items) {
        text += "| " + item.number + " | " + item.topic + " | " + item.answer + " | " +
                (item.authors.empty() ? "" : "[AUTHORS: " + item.authors + "]") + " |\n";
    }
    return text;
}

std::vector<ReportingItem> claim_items(const RunFacts& facts) {
    std::vector<ReportingItem> items = first_items(facts);
    const std::vector<ReportingItem> more = last_items(facts);
    items.insert(items.end(), more.begin(), more.end());
    return items;
}

}  // namespace paraspinal
