// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/earlier_objects.h"

#include <filesystem>
#include <vector>

namespace paraspinal {

/// `files`, our objects of one slice, as they can go out after `earlier`, those of that slice that
/// went out before, sorted by result. They stay as they are when nothing went out, when they were
/// the last result that did, or when they name all that they replace. Else, as when a correction is
/// taken back, they say the same in new objects, which are written to `folder`, with UIDs of their
/// own and the references and series that in_place_of would have given them; these are the same
/// ones again as long as they are the last result. Throws Error as the reader of DICOM files,
/// output_not_writable.
std::vector<std::filesystem::path> objects_after(const std::vector<EarlierObject>& earlier,
                                                 const std::vector<std::filesystem::path>& files,
                                                 const std::filesystem::path& folder);

/// Whether `file` was written under pseudonyms (`--deidentify`); false for what is no DICOM object.
bool hides_names(const std::filesystem::path& file);

}  // namespace paraspinal
