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
/// notice that there is none; those of a correction in place of them; those of its other levels.
/// Throws Error rejected_by_reader for a study that a reader rejected, and input_not_found for one
/// that was corrected without DICOM objects: the run's would say what its tables deny.
std::vector<std::filesystem::path> objects_of(const std::filesystem::path& study_folder,
                                              const ChosenReadings& readings);

/// Puts them into the outbox and notes in the result folder of the study
/// (file `.queued`) that it is done: a study is sent once, until it is measured again. A crash in
/// between sends it twice. Without an outbox it is only noted, so that peers who are added later
/// get new results only. Throws Error output_not_writable, and as objects_of.
void queue_results(const std::filesystem::path& study_folder,
                   const ChosenReadings& readings,
                   SendQueue* outbox);

/// Asks the node of `folder`, running or not, to send the objects of a study once more: a file
/// `resend/STUDY`. `study` is the name of its result folder or its UID, "all" are all that
/// objects_of has objects of.
/// Returns the number of studies. Throws Error input_not_found for a study without objects,
/// output_not_writable, and as objects_of for a single study.
int ask_again(const std::filesystem::path& folder,
              const std::string& study,
              const ChosenReadings& readings);

/// Whether anybody has asked since the last call of take_asked_again.
bool is_asked_again(const std::filesystem::path& folder);

/// Names of the studies that were asked for since the last call, sorted, which queue_results will
/// take again.
std::vector<std::string> take_asked_again(const std::filesystem::path& folder);

}  // namespace paraspinal
