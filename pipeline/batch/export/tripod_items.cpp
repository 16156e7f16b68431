// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/tripod_items.h"

namespace paraspinal {
namespace {

std::vector<ReportingItem> methods_items(const RunFacts& facts) {
    return {
        {"1", "title: prediction model, population, outcome", "", kAllOfIt},
        {"2", "structured abstract", "", kAllOfIt},
        {"3a", "health care context, existing models", "", kAllOfIt},
        {"3b", "whom and what the model is for", "", kAllOfIt},
        {"3c", "known inequalities between groups", "", kAllOfIt},
        {"4", "objectives: development, evaluation or both", "", kAllOfIt},
        {"5a", "sources of data, representativeness", "", kAllOfIt},
        {"5b", "dates of the data and of follow-up", "", kAllOfIt},
        {"6a", "setting, centers", "", kAllOfIt},
        {"6b", "eligibility", "Study flow", "exclusions before the images were collected"},
        {"6c", "treatments", "", kAllOfIt},
        {"7", "preparation and checks of data", "Slice, Fat; flags in Study flow", "of other data"},
        {"8a", "outcome, horizon, how assessed", "", kAllOfIt},
        {"8b", "who assessed the outcome", "", kAllOfIt},
        {"8c", "blinding of the outcome", "", kAllOfIt},
        {"9a", "choice of predictors", "Those of the model card", "why this card"},
        {"9b",
         "definition and measurement of predictors",
         "CSA, FDR and VB: Slice, Outlines, Fat",
         "of the clinical ones"},
        {"9c", "who assessed the predictors", "", kAllOfIt},
        {"10", "sample size", "", kAllOfIt},
        {"11", "missing data", missing_data(facts), "in the analysis"},
        {"12a", "use of data, partitions", "", kAllOfIt},
        {"12b", "handling of predictors", "As the model card has them, linear in the logit", ""},
        {"12c", "kind of model, how it was built", "", "from the model card"},
        {"12d", "differences between clusters", "", kAllOfIt},
        {"12e", "measures of performance", "", "all; `paraspinal model validate`"},
        {"12f", "updating of the model", "", "all; `paraspinal model calibrate`"},
        {"12g", "how predictions were calculated", "Risk", ""},
        {"13", "class imbalance", "", kAllOfIt},
        {"14", "fairness", "", kAllOfIt},
        {"15", "output of the model", "A probability with its 95 % interval, no classes", ""},
        {"16", "development against evaluation data", "", kAllOfIt},
        {"17", "ethics", "", kAllOfIt},
    };
}

std::vector<ReportingItem> results_items(const RunFacts& facts) {
    return {
        {"18a", "funding", "", kAllOfIt},
        {"18b", "conflicts of interest", "", kAllOfIt},
        {"18c", "protocol", "", kAllOfIt},
        {"18d", "registration", "", kAllOfIt},
        {"18e", "sharing of data", "", kAllOfIt},
        {"18f",
         "sharing of code",
         "paraspinal " + counts_text(facts, "software_version"),
         "of the analysis"},
        {"19", "patient and public involvement", "", kAllOfIt},
        {"20a", "flow of participants", "Study flow", "with and without the outcome"},
        {"20b", "characteristics", demographics(facts), "clinical; `paraspinal cohort describe`"},
        {"20c", "distribution of predictors against development", "", kAllOfIt},
        {"21", "participants and events in each analysis", "", kAllOfIt},
        {"22",
         "the full model",
         "Model card: " + counts_text(facts, "risk_model") + "; `paraspinal model show`",
         ""},
        {"23a", "performance with intervals, in subgroups", "", "all; `paraspinal model validate`"},
        {"23b", "performance in clusters", "", kAllOfIt},
        {"24", "results of updating", "", kAllOfIt},
        {"25", "interpretation", "", kAllOfIt},
        {"26", "limitations", "", kAllOfIt},
        {"27a",
         "input that is poor or not there",
         "Images that cannot be measured fail with a reason, doubtful ones are flagged; missing "
         "predictors as in 11",
         "in care"},
        {"27b", "expertise and interaction of users", "", kAllOfIt},
        {"27c", "next steps", "", kAllOfIt},
    };
}

}  // namespace

std::vector<ReportingItem> tripod_items(const RunFacts& facts) {
    std::vector<ReportingItem> items = methods_items(facts);
    const std::vector<ReportingItem> more = results_items(facts);
    items.insert(items.end(), more.begin(), more.end());
    return items;
}

}  // namespace paraspinal
