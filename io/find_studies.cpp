// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_studies.h"

#include "core/error.h"
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "io/crash_guard.h"
#include "io/dicom/scan.h"
#include "io/file_scan.h"
#include "io/find_files.h"
#include "io/nifti/scan.h"
#include "io/same_bytes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

void sort_by_place_in_series(std::vector<SliceHeader>& slices) {
    std::sort(slices.begin(), slices.end(), [](const SliceHeader& a, const SliceHeader& b) {
        return std::tie(a.instance_number, a.sop_instance_uid, a.file, a.frame) <
               std::tie(b.instance_number, b.sop_instance_uid, b.file, b.frame);
    });
}

// An instance is known by its UIDs and its bytes: what repeats both is dropped, what repeats the
// UIDs alone is another image. Returns the number of files dropped; the first path stays.
std::int64_t drop_duplicates(std::vector<SliceHeader>& slices) {
    std::map<std::string, std::vector<fs::path>> files_of;  // By SOP instance UID.
    for (const SliceHeader& slice : slices) {
        if (slice.frame == 0) {
            files_of[slice.sop_instance_uid].push_back(slice.file);
        }
    }
    std::set<fs::path> dropped;
    for (auto& [uid, files] : files_of) {
        std::sort(files.begin(), files.end());
        std::vector<fs::path> kept;
        for (const fs::path& file : files) {
            const bool is_known = std::any_of(kept.begin(), kept.end(), [&file](const auto& other) {
                return have_same_bytes(other, file);
            });
            is_known ? static_cast<void>(dropped.insert(file)) : kept.push_back(file);
        }
    }
    std::erase_if(slices,
                  [&dropped](const SliceHeader& slice) { return dropped.contains(slice.file); });
    return static_cast<std::int64_t>(dropped.size());
}

void fill(std::string& text, const std::string& more) {
    text = text.empty() ? more : text;
}

// Gathers the scans of files, which come in path order, into studies and series.
class Gathering {
  public:
    void add(FileScan scan) {
        std::move(scan.skipped.begin(), scan.skipped.end(), std::back_inserter(index_.skipped));
        if (scan.study) {
            add_file(std::move(*scan.study));
        }
    }

    StudyIndex take() {
        for (auto& [study_uid, people] : studies_) {
            take_study(people);
        }
        tell_keys_of_several_people();
        std::stable_sort(
            index_.skipped.begin(),
            index_.skipped.end(),
            [](const SkippedFile& a, const SkippedFile& b) { return a.file < b.file; });
        return std::move(index_);
    }

  private:
    struct Part {
        Study study;
        std::map<std::string, Series> series;
    };
    using People = std::map<std::string, Part>;  // By person_text.

    // Takes the slices of `more` to `part`, which belongs to the same person.
    static void join(Part& part, Part more) {
        Study& study = part.study;
        if (study.study_uid.empty()) {
            study = more.study;
        } else {
            fill(study.patient.id, more.study.patient.id);
            fill(study.patient.sex, more.study.patient.sex);
            fill(study.study_date, more.study.study_date);
            fill(study.accession_number, more.study.accession_number);
            if (!study.patient.age_years) {
                study.patient.age_years = more.study.patient.age_years;
            }
            std::move(more.study.left_out.begin(),
                      more.study.left_out.end(),
                      std::back_inserter(study.left_out));
        }
        for (auto& [series_uid, series] : more.series) {
            std::vector<SliceHeader> slices = std::exchange(series.slices, {});
            Series& kept = part.series.try_emplace(series_uid, std::move(series)).first->second;
            std::move(slices.begin(), slices.end(), std::back_inserter(kept.slices));
        }
    }

    // `file` is a study of one series that holds the slices of one file, or of none.
    void add_file(Study file) {
        const std::string person = person_text(file.patient, file.study_date);
        Part part;
        for (Series& series : file.series) {
            part.series.try_emplace(series.series_uid, std::move(series));
        }
        file.series.clear();
        part.study = std::move(file);
        People& people = studies_[part.study.study_uid];
        join(people[person], std::move(part));
    }

    void take_study(People& people) {
        std::vector<std::string> persons;
        for (const auto& [person, part] : people) {
            persons.push_back(person);
        }
        const std::vector<std::string> groups = group_persons(persons);
        std::map<std::string, Part> part_of_group;
        for (std::size_t i = 0; i < persons.size(); ++i) {
            join(part_of_group[groups[i]], std::move(people[persons[i]]));
        }
        for (auto& [group, part] : part_of_group) {
            part.study.patient_group = group;
            for (auto& [series_uid, series] : part.series) {
                index_.duplicate_instances += drop_duplicates(series.slices);
                sort_by_place_in_series(series.slices);
                part.study.series.push_back(std::move(series));
            }
            std::stable_sort(
                part.study.series.begin(),
                part.study.series.end(),
                [](const Series& a, const Series& b) { return a.series_number < b.series_number; });
            index_.studies.push_back(std::move(part.study));
        }
    }

    void tell_keys_of_several_people() {
        std::vector<StatedPerson> stated;
        const auto state = [&stated](const Study& study, const auto& said) {
            StatedPerson one{.study = study_key(study.study_uid, study.patient_group),
                             .accession_number = said.accession_number,
                             .person = person_text(said.patient, said.study_date)};
            if (stated.empty() || stated.back() != one) {
                stated.push_back(std::move(one));
            }
        };
        for (const Study& study : index_.studies) {
            state(study, study);
            for (const Series& series : study.series) {
                for (const SliceHeader& slice : series.slices) {
                    state(study, slice);
                }
            }
        }
        const ContradictionsByStudy found = contradictions_by_study(stated);
        for (Study& study : index_.studies) {
            study.contradictions =
                contradictions_of(found, study_key(study.study_uid, study.patient_group));
        }
    }

    StudyIndex index_;
    std::map<std::string, People> studies_;  // By study UID.
};

// What the NIfTI study of `file` is called where the study `wanted` is looked for.
std::string nifti_uid(const fs::path& file, const std::string& wanted) {
    return wanted == old_nifti_study_uid(file) ? wanted : nifti_study_uid(file);
}

// A file that cannot be read is a finding, not a failure of the search. A NIfTI file is a study by
// itself, read or not.
FileScan scan_file(const fs::path& file, const std::string& wanted = {}) {
    const bool is_nifti = has_nifti_name(file);
    try {
        if (died_of("file " + file.string())) {
            throw Error(ErrorCode::crashed,
                        "the program crashed while it read this file; please report it");
        }
        if (is_nifti) {
            refuse_own_result(file);
        }
        return is_nifti ? scan_nifti(file, nifti_uid(file, wanted)) : scan_dicom(file);
    } catch (const Error& error) {
        FileScan scan;
        scan.skipped.push_back(
            {.file = file, .code = error.code(), .reason = error.message(), .study_uid = {}});
        if (is_nifti) {
            scan.skipped.back().study_uid = nifti_uid(file, wanted);
            scan.study = Study{.study_uid = scan.skipped.back().study_uid,
                               .patient_group = {},
                               .study_date = {},
                               .accession_number = {},
                               .patient = {},
                               .series = {},
                               .left_out = scan.skipped};
        }
        return scan;
    }
}

// Images that cannot be read are a failure of their study, alone as beside others.
bool holds_images(const Study& study) {
    return !study.series.empty() ||
           std::ranges::any_of(study.left_out, [](const SkippedFile& file) {
               return file.code != ErrorCode::not_an_image;
           });
}

}  // namespace

std::string reasons_text(const std::vector<SkippedFile>& files) {
    constexpr std::size_t kListed = 5;
    std::map<std::string, int> count_of_reason;
    for (const SkippedFile& file : files) {
        ++count_of_reason[file.reason];
    }
    std::string text;
    std::size_t listed = 0;
    for (const auto& [reason, count] : count_of_reason) {
        if (++listed > kListed) {
            return text + "; and " + std::to_string(count_of_reason.size() - kListed) +
                   " other reasons";
        }
        text += (text.empty() ? "" : "; ") + std::to_string(count) + " " + reason;
    }
    return text;
}

StudyIndex find_studies(const std::vector<fs::path>& paths) {
    FoundFiles found = find_files(paths);
    Gathering gathering;
    gathering.add({.study = std::nullopt, .skipped = std::move(found.skipped)});
    for (const fs::path& file : found.files) {
        gathering.add(scan_file(file));
    }
    StudyIndex index = gathering.take();
    if (std::ranges::none_of(index.studies, holds_images)) {
        throw Error(ErrorCode::no_images_found,
                    index.skipped.empty()
                        ? "there is no file below the given paths; name a folder of MR images"
                        : "there is no MR image below the given paths, only: " +
                              reasons_text(index.skipped));
    }
    return index;
}

Study read_study(const std::string& key, const std::vector<fs::path>& files) {
    std::vector<fs::path> sorted = files;
    std::sort(sorted.begin(), sorted.end());
    const StudyKey wanted = parse_study_key(key);
    Gathering gathering;
    for (const fs::path& file : sorted) {
        gathering.add(scan_file(file, wanted.study_uid));
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
        // Files of one person alone do not show that there are others.
        const bool is_meant = study.patient_group.empty() || study.patient_group == wanted.group;
        if (study.study_uid == wanted.study_uid && is_meant) {
            study.patient_group = wanted.group;
            return std::move(study);
        }
        if (study_key(study.study_uid, study.patient_group) == key) {
            return std::move(study);  // A UID that has, against PS3.5 9.1, what a key has.
        }
    }
    throw Error(ErrorCode::no_images_found,
                "there is no MR image in this study, only: " + reasons_text(index.skipped));
}

}  // namespace paraspinal
