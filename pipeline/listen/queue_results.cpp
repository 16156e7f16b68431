// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "core/error.h"
#include "io/digest.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/sent_objects.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kAskedFolder = "resend";

std::vector<std::filesystem::path> objects_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> objects;
    for (const char* name : {"seg.dcm", "sr.dcm", "sc.dcm", "sc_level.dcm", "notice.dcm"}) {
        if (std::filesystem::exists(folder / name)) {
            objects.push_back(folder / name);
        }
    }
    return objects;
}

// Of the levels beside the study's own, from head to feet; as write_further_outputs makes them.
std::vector<std::filesystem::path> level_folders(const std::filesystem::path& study_folder) {
    std::vector<std::filesystem::path> folders;
    if (std::filesystem::exists(study_folder / "levels")) {
        for (const auto& entry : std::filesystem::directory_iterator(study_folder / "levels")) {
            folders.push_back(entry.path());
        }
    }
    std::ranges::sort(folders);
    return folders;
}

// Where the objects of the study's own slice lie.
std::filesystem::path own_folder(const std::filesystem::path& study_folder,
                                 const ChosenReadings& readings) {
    const std::optional<std::string> json = read_file(study_folder / "record.json");
    StudyRecord record = json ? parse_record(*json) : StudyRecord();
    const Reading* const reading = readings.of(record.study_uid);
    if (reading == nullptr) {
        return study_folder;
    }
    record = with_reading(std::move(record), reading);
    if (record.reason == error_name(ErrorCode::rejected_by_reader)) {
        throw Error(ErrorCode::rejected_by_reader,
                    "nothing is sent, as " + reading->reader + " rejected the result");
    }
    if (record.measurement.get("reading") != "corrected") {
        return study_folder;
    }
    std::filesystem::path corrected = study_folder.parent_path() / reading->outlines;
    if (objects_in(corrected).empty()) {
        throw Error(ErrorCode::input_not_found,
                    "nothing is sent, as the correction of " + reading->reader +
                        " has no DICOM objects; save it once more in 'review --dicom'");
    }
    return corrected;
}

bool has_objects(const std::filesystem::path& study_folder, const ChosenReadings& readings) {
    try {
        return !objects_of(study_folder, readings).empty();
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

std::vector<std::filesystem::path> objects_of(const std::filesystem::path& study_folder,
                                              const ChosenReadings& readings) {
    std::vector<std::filesystem::path> objects = objects_in(own_folder(study_folder, readings));
    for (const std::filesystem::path& level : level_folders(study_folder)) {
        const std::vector<std::filesystem::path> more = objects_in(level);
        objects.insert(objects.end(), more.begin(), more.end());
    }
    return objects;
}

void queue_results(const std::filesystem::path& study_folder,
                   const ChosenReadings& readings,
                   SendQueue* outbox) {
    const std::filesystem::path note = study_folder / ".queued";
    // A study that took its worker down has no folder.
    if (std::filesystem::exists(note) || !std::filesystem::exists(study_folder)) {
        return;
    }
    if (outbox != nullptr) {
        const std::vector<std::filesystem::path> objects = objects_of(study_folder, readings);
        const std::string study = study_folder.filename().string();
        if (!objects.empty()) {
            // First the note, so that what is out is always known.
            note_sent(study_folder.parent_path(), study, objects);
            outbox->enqueue(objects, study);
        }
    }
    write_file(note, "");
}

int ask_again(const std::filesystem::path& folder,
              const std::string& study,
              const ChosenReadings& readings) {
    std::vector<std::string> studies;
    if (study == "all") {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.is_directory() && has_objects(entry.path(), readings)) {
                studies.push_back(entry.path().filename());
            }
        }
    } else {
        studies.push_back(study.find('.') == std::string::npos ? study : uid_name(study));
        if (studies.back().find('/') != std::string::npos ||
            objects_of(folder / studies.back(), readings).empty()) {
            throw Error(ErrorCode::input_not_found,
                        "there are no DICOM objects of a study '" + study + "' in '" +
                            folder.string() +
                            "'; name its folder there, as the log does, or its Study Instance UID");
        }
    }
    make_output_folder(folder / kAskedFolder);
    for (const std::string& name : studies) {
        write_file(folder / kAskedFolder / name, "");
    }
    return static_cast<int>(studies.size());
}

bool is_asked_again(const std::filesystem::path& folder) {
    std::error_code none;
    return std::filesystem::directory_iterator(folder / kAskedFolder, none) !=
           std::filesystem::directory_iterator();
}

std::vector<std::string> take_asked_again(const std::filesystem::path& folder) {
    std::vector<std::string> studies;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / kAskedFolder, none)) {
        studies.push_back(entry.path().filename());
        // First the note, so that a crash in between sends it too often, never too seldom.
        std::filesystem::remove(folder / studies.back() / ".queued", none);
        std::filesystem::remove(entry.path(), none);
    }
    std::ranges::sort(studies);
    return studies;
}

}  // namespace paraspinal
