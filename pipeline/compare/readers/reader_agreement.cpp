// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/reader_agreement.h"

#include "core/error.h"
#include "core/structure.h"
#include "core/text.h"
#include "pipeline/compare/compared_columns.h"
#include "pipeline/compare/labels/agree_labels.h"
#include "pipeline/compare/labels/label_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// Of each structure, in muscles.csv.
constexpr std::array<std::string_view, 2> kOfStructure{"area_cm2", "fdr_pct"};

double number_in(const NamedCells& cells, std::string_view column) {
    return parse_number(cells.get(column)).value_or(kMissing);
}

bool has_any(const RatedColumn& column) {
    return std::ranges::any_of(column.ratings, [](const std::vector<double>& ratings) {
        return std::ranges::any_of(ratings, [](double value) { return value == value; });
    });
}

using Subjects = std::vector<const ReadStudy*>;

void add_sums(const Subjects& subjects, TableAgreement& result) {
    for (const std::string_view name : kComparedQuantities) {
        RatedColumn column{.column = std::string(name)};
        for (std::size_t reader = 0; reader < result.raters.size(); ++reader) {
            std::vector<double>& ratings = column.ratings.emplace_back();
            for (const ReadStudy* const study : subjects) {
                ratings.push_back(number_in(study->views[reader].measurement, name));
            }
        }
        if (has_any(column)) {
            add_column(std::move(column), result);
        }
    }
}

// Empty: no numbers.
std::string slice_of(const ReaderView& view) {
    return view.has_numbers ? view.measurement.get("sop_instance_uid") : "";
}

// nullopt: all numbers are of one slice.
std::optional<OtherSlices> other_slices(const ReadStudy& study) {
    OtherSlices slices{.study_uid = study.study_uid, .slices = {}};
    std::set<std::string> different;
    for (const ReaderView& view : study.views) {
        slices.slices.push_back(slice_of(view));
        different.insert(slices.slices.back());
    }
    different.erase("");
    return different.size() > 1 ? std::optional(std::move(slices)) : std::nullopt;
}

double number_of(const ReaderView& view, Structure structure, std::string_view column) {
    for (const NamedCells& row : view.muscles) {
        if (row.get("structure") == structure_name(structure) &&
            row.get("side") == side_name(structure)) {
            return number_in(row, column);
        }
    }
    return kMissing;
}

void add_structures(const Subjects& subjects, TableAgreement& result) {
    for (const Structure structure : kStructures) {
        for (const std::string_view name : kOfStructure) {
            RatedColumn column{.column = std::string(name),
                               .group = with_spaces(label_name(structure))};
            for (std::size_t reader = 0; reader < result.raters.size(); ++reader) {
                std::vector<double>& ratings = column.ratings.emplace_back();
                for (const ReadStudy* const study : subjects) {
                    ratings.push_back(number_of(study->views[reader], structure, name));
                }
            }
            if (has_any(column)) {
                add_column(std::move(column), result);
            }
        }
    }
}

bool was_drawn(const Region& region, const ReaderView& view) {
    return std::ranges::any_of(region.structures, [&](Structure structure) {
        return std::ranges::find(view.touched, label_name(structure)) != view.touched.end();
    });
}

void add_outlines(const ReadStudy& study,
                  const std::string& raters,
                  const ReaderView& first,
                  const ReaderView& second,
                  std::vector<ReaderOverlap>& outlines) {
    const LabelTable labels = default_label_table();
    const std::vector<Region> regions = regions_of(structures_of(labels));
    const std::vector<LabelAgreement> rows = within(
        "study " + study.study_uid, [&] { return agree_labels(first.labels, second.labels); });
    for (const LabelAgreement& row : rows) {
        const auto region = std::ranges::find(regions, row.region, &Region::name);
        if (was_drawn(*region, first) || was_drawn(*region, second)) {
            outlines.push_back({.raters = raters,
                                .study_uid = study.study_uid,
                                .region = row.region,
                                .overlap = row.overlap});
        }
    }
}

std::vector<std::string> uids_of(const std::vector<OtherSlices>& studies) {
    std::vector<std::string> uids;
    std::ranges::transform(studies, std::back_inserter(uids), &OtherSlices::study_uid);
    return uids;
}

void add_pair(const std::vector<ReadStudy>& studies,
              const std::string& raters,
              std::pair<std::size_t, std::size_t> pair,
              ReaderAgreement& result) {
    SharedOutlines shared{.raters = raters};
    for (const ReadStudy& study : studies) {
        const ReaderView& first = study.views[pair.first];
        const ReaderView& second = study.views[pair.second];
        if (!first.has_numbers || !second.has_numbers || slice_of(first) != slice_of(second)) {
            continue;
        }
        ++shared.studies;
        if (first.touched.empty() && second.touched.empty()) {
            ++shared.shared;
        } else {
            add_outlines(study, raters, first, second, result.outlines);
        }
    }
    result.shared.push_back(shared);
}

}  // namespace

ReaderAgreement agree_readers(const std::filesystem::path& folder,
                              const std::vector<std::string>& readers) {
    const std::vector<ReadStudy> studies = read_views(folder, readers);
    ReaderAgreement result{.counts = count_decisions(studies, readers),
                           .decisions = agree_decisions(studies, readers),
                           .numbers = {.key = {"study_uid"}, .raters = readers}};
    Subjects subjects;
    std::size_t outdated = 0;
    for (const ReadStudy& study : studies) {
        if (std::optional<OtherSlices> other = other_slices(study)) {
            result.other_slices.push_back(std::move(*other));
        } else if (std::ranges::all_of(study.views, &ReaderView::has_numbers)) {
            subjects.push_back(&study);
        } else if (std::ranges::any_of(study.views, &ReaderView::is_outdated)) {
            ++outdated;
        }
    }
    if (outdated > 0) {
        result.numbers.notes.push_back(
            std::to_string(outdated) +
            " studies left out: they were measured again, otherwise, since they were read");
    }
    if (!result.other_slices.empty()) {
        result.numbers.notes.push_back(std::to_string(result.other_slices.size()) +
                                       " studies left out: not all read the same slice (" +
                                       joined(uids_of(result.other_slices), ", ") + ")");
    }
    if (subjects.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "no study has numbers of all of " + joined(readers, ", ") +
                        " on one slice: each must have accepted or corrected it" +
                        (result.numbers.notes.empty() ? "" : "; ") +
                        joined(result.numbers.notes, "; "));
    }
    result.numbers.joined = static_cast<std::int64_t>(subjects.size());
    add_sums(subjects, result.numbers);
    add_structures(subjects, result.numbers);
    for (std::size_t i = 0; i < readers.size(); ++i) {
        for (std::size_t j = i + 1; j < readers.size(); ++j) {
            add_pair(studies, readers[i] + " - " + readers[j], {i, j}, result);
        }
    }
    return result;
}

}  // namespace paraspinal
