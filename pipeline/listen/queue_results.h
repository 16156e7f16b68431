// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/send_queue.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// Puts the DICOM objects in the result folder of a study into the outbox, those of its result or
/// the notice that there is none, and notes there
/// (file `.queued`) that it is done: a study is sent once, until it is measured again. A crash in
/// between sends it twice. Without an outbox it is only noted, so that peers who are added later
/// get new results only. Throws Error output_not_writable.
void queue_results(const std::filesystem::path& study_folder, SendQueue* outbox);

/// Asks the node of `folder`, running or not, to send the objects of a study once more: a file
/// `resend/STUDY`. `study` is the name of its result folder or its UID, "all" are all with objects.
/// Returns the number of studies. Throws Error input_not_found for a study without objects, and
/// output_not_writable.
int ask_again(const std::filesystem::path& folder, const std::string& study);

/// Whether anybody has asked since the last call of take_asked_again.
bool is_asked_again(const std::filesystem::path& folder);

/// Names of the studies that were asked for since the last call, sorted, which queue_results will
/// take again.
std::vector<std::string> take_asked_again(const std::filesystem::path& folder);

}  // namespace paraspinal
