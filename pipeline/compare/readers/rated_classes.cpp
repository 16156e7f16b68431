// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/rated_classes.h"

#include <algorithm>

namespace paraspinal {
namespace {

std::int64_t subjects_of(const RatedClasses& rated) {
    return rated.ratings.empty() ? 0 : static_cast<std::int64_t>(rated.ratings.front().size());
}

ClassAgreement about(const RatedClasses& rated, std::string raters) {
    return {.column = rated.column,
            .group = rated.group,
            .raters = std::move(raters),
            .classes = rated.classes,
            .counts = {}};
}

ClassAgreement of_pair(const RatedClasses& rated,
                       std::size_t first,
                       std::size_t second,
                       const std::string& raters) {
    ClassAgreement result = about(rated, raters);
    const std::size_t classes = rated.classes.size();
    result.counts.assign(classes, std::vector<std::int64_t>(classes));
    for (std::size_t subject = 0; subject < rated.ratings[first].size(); ++subject) {
        const auto one = rated.ratings[first][subject];
        const auto other = rated.ratings[second][subject];
        if (one && other) {
            ++result.counts[*one][*other];
            ++result.subjects;
            result.alike += *one == *other ? 1 : 0;
        }
    }
    result.missing = subjects_of(rated) - result.subjects;
    if (result.subjects == 0) {
        return result;
    }
    result.kappa = cohen_kappa(result.counts, KappaWeights::none);
    if (rated.is_ordered) {
        result.linear_kappa = cohen_kappa(result.counts, KappaWeights::linear);
        result.quadratic_kappa = cohen_kappa(result.counts, KappaWeights::quadratic);
    }
    return result;
}

ClassAgreement of_all(const RatedClasses& rated) {
    ClassAgreement result = about(rated, "all");
    RatingCounts subjects;
    for (std::int64_t subject = 0; subject < subjects_of(rated); ++subject) {
        std::vector<std::int64_t> counts(rated.classes.size());
        const bool complete = std::ranges::all_of(rated.ratings, [&](const auto& ratings) {
            const auto place = ratings[static_cast<std::size_t>(subject)];
            if (place) {
                ++counts[*place];
            }
            return place.has_value();
        });
        if (complete) {
            result.alike +=
                std::ranges::max(counts) == static_cast<std::int64_t>(rated.ratings.size()) ? 1 : 0;
            subjects.push_back(std::move(counts));
        }
    }
    result.subjects = static_cast<std::int64_t>(subjects.size());
    result.missing = subjects_of(rated) - result.subjects;
    if (!subjects.empty()) {
        result.kappa = fleiss_kappa(subjects);
    }
    return result;
}

}  // namespace

std::vector<ClassAgreement> agree_classes(const RatedClasses& rated,
                                          const std::vector<std::string>& raters) {
    std::vector<ClassAgreement> all;
    if (raters.size() > 2) {
        all.push_back(of_all(rated));
    }
    for (std::size_t i = 0; i < raters.size(); ++i) {
        for (std::size_t j = i + 1; j < raters.size(); ++j) {
            all.push_back(of_pair(rated, i, j, raters[i] + " - " + raters[j]));
        }
    }
    return all;
}

}  // namespace paraspinal
