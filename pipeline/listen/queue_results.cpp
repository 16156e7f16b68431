// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "core/error.h"
#include "io/dicom_write/objects_after.h"
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

using Files = std::vector<std::filesystem::path>;

constexpr const char* kAskedFolder = "resend";

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

// The objects of a correction, of the kinds that its run has; a study that failed has none yet.
Files corrected_objects(const std::filesystem::path& study_folder,
                        const Reading& reading,
                        bool has_failed) {
    Files objects = objects_in(study_folder.parent_path() / reading.outlines);
    const std::string whose = "nothing is sent, as the correction of " + reading.reader;
    if (objects.empty()) {
        throw Error(ErrorCode::input_not_found,
                    whose + " has no DICOM objects; save it once more in 'review --dicom'");
    }
    if (has_pseudonyms(study_folder) && !std::ranges::all_of(objects, hides_names)) {
        throw Error(ErrorCode::usage, whose + " says who it is, and the run does not");
    }
    if (!has_failed) {
        std::erase_if(objects, [&study_folder](const std::filesystem::path& object) {
            return !std::filesystem::exists(study_folder / object.filename());
        });
    }
    if (objects.empty()) {
        throw Error(ErrorCode::input_not_found,
                    whose + " has SEG and SR alone, which --write of the run leaves out");
    }
    return objects;
}

// Those of the study's own slice.
Files own_objects(const std::filesystem::path& study_folder, const ChosenReadings& readings) {
    const std::optional<std::string> json = read_file(study_folder / "record.json");
    StudyRecord record = json ? parse_record(*json) : StudyRecord();
    const Reading* const reading = readings.of(record.study_uid);
    if (reading == nullptr) {
        return objects_in(study_folder);
    }
    const bool has_failed = record.status == "failed";
    record = with_reading(std::move(record), reading);
    if (record.reason == error_name(ErrorCode::rejected_by_reader)) {
        throw Error(ErrorCode::rejected_by_reader,
                    "nothing is sent, as " + reading->reader + " rejected the result");
    }
    if (record.measurement.get("reading") != "corrected") {
        return objects_in(study_folder);
    }
    return corrected_objects(study_folder, *reading, has_failed);
}

// A name in a file of an image must not go where a node was told to hide it.
void require_hidden(const Files& objects) {
    if (!std::ranges::all_of(objects, hides_names)) {
        throw Error(ErrorCode::usage,
                    "nothing is sent, as its objects say who it is, and --deidentify of this node "
                    "hides that");
    }
}

// In the outbox when this returns; its links keep what was written anew.
void put_into(SendQueue& outbox, const std::filesystem::path& study_folder, const Files& objects) {
    const std::filesystem::path run = study_folder.parent_path();
    const std::string study = study_folder.filename().string();
    const std::filesystem::path anew = study_folder / "sent_anew";
    const Files sendable = sendable_objects(run, study, objects, anew);
    // First the note, so that what is out is always known.
    note_sent(run, study, sendable);
    outbox.enqueue(sendable, study);
    std::filesystem::remove_all(anew);
}

}  // namespace

std::vector<std::filesystem::path> objects_of(const std::filesystem::path& study_folder,
                                              const ChosenReadings& readings) {
    Files objects = own_objects(study_folder, readings);
    for (const std::filesystem::path& level : level_folders(study_folder)) {
        const Files more = objects_in(level);
        objects.insert(objects.end(), more.begin(), more.end());
    }
    return objects;
}

std::string rejection_of(const std::filesystem::path& study_folder,
                         const ChosenReadings& readings) {
    try {
        static_cast<void>(own_objects(study_folder, readings));
    } catch (const Error& error) {
        if (error.code() == ErrorCode::rejected_by_reader) {
            return error.message();
        }
    }
    return {};
}

void queue_results(const std::filesystem::path& study_folder,
                   const ChosenReadings& readings,
                   bool must_hide_names,
                   SendQueue* outbox) {
    const std::filesystem::path note = study_folder / ".queued";
    // A study that took its worker down has no folder.
    if (std::filesystem::exists(note) || !std::filesystem::exists(study_folder)) {
        return;
    }
    try {
        const Files objects = outbox == nullptr ? Files() : objects_of(study_folder, readings);
        if (!objects.empty()) {
            if (must_hide_names) {
                require_hidden(objects);
            }
            put_into(*outbox, study_folder, objects);
        }
    } catch (const Error& error) {
        // What was refused is not sent by a later decision alone.
        if (error.code() != ErrorCode::output_not_writable) {
            write_file(note, "");
        }
        throw;
    }
    write_file(note, "");
}

AskedStudies ask_again(const std::filesystem::path& folder,
                       const std::string& study,
                       const ChosenReadings& readings) {
    std::vector<std::string> studies;
    AskedStudies asked;
    if (study == "all") {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (!entry.is_directory()) {
                continue;
            }
            const std::string name = entry.path().filename();
            try {
                if (objects_of(entry.path(), readings).empty()) {
                    continue;
                }
                ++asked.count;
            } catch (const Error& error) {
                asked.left_out.push_back("study " + name + ": " + error.message());
            }
            studies.push_back(name);  // Of what is left out the log of the node has a line as well.
        }
        std::ranges::sort(asked.left_out);
    } else {
        studies.push_back(study.find('.') == std::string::npos ? study : uid_name(study));
        if (studies.back().find('/') != std::string::npos ||
            objects_of(folder / studies.back(), readings).empty()) {
            throw Error(ErrorCode::input_not_found,
                        "there are no DICOM objects of a study '" + study + "' in '" +
                            folder.string() +
                            "'; name its folder there, as the log does, or its Study Instance UID");
        }
        asked.count = 1;
    }
    make_output_folder(folder / kAskedFolder);
    for (const std::string& name : studies) {
        write_file(folder / kAskedFolder / name, "");
    }
    return asked;
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
