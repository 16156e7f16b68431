// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/evaluate_outlines.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

double mean_dice(const CaseScore& scored) {
    double sum = 0;
    for (const RegionScore& score : scored.regions) {
        const double dice = score.overlap.dice.value_or(0);
        if (score.region == kParaspinalRegion) {
            return dice;
        }
        sum += dice / static_cast<double>(scored.regions.size());
    }
    return sum;
}

std::string caption_of(const CaseScore& scored) {
    std::string text;
    for (const RegionScore& score : scored.regions) {
        if (score.region == kParaspinalRegion) {
            text = ", HD95 " +
                   (score.overlap.hausdorff95_mm ? fixed_text(*score.overlap.hausdorff95_mm, 1)
                                                 : std::string("-")) +
                   " mm, area " + fixed_text(area_difference_pct(score.overlap).value_or(0), 1) +
                   " %";
        }
    }
    return "Dice " + fixed_text(mean_dice(scored), 3) + text;
}

// Structures that are not scored are not shown.
LabelMap only(LabelMap labels, const std::vector<Structure>& structures) {
    for (Structure& label : labels.pixels) {
        if (std::ranges::find(structures, label) == structures.end()) {
            label = Structure::background;
        }
    }
    return labels;
}

/// Keeps the worst few of all slices that pass by.
class WorstSlices {
  public:
    explicit WorstSlices(std::size_t count) : count_(count) {}

    void add(double dice, ComparedOutlines compared) {
        const auto place = std::ranges::upper_bound(slices_, dice, {}, &Ranked::first);
        slices_.emplace(place, dice, std::move(compared));
        if (slices_.size() > count_) {
            slices_.pop_back();
        }
    }

    std::vector<ComparedOutlines> take() {
        std::vector<ComparedOutlines> taken;
        for (Ranked& one : slices_) {
            taken.push_back(std::move(one.second));
        }
        return taken;
    }

  private:
    using Ranked = std::pair<double, ComparedOutlines>;
    std::size_t count_;
    std::vector<Ranked> slices_;
};

// What happens in `work` is a row of the table, unless the command line is to blame.
std::string failure_of(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage) {
            throw;
        }
        return std::string(error_name(error.code()));
    }
}

class Scoring {
  public:
    Scoring(const EvaluateOptions& options, OutlineModel& model)
        : options_(options),
          model_(model),
          structures_(structures_of(options.reading.labels)),
          regions_(regions_of(structures_)),
          worst_(options.worst) {}

    void add(const CaseFiles& files) {
        ReferenceCase read;
        const std::string failure = failure_of([&] { read = read_case(files, options_.reading); });
        if (!failure.empty()) {
            keep({.name = files.name, .failure = failure, .regions = {}});
        }
        result_.without_reference += read.without_reference;
        result_.unnamed_values.merge(read.unnamed_values);
        for (ReferenceSlice& slice : read.slices) {
            score(slice);
        }
    }

    Evaluation take() {
        result_.summary = summarize_scores(result_.cases, regions_);
        result_.worst = worst_.take();
        return std::move(result_);
    }

  private:
    void score(ReferenceSlice& slice) {
        CaseScore scored{.name = slice.name, .failure = {}, .regions = {}};
        LabelMap ours;
        scored.failure = failure_of([&] {
            ours = model_.outline(slice.slice).labels;
            scored.regions = score_slice(slice.slice, ours, slice.reference, regions_);
        });
        if (scored.failure.empty()) {
            worst_.add(mean_dice(scored),
                       {.title = slice.name,
                        .caption = caption_of(scored),
                        .slice = std::move(slice.slice),
                        .ours = only(std::move(ours), structures_),
                        .reference = std::move(slice.reference)});
        }
        keep(std::move(scored));
    }

    void keep(CaseScore scored) {
        result_.failed += scored.failure.empty() ? 0 : 1;
        result_.cases.push_back(std::move(scored));
    }

    const EvaluateOptions& options_;
    OutlineModel& model_;
    std::vector<Structure> structures_;
    std::vector<Region> regions_;
    WorstSlices worst_;
    Evaluation result_;
};

}  // namespace

Evaluation evaluate_outlines(const EvaluateOptions& options, OutlineModel& model) {
    MatchedCases matched = match_cases(options.images, options.masks);
    Scoring scoring(options, model);
    for (std::size_t done = 0; done < matched.cases.size(); ++done) {
        options.progress(done, matched.cases.size());
        scoring.add(matched.cases[done]);
    }
    Evaluation result = scoring.take();
    result.unmatched_masks = std::move(matched.unmatched_masks);
    if (result.cases.empty()) {
        throw Error(ErrorCode::outline_mismatch,
                    "no image lies in the plane of a mask with labels; check --labels, and that "
                    "images and masks belong together");
    }
    return result;
}

}  // namespace paraspinal
