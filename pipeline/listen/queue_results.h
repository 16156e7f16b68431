// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/send_queue.h"
#include "pipeline/batch/readings/apply_readings.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The DICOM objects that speak for a study, as `readings` have it: those of its result, or the
/// notice that there is none; those of a correction, of the kinds that the run has, in place of
/// them; those of its other levels. Throws Error rejected_by_reader for a study that a reader
/// rejected, input_not_found for one that was corrected without DICOM objects or without those of
/// the run's kinds, as the run's would say what its tables deny, and usage for a correction that
/// says who it is where the run does not.
std::vector<std::filesystem::path> objects_of(const std::filesystem::path& study_folder,
                                              const ChosenReadings& readings);

/// Why nothing of a study is to be sent any more, when a reader rejected it; else empty.
std::string rejection_of(const std::filesystem::path& study_folder, const ChosenReadings& readings);

/// Puts them into the outbox, as sendable_objects has them, and notes in the result folder of the
/// study (file `.queued`) that it is done: a study is sent once, until it is measured again. A
/// crash in between sends it twice. Without an outbox it is only noted, so that peers who are added
/// later get new results only. What is refused is noted so too. Throws Error output_not_writable,
/// usage where `must_hide_names` and an object says who it is, and as objects_of and
/// sendable_objects.
void queue_results(const std::filesystem::path& study_folder,
                   const ChosenReadings& readings,
                   bool must_hide_names,
                   SendQueue* outbox);

/// What was asked for.
struct AskedStudies {
    int count = 0;                      ///< Studies that will be sent.
    std::vector<std::string> left_out;  ///< "study FOLDER: why" of those that will not, sorted.
};

/// Asks the node of `folder`, running or not, to send the objects of a study once more: a file
/// `resend/STUDY`. `study` is the name of its result folder or its UID, "all" are all. Throws Error
/// input_not_found for a study without objects, output_not_writable, and as objects_of for a single
/// study.
AskedStudies ask_again(const std::filesystem::path& folder,
                       const std::string& study,
                       const ChosenReadings& readings);

/// Whether anybody has asked since the last call of take_asked_again.
bool is_asked_again(const std::filesystem::path& folder);

/// Names of the studies that were asked for since the last call, sorted, which queue_results will
/// take again.
std::vector<std::string> take_asked_again(const std::filesystem::path& folder);

}  // namespace paraspinal
