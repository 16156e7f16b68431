// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/reader_decisions.h"

#include "pipeline/batch/apply_readings.h"

#include <algorithm>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::size_t kClasses = 3;

// Place of a decision in the order of the classes.
std::optional<std::size_t> class_of(const ReaderView& view) {
    if (!view.decision) {
        return std::nullopt;
    }
    switch (*view.decision) {
        case Decision::accepted: return 0;
        case Decision::corrected: return 1;
        case Decision::rejected: return 2;
        case Decision::withdrawn: break;
    }
    return std::nullopt;
}

DecisionAgreement pair_agreement(const std::vector<ReadStudy>& studies,
                                 std::size_t first,
                                 std::size_t second) {
    DecisionAgreement result;
    result.counts.assign(kClasses, std::vector<std::int64_t>(kClasses));
    for (const ReadStudy& study : studies) {
        const auto one = class_of(study.views[first]);
        const auto other = class_of(study.views[second]);
        if (one && other) {
            ++result.counts[*one][*other];
            ++result.both;
        }
    }
    if (result.both > 0) {
        result.kappa = cohen_kappa(result.counts, KappaWeights::none);
        result.weighted_kappa = cohen_kappa(result.counts, KappaWeights::linear);
    }
    return result;
}

DecisionAgreement agreement_of_all(const std::vector<ReadStudy>& studies,
                                   const std::vector<std::size_t>& people) {
    DecisionAgreement result{.raters = "all"};
    RatingCounts subjects;
    for (const ReadStudy& study : studies) {
        std::vector<std::int64_t> counts(kClasses);
        const bool complete = std::ranges::all_of(people, [&](std::size_t reader) {
            const auto place = class_of(study.views[reader]);
            if (place) {
                ++counts[*place];
            }
            return place.has_value();
        });
        if (complete) {
            subjects.push_back(counts);
        }
    }
    result.both = static_cast<std::int64_t>(subjects.size());
    if (!subjects.empty()) {
        result.kappa = fleiss_kappa(subjects);
    }
    return result;
}

}  // namespace

std::vector<ReaderCounts> count_decisions(const std::vector<ReadStudy>& studies,
                                          const std::vector<std::string>& readers) {
    std::vector<ReaderCounts> all;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        ReaderCounts counts{.reader = readers[i], .is_model = readers[i] == kNoReading};
        for (const ReadStudy& study : studies) {
            const ReaderView& view = study.views[i];
            counts.accepted += view.decision == Decision::accepted ? 1 : 0;
            counts.outdated += view.is_outdated ? 1 : 0;
            counts.corrected += view.decision == Decision::corrected ? 1 : 0;
            counts.rejected += view.decision == Decision::rejected ? 1 : 0;
            counts.undecided += view.decision ? 0 : 1;
            counts.blind += view.decision && view.is_blind ? 1 : 0;
        }
        all.push_back(counts);
    }
    return all;
}

std::vector<DecisionAgreement> agree_decisions(const std::vector<ReadStudy>& studies,
                                               const std::vector<std::string>& readers) {
    std::vector<std::size_t> people;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        if (readers[i] != kNoReading) {
            people.push_back(i);
        }
    }
    std::vector<DecisionAgreement> all;
    if (people.size() > 2) {
        all.push_back(agreement_of_all(studies, people));
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        for (std::size_t j = i + 1; j < people.size(); ++j) {
            all.push_back(pair_agreement(studies, people[i], people[j]));
            all.back().raters = readers[people[i]] + " - " + readers[people[j]];
        }
    }
    return all;
}

}  // namespace paraspinal
