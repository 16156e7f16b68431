// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/study_images.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "io/find_studies.h"
#include "io/read_file.h"
#include "io/study_folder.h"
#include "pipeline/batch/study_record.h"
#include "pipeline/study/level/find_level.h"
#include "pipeline/study/models.h"
#include "pipeline/study/study_result.h"
#include "segmentation/give_back.h"

#include <algorithm>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

ImageFrame frame_of(const ImageSlice& slice) {
    return {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()};
}

// Where a place in the patient lies on the picture as it is displayed.
class Display {
  public:
    explicit Display(const ImageSlice& sagittal)
        : frame_(turned(frame_of(sagittal), sagittal_display(sagittal.plane))) {}

    [[nodiscard]] PixelPosition at(const Vec3& place_mm) const {
        return pixel_from_patient(frame_.plane, frame_.spacing, place_mm);
    }
    [[nodiscard]] std::optional<std::array<PixelPosition, 2>> line_of(
        const SliceHeader& slice) const {
        const auto cut = crossing(
            {.plane = *slice.plane, .spacing = *slice.spacing, .size = slice.size}, frame_.plane);
        return cut ? std::optional(std::array{at(cut->from_mm), at(cut->to_mm)}) : std::nullopt;
    }

  private:
    ImageFrame frame_;
};

const Vertebra* vertebra_of(const SpineView& view, const std::string& level) {
    const auto found = std::ranges::find(view.spine.vertebrae, level, &Vertebra::name);
    return found == view.spine.vertebrae.end() ? nullptr : &*found;
}

double height_mm(const SliceHeader& slice) {
    const PixelPosition middle{.row = slice.size.rows / 2.0, .col = slice.size.cols / 2.0};
    return patient_from_pixel(*slice.plane, *slice.spacing, middle).z;
}

// What `task` makes of the networks, which are loaded for it alone. In a thread that ends with it,
// as oneDNN keeps memory for each thread that has used it.
template <typename Task>
auto with_models(const Task& task) {
    std::packaged_task<decltype(task(std::declval<Models&>()))()> packaged([&task] {
        Models models;
        return task(models);
    });
    auto result = packaged.get_future();
    std::thread(std::move(packaged)).join();
    give_back_freed();
    return result.get();
}

// What a study with `record` was measured from.
StudyFiles received_files(const fs::path& folder, const std::string& record) {
    const std::string flags = parse_record(record).measurement.get("qc_flags");
    const auto text_of = [&flags](Flag flag) {
        return names_flag(flags, flag) ? "what cannot be of one person" : "";
    };
    StudyFiles study{
        .files = {},
        .contradictions = {.patient_id = text_of(Flag::patient_id_contradiction),
                           .accession_number = text_of(Flag::accession_number_contradiction)}};
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        study.files.push_back(entry.path());
    }
    return study;
}

}  // namespace

StudyFiles files_of_study(const fs::path& run, const std::string& study_uid) {
    const fs::path ledger = run / "ledger.sqlite";
    if (!fs::is_regular_file(ledger)) {
        throw Error(ErrorCode::input_not_found,
                    "only a run of 'batch' or 'listen' remembers the images of its studies; "
                    "'measure --slice' measures another slice");
    }
    try {
        const Ledger opened(ledger, Ledger::Access::read);
        return files_by_ledger(opened, opened.contradictions(), study_uid);
    } catch (const Error& error) {
        const fs::path received =
            study_folder_in(run / "incoming", parse_study_key(study_uid).study_uid);
        if (error.code() != ErrorCode::ledger_in_use || !fs::is_directory(received)) {
            throw;
        }
        return received_files(received, read_file(record_path(run, study_uid)).value_or(""));
    }
}

StudyFiles files_by_ledger(const Ledger& ledger,
                           const ContradictionsByStudy& contradictions,
                           const std::string& study_uid) {
    StudyFiles study{.files = {}, .contradictions = contradictions_of(contradictions, study_uid)};
    for (const LedgerFile& file : ledger.files_of(study_uid)) {
        study.files.push_back(file.path);
    }
    return study;
}

SliceHeader header_of(const std::string& study_uid, const fs::path& file, const std::string& uid) {
    for (const Series& series : read_study(study_uid, {file}).series) {
        for (const SliceHeader& slice : series.slices) {
            if (slice_uid(slice) == uid) {
                return slice;
            }
        }
    }
    throw Error(ErrorCode::slice_not_found, "the file of the measured image holds another one now");
}

const Study& StudyImages::study(const std::string& study_uid) {
    if (study_uid_ != study_uid) {
        const auto& [files, contradictions] = files_of_(study_uid);
        if (files.empty() || !fs::exists(files.front())) {
            throw Error(
                ErrorCode::input_not_found,
                "the images of this study are no longer where they were when it was measured");
        }
        study_ = read_study(study_uid, files);
        study_.contradictions = contradictions;
        study_uid_ = study_uid;
    }
    return study_;
}

SliceChoices StudyImages::choices(const std::string& study_uid, const AnalyzeOptions& options) {
    const std::scoped_lock guard(mutex_);
    const Study& whole = study(study_uid);
    const PreparedStudy prepared =
        with_models([&](Models& models) { return prepare_study(whole, options, models); });
    std::vector<ChosenSlice> slices = every_axial_slice(prepared.classified, prepared.request);
    std::ranges::stable_sort(
        slices, std::greater(), [](const ChosenSlice& one) { return height_mm(*one.slice); });
    SliceChoices choices;
    std::optional<Display> display;
    const Vertebra* level = nullptr;
    if (prepared.spine) {
        choices.sagittal = prepared.spine->slice;
        display.emplace(prepared.spine->slice);
        level = vertebra_of(*prepared.spine, options.slice.level);
        for (const Vertebra& vertebra : prepared.spine->spine.vertebrae) {
            choices.vertebrae.push_back(
                {.name = vertebra.name(), .center = display->at(vertebra.place.center_mm)});
        }
    }
    for (const ChosenSlice& one : slices) {
        AxialPlace place{.slice_uid = slice_uid(*one.slice),
                         .series_number = one.series->series_number,
                         .instance_number = one.slice->instance_number};
        if (display) {
            place.line = display->line_of(*one.slice);
        }
        if (level != nullptr && level->inferior_endplate) {
            place.offset_mm =
                position_of(*one.slice->plane, level->inferior_endplate->plane).offset_mm;
        }
        choices.axial.push_back(std::move(place));
    }
    return choices;
}

StudyReport StudyImages::measure(const std::string& study_uid, const AnalyzeOptions& options) {
    const std::scoped_lock guard(mutex_);
    const Study& whole = study(study_uid);
    StudyResult result =
        with_models([&](Models& models) { return study_result(whole, options, models); });
    if (const auto* const failure = std::get_if<StudyFailure>(&result.outcome)) {
        throw Error(failure->code, failure->cause.empty() ? failure->message : failure->cause);
    }
    return std::get<StudyReport>(std::move(result.outcome));
}

}  // namespace paraspinal
