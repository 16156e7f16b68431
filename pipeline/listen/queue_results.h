// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/send_queue.h"

#include <filesystem>

namespace paraspinal {

/// Puts the DICOM objects in the result folder of a study into the outbox, those of its result or
/// the notice that there is none, and notes there
/// (file `.queued`) that it is done: a study is sent once, until it is measured again. A crash in
/// between sends it twice. Without an outbox it is only noted, so that peers who are added later
/// get new results only. Throws Error output_not_writable.
void queue_results(const std::filesystem::path& study_folder, SendQueue* outbox);

}  // namespace paraspinal
