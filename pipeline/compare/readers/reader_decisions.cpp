// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/reader_decisions.h"

#include "pipeline/batch/readings/apply_readings.h"

#include <cstddef>
#include <optional>

namespace paraspinal {
namespace {

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

std::vector<ClassAgreement> agree_decisions(const std::vector<ReadStudy>& studies,
                                            const std::vector<std::string>& readers) {
    RatedClasses rated{.column = "decision",
                       .classes = {"accepted", "corrected", "rejected"},
                       .is_ordered = true,
                       .ratings = {}};
    std::vector<std::string> people;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        if (readers[i] == kNoReading) {
            continue;
        }
        people.push_back(readers[i]);
        auto& ratings = rated.ratings.emplace_back();
        for (const ReadStudy& study : studies) {
            ratings.push_back(class_of(study.views[i]));
        }
    }
    return agree_classes(rated, people);
}

}  // namespace paraspinal
