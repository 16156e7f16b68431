// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "core/slice.h"
#include "io/ledger/ledger.h"
#include "pipeline/study/analyze_study.h"

#include <array>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// A slice that may be measured instead of the one that was.
struct AxialPlace {
    std::string slice_uid;
    int series_number = 0;
    int instance_number = 0;
    std::optional<double> offset_mm;  ///< SlicePosition::offset_mm against the level asked for.
    /// Where it cuts the sagittal picture, in pixels of its display, from end to end.
    std::optional<std::array<PixelPosition, 2>> line;
};

/// A vertebra on the sagittal picture.
struct NamedPlace {
    std::string name;
    PixelPosition center;  ///< In pixels of the display.
};

/// All axial slices of a study, and the sagittal picture that shows where they lie.
struct SliceChoices {
    std::optional<ImageSlice> sagittal;  ///< nullopt: the study has none.
    std::vector<NamedPlace> vertebrae;
    std::vector<AxialPlace> axial;  ///< From head to feet.
};

/// Which slice of a study is meant: as the operator's words in SliceRequest; without any, the one
/// that the run measured.
struct SliceChoice {
    std::string slice_uid;  ///< Empty: not named.
    int level_offset = 0;
    [[nodiscard]] bool is_of_run() const { return slice_uid.empty() && level_offset == 0; }
    friend bool operator==(const SliceChoice&, const SliceChoice&) = default;
};

/// The header of the image `uid` (slice_uid) in `file`, for objects that take over its patient and
/// study. Throws Error slice_not_found, and as read_study.
SliceHeader header_of(const std::string& study_uid,
                      const std::filesystem::path& file,
                      const std::string& uid);

/// What a study is read from.
struct StudyFiles {
    std::vector<std::filesystem::path> files;
    KeyContradictions contradictions{};  ///< As Study::contradictions.
};

/// By the ledger of `run`, opened for each question; of a node, which keeps it locked while it
/// runs, by the folder of the received files and the record of the study. Throws Error
/// input_not_found where the run has none, and as Ledger.
StudyFiles files_of_study(const std::filesystem::path& run, const std::string& study_uid);

/// The same by one that is open, and has these contradictions.
StudyFiles files_by_ledger(const Ledger& ledger,
                           const ContradictionsByStudy& contradictions,
                           const std::string& study_uid);

/// The images behind a run, so that another slice of a study can be measured. The networks are
/// loaded while they are needed, as a server stands idle for most of its time. Safe for several
/// threads, one of which works at a time.
class StudyImages {
  public:
    /// Tells the files of a study_key.
    using FilesOf = std::function<StudyFiles(const std::string&)>;
    explicit StudyImages(FilesOf files_of) : files_of_(std::move(files_of)) {}

    /// Throw Error input_not_found where the images are gone, as FilesOf, and whatever keeps the
    /// study from being measured with `options`; study_uid is a study_key.
    SliceChoices choices(const std::string& study_uid, const AnalyzeOptions& options);
    StudyReport measure(const std::string& study_uid, const AnalyzeOptions& options);

  private:
    const Study& study(const std::string& study_uid);

    FilesOf files_of_;
    std::mutex mutex_;       // Of all that follows.
    std::string study_uid_;  // Of `study_`, the last one asked for.
    Study study_;
};

}  // namespace paraspinal
