// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/earlier_objects.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The DICOM objects that lie in `folder` itself, in the order in which they are sent.
std::vector<std::filesystem::path> objects_in(const std::filesystem::path& folder);

/// Whether one of them was written under pseudonyms (`--deidentify`).
bool has_pseudonyms(const std::filesystem::path& folder);

/// The DICOM objects of a study that a node has put into its outbox, whatever has become of them,
/// or that `measure` has sent, result by result: what is measured anew comes in their place.
/// `study` is the name of its result folder below `run`; they are noted in `run`/sent/STUDY.
std::vector<EarlierObject> sent_objects(const std::filesystem::path& run, const std::string& study);

/// `files`, the objects that speak for a study, as they can go out after those: each slice as
/// objects_after has it, what must be written anew in `folder`. Throws as objects_after.
std::vector<std::filesystem::path> sendable_objects(const std::filesystem::path& run,
                                                    const std::string& study,
                                                    const std::vector<std::filesystem::path>& files,
                                                    const std::filesystem::path& folder);

/// Notes that `files`, the objects of one result, are sent; the last result once more changes
/// nothing, and a file that is no DICOM object is left out. Throws Error output_not_writable.
void note_sent(const std::filesystem::path& run,
               const std::string& study,
               const std::vector<std::filesystem::path>& files);

/// Puts `objects` in place of what is noted, when they are all that was sent after all. Throws as
/// note_sent.
void note_sent_objects(const std::filesystem::path& run,
                       const std::string& study,
                       const std::vector<EarlierObject>& objects);

}  // namespace paraspinal
