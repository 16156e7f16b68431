// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/earlier_objects.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The DICOM objects of a study that a node has put into its outbox, result by result, whatever has
/// become of them: what is measured anew comes in their place. Empty where no node has sent any.
/// `study` is the name of its result folder below `run`; they are noted in `run`/sent/STUDY.
std::vector<EarlierObject> sent_objects(const std::filesystem::path& run, const std::string& study);

/// Notes that `files`, the objects of one result, are sent; the last result once more changes
/// nothing, and a file that is no DICOM object is left out. Throws Error output_not_writable.
void note_sent(const std::filesystem::path& run,
               const std::string& study,
               const std::vector<std::filesystem::path>& files);

}  // namespace paraspinal
