// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_pictures.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/follow/pair_picture.h"
#include "pipeline/follow/pair_words.h"
#include "pipeline/follow/trend_chart.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/review/stored_study.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Nothing where the run did not keep them; what it keeps and cannot be read is told in `missing`.
std::optional<PicturedSlice> pictured(const Examination& one,
                                      const std::string& title,
                                      std::vector<std::string>& missing) {
    if (one.folder.empty() || !fs::exists(one.folder / "image.nii.gz")) {
        return std::nullopt;
    }
    try {
        StoredStudy study = read_stored_study(one.folder, one.row.get("study_uid"));
        if (!one.labels.empty()) {
            study.outlines.labels = read_stored_labels(one.labels, study.slice.intensity.size());
        }
        return PicturedSlice{.title = title + ": study " + one.folder.filename().string(),
                             .slice = std::move(study.slice),
                             .labels = std::move(study.outlines.labels)};
    } catch (const Error& error) {
        missing.push_back("no picture of the slice in " + one.folder.string() + ": " +
                          error.message());
        return std::nullopt;
    }
}

std::string line_of(const Change& change) {
    const Unit& unit = change.quantity->unit;
    const auto text = [&unit](double value) { return fixed_text(value, unit.shown_decimals); };
    const double low = *change.difference - *change.smallest_real_change;
    const double high = *change.difference + *change.smallest_real_change;
    return std::string(change.quantity->symbol) + " " + text(*change.from) + " to " +
           text(*change.to) + " " + std::string(unit.text) + ": change " +
           text(*change.difference) + " [" + text(low) + ", " + text(high) + "], " +
           std::string(verdict_words(change.verdict));
}

std::vector<std::string> lines_of(const ExaminationPair& pair) {
    std::vector<std::string> lines;
    for (const Change& change : pair.changes) {
        if (change.quantity->symbol.empty()) {
            continue;
        }
        if (change.difference) {
            lines.push_back(line_of(change));
        } else if (change.verdict == Verdict::not_comparable) {
            lines.push_back(std::string(change.quantity->symbol) + ": not comparable");
        }
    }
    if (const auto unlisted = unlisted_changes(pair); !unlisted.empty()) {
        lines.push_back("Not listed, beyond measuring error: " + std::to_string(unlisted.size()) +
                        " rows of follow_up.csv");
    }
    if (pair.slices.matching != "as_measured") {
        const bool is_left = pair.slices.matching == "from_interpolated";
        const auto place = [](const NamedCells& row) {
            return row.get("slice_offset_mm") + " mm above the endplate";
        };
        const NamedCells& shown = is_left ? pair.slices.from : pair.slices.to;
        const NamedCells& other = is_left ? pair.slices.to : pair.slices.from;
        lines.push_back("Numbers of the " + std::string(is_left ? "left" : "right") +
                        " examination are interpolated " + place(other) +
                        ", as the other slice "
                        "lies; the one that is shown lies at " +
                        place(shown) + ".");
    }
    if (!pair.flags.empty()) {
        lines.push_back("flags: " + flag_names(pair, ", "));
    }
    lines.emplace_back(kResearchNotice);
    return lines;
}

void write_picture(const fs::path& folder,
                   const FollowUp& result,
                   ExaminationPair& pair,
                   std::vector<std::string>& missing) {
    const Examination& from = result.examinations[pair.from];
    const Examination& to = result.examinations[pair.to];
    std::string after = "later";
    if (pair.years) {
        after = span_text(*pair.years) + " later";
    }
    std::optional<PicturedSlice> first = pictured(from, "before", missing);
    std::optional<PicturedSlice> second = pictured(to, after, missing);
    if (first && second) {
        pair.picture = "pictures/" + from.folder.filename().string() + "_" +
                       to.folder.filename().string() + ".png";
        make_output_folder(folder / "pictures");
        write_file(folder / pair.picture,
                   pair_png({std::move(*first), std::move(*second)}, lines_of(pair)));
    }
}

// Pictures of an earlier call, told by their names, would be taken for some of this one.
void remove_earlier(const fs::path& folder, const std::string& extension) {
    std::error_code failure;
    std::vector<fs::path> earlier;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
        const bool is_ours = entry.path().extension() == extension &&
                             entry.path().stem().string().find_first_not_of("0123456789abcdef_") ==
                                 std::string::npos;
        if (is_ours && entry.is_regular_file(failure)) {
            earlier.push_back(entry.path());
        }
    }
    for (const fs::path& file : earlier) {
        fs::remove(file, failure);
    }
}

}  // namespace

std::vector<std::string> write_follow_pictures(const fs::path& folder, FollowUp& result) {
    std::vector<std::string> missing;
    remove_earlier(folder / "pictures", ".png");
    remove_earlier(folder / "trends", ".svg");
    std::vector<std::size_t> of_patient;
    for (ExaminationPair& pair : result.pairs) {
        write_picture(folder, result, pair, missing);
        if (pair.kind == "consecutive") {
            if (of_patient.empty() || of_patient.back() != pair.from) {
                of_patient = {pair.from};
            }
            of_patient.push_back(pair.to);
        } else if (pair.kind == "first_last") {
            const std::string name = result.examinations[pair.from].folder.filename().string();
            if (!name.empty()) {
                make_output_folder(folder / "trends");
                write_file(folder / "trends" / (name + ".svg"), trend_svg(result, of_patient));
            }
        }
    }
    std::ranges::sort(missing);
    const auto repeated = std::ranges::unique(missing);
    missing.erase(repeated.begin(), repeated.end());
    return missing;
}

}  // namespace paraspinal
