// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/find_spine.h"

#include "io/read_slice.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

bool is_unnamed_sagittal(const ClassifiedStack& each) {
    return each.classification.code == ErrorCode::weighting_unknown &&
           degrees_off_sagittal(*each.stack.slices.front()) <= kMaxTiltDeg;
}

// Sagittal T2 stacks, the most promising first; where there are none, those of which nobody knows
// the weighting.
std::vector<const ClassifiedStack*> sagittal_stacks(const ClassifiedStudy& study) {
    std::vector<const ClassifiedStack*> found;
    const bool is_known = std::ranges::any_of(study.stacks, [](const ClassifiedStack& each) {
        return each.classification.kind == SeriesKind::sagittal_t2;
    });
    std::set<std::string> axial_frames;
    for (const ClassifiedStack& each : study.stacks) {
        if (each.classification.kind == SeriesKind::axial_t2) {
            axial_frames.insert(each.series->frame_of_reference_uid);
        } else if (is_known ? each.classification.kind == SeriesKind::sagittal_t2
                            : is_unnamed_sagittal(each)) {
            found.push_back(&each);
        }
    }
    const auto rank = [&axial_frames](const ClassifiedStack* each) {
        return std::pair(axial_frames.contains(each->series->frame_of_reference_uid),
                         each->stack.slices.size());
    };
    std::ranges::stable_sort(found, std::ranges::greater{}, rank);
    return found;
}

// Slices of a stack that were read, in its order, and what the network saw on each.
struct Looked {
    std::vector<std::size_t> indices;
    std::vector<ImageSlice> slices;
    std::vector<VertebraMap> maps;
};

// Of every slice of a stack, across the first one.
std::vector<double> places_mm(const Stack& stack) {
    const Vec3 across = normal(*stack.slices.front()->plane);
    std::vector<double> places(stack.slices.size());
    std::ranges::transform(stack.slices, places.begin(), [&](const SliceHeader* slice) {
        return dot(slice->plane->origin_mm, across);
    });
    return places;
}

class Looker {
  public:
    Looker(const Stack& stack, VertebraModel& model)
        : stack_(stack),
          model_(model),
          places_mm_(places_mm(stack)),
          middle_mm_((places_mm_.front() + places_mm_.back()) / 2) {}

    // Reads the slices nearest to the places from `first` to `last` steps beside the middle.
    void look(int first, int last) {
        for (int step = first; step <= last; ++step) {
            const double at_mm = step * kSliceStepMm;
            const auto distance = [&](double place_mm) {
                return std::abs(place_mm - middle_mm_ - at_mm);
            };
            const auto nearest = std::ranges::min_element(places_mm_, {}, distance);
            const auto index = static_cast<std::size_t>(nearest - places_mm_.begin());
            const auto after = std::ranges::lower_bound(looked_.indices, index);
            if (after == looked_.indices.end() || *after != index) {
                const auto place = after - looked_.indices.begin();
                ImageSlice slice = read_slice(*stack_.slices[index]);
                looked_.maps.insert(looked_.maps.begin() + place, model_.look_at(slice));
                looked_.slices.insert(looked_.slices.begin() + place, std::move(slice));
                looked_.indices.insert(after, index);
            }
        }
    }

    [[nodiscard]] const Looked& looked() const { return looked_; }

  private:
    const Stack& stack_;
    VertebraModel& model_;
    std::vector<double> places_mm_;
    double middle_mm_ = 0;
    Looked looked_;
};

bool is_seen(const ClassShares& shares) {
    return std::ranges::any_of(shares, [](double share) { return share > 0; });
}

// Whether some body between the ends of the chain, which are often cut, is missing on the outer two
// slices of one side, but seen on those of the other.
bool leaves_toward(const std::vector<VertebralBody>& bodies, bool last) {
    for (std::size_t i = 1; i + 1 < bodies.size(); ++i) {
        const std::vector<ClassShares>& slices = bodies[i].by_slice;
        if (slices.size() < 4) {
            return false;
        }
        const bool on_first = is_seen(slices.front()) || is_seen(slices[1]);
        const bool on_last = is_seen(slices.back()) || is_seen(slices[slices.size() - 2]);
        if (last ? on_last && !on_first : on_first && !on_last) {
            return true;
        }
    }
    return false;
}

SpineView view_of(const ClassifiedStack& sagittal, VertebraModel& model) {
    Looker looker(sagittal.stack, model);
    looker.look(-kMiddleSteps, kMiddleSteps);
    const std::vector<VertebralBody> bodies = find_bodies(looker.looked().maps);
    // Where the spine leaves the middle, two steps more on that side.
    if (leaves_toward(bodies, true)) {
        looker.look(kMiddleSteps + 1, kMiddleSteps + 2);
    }
    if (leaves_toward(bodies, false)) {
        looker.look(-kMiddleSteps - 2, -kMiddleSteps - 1);
    }
    const Looked& looked = looker.looked();
    SpineView view{.series_uid = sagittal.series->series_uid,
                   .is_known_t2 = sagittal.classification.kind == SeriesKind::sagittal_t2,
                   .frame_of_reference_uid = sagittal.series->frame_of_reference_uid,
                   .spine = find_vertebrae(looked.maps),
                   .model = model.description(),
                   .slices_read = static_cast<int>(looked.maps.size())};
    const std::size_t middle = looked.maps.size() / 2;
    view.slice = looked.slices[middle];
    view.body_probability = body_probability(looked.maps[middle]);
    return view;
}

}  // namespace

std::optional<SpineView> find_spine(const ClassifiedStudy& study, VertebraModel& model) {
    std::optional<SpineView> best;
    for (const ClassifiedStack* const sagittal : sagittal_stacks(study)) {
        SpineView view = within("series " + sagittal->series->series_uid,
                                [&] { return view_of(*sagittal, model); });
        const bool is_certain = !view.spine.vertebrae.empty() && view.spine.doubts.empty();
        if (is_certain || !best || best->spine.vertebrae.empty()) {
            best = std::move(view);
        }
        if (is_certain) {
            break;
        }
    }
    return best;
}

}  // namespace paraspinal
