// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_studies.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/scan.h"
#include "io/file_scan.h"
#include "io/find_files.h"
#include "io/nifti/scan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

bool is_same_instance(const SliceHeader& a, const SliceHeader& b) {
    return a.instance_number == b.instance_number && a.frames_in_file == b.frames_in_file &&
           a.size == b.size && a.plane == b.plane;
}

void sort_by_place_in_series(std::vector<SliceHeader>& slices) {
    std::sort(slices.begin(), slices.end(), [](const SliceHeader& a, const SliceHeader& b) {
        return std::tie(a.instance_number, a.sop_instance_uid, a.frame) <
               std::tie(b.instance_number, b.sop_instance_uid, b.frame);
    });
}

// Gathers the scans of files, which come in path order, into studies and series.
class Gathering {
  public:
    void add(FileScan scan) {
        std::move(scan.skipped.begin(), scan.skipped.end(), std::back_inserter(index_.skipped));
        if (scan.study) {
            add_instance(std::move(*scan.study));
        }
    }

    StudyIndex take() {
        for (auto& [study_uid, known] : studies_) {
            for (auto& [series_uid, series] : known.series) {
                sort_by_place_in_series(series.slices);
                known.study.series.push_back(std::move(series));
            }
            std::stable_sort(
                known.study.series.begin(),
                known.study.series.end(),
                [](const Series& a, const Series& b) { return a.series_number < b.series_number; });
            index_.studies.push_back(std::move(known.study));
        }
        std::stable_sort(
            index_.skipped.begin(),
            index_.skipped.end(),
            [](const SkippedFile& a, const SkippedFile& b) { return a.file < b.file; });
        return std::move(index_);
    }

  private:
    struct KnownStudy {
        Study study;
        std::map<std::string, Series> series;
    };

    // `instance` is a study of one series that holds the slices of one file.
    void add_instance(Study instance) {
        Series series = std::move(instance.series.front());
        instance.series.clear();
        const SliceHeader first = series.slices.front();
        const auto [same_uid, is_first] = instances_.try_emplace(first.sop_instance_uid, first);
        if (!is_first) {
            if (is_same_instance(same_uid->second, first)) {
                ++index_.duplicate_instances;
            } else {
                skip(first, instance.study_uid, "has the SOP instance UID of a different image");
            }
            return;
        }
        KnownStudy& known = studies_[instance.study_uid];
        if (known.series.empty()) {
            known.study = instance;
        }
        if (known.study.patient.id != instance.patient.id) {
            skip(
                first, instance.study_uid, "belongs to another patient than the rest of its study");
            return;
        }
        std::vector<SliceHeader> slices = std::exchange(series.slices, {});
        const std::string series_uid = series.series_uid;
        Series& kept = known.series.try_emplace(series_uid, std::move(series)).first->second;
        std::move(slices.begin(), slices.end(), std::back_inserter(kept.slices));
    }

    void skip(const SliceHeader& slice, const std::string& study_uid, std::string reason) {
        index_.skipped.push_back({.file = slice.file,
                                  .code = ErrorCode::malformed_file,
                                  .reason = std::move(reason),
                                  .study_uid = study_uid});
    }

    StudyIndex index_;
    std::map<std::string, KnownStudy> studies_;     // By study UID.
    std::map<std::string, SliceHeader> instances_;  // By SOP instance UID; first slice of each.
};

// A NIfTI file has no UIDs. Its name stands for them, or its path where names repeat.
class NiftiNames {
  public:
    explicit NiftiNames(const std::vector<fs::path>& files) {
        for (const fs::path& file : files) {
            ++times_seen_[file.filename().string()];
        }
    }

    [[nodiscard]] std::string study_uid(const fs::path& file) const {
        const std::string name = file.filename().string();
        return "nifti." + short_hash(times_seen_.at(name) == 1 ? name : file.string());
    }

  private:
    std::map<std::string, int> times_seen_;
};

// A file that cannot be read is a finding, not a failure of the search.
FileScan scan_file(const fs::path& file, const std::string& nifti_study_uid) {
    try {
        return has_nifti_name(file) ? scan_nifti(file, nifti_study_uid) : scan_dicom(file);
    } catch (const Error& error) {
        FileScan scan;
        scan.skipped.push_back(
            {.file = file, .code = error.code(), .reason = error.message(), .study_uid = {}});
        return scan;
    }
}

// "3 secondary capture, 1 not a DICOM or NIfTI file"
std::string summary_of(const std::vector<SkippedFile>& skipped) {
    std::map<std::string, int> count_of_reason;
    for (const SkippedFile& file : skipped) {
        ++count_of_reason[file.reason];
    }
    std::string text;
    for (const auto& [reason, count] : count_of_reason) {
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + reason;
    }
    return text;
}

}  // namespace

StudyIndex find_studies(const std::vector<fs::path>& paths) {
    FoundFiles found = find_files(paths);
    const NiftiNames names(found.files);
    Gathering gathering;
    gathering.add({.study = std::nullopt, .skipped = std::move(found.skipped)});
    for (const fs::path& file : found.files) {
        gathering.add(scan_file(file, has_nifti_name(file) ? names.study_uid(file) : ""));
    }
    StudyIndex index = gathering.take();
    if (index.studies.empty()) {
        throw Error(
            ErrorCode::no_images_found,
            index.skipped.empty()
                ? "there is no file below the given paths; name a folder of MR images"
                : "there is no MR image below the given paths, only: " + summary_of(index.skipped));
    }
    return index;
}

Study read_study(const std::string& study_uid, const std::vector<fs::path>& files) {
    std::vector<fs::path> sorted = files;
    std::sort(sorted.begin(), sorted.end());
    Gathering gathering;
    for (const fs::path& file : sorted) {
        gathering.add(scan_file(file, study_uid));
    }
    StudyIndex index = gathering.take();
    for (const SkippedFile& file : index.skipped) {
        if (file.code == ErrorCode::unreadable_file) {
            // Measured without it, another slice could pass for the right one.
            throw Error(file.code,
                        "file " + file.file.string() + ": " + file.reason + "; then run it again");
        }
    }
    for (Study& study : index.studies) {
        if (study.study_uid == study_uid) {
            return std::move(study);
        }
    }
    throw Error(ErrorCode::no_images_found,
                "there is no MR image in this study, only: " + summary_of(index.skipped));
}

}  // namespace paraspinal
