// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <string>
#include <vector>

class DcmItem;

namespace paraspinal {

/// An image that a DICOM object says it was drawn on.
struct ImageReference {
    std::string sop_instance_uid;
    std::vector<int> frames;  ///< From 1; empty: all of the instance.
};

/// True when `reference` means `slice`.
bool refers_to(const ImageReference& reference, const SliceHeader& slice);

namespace dicom {

/// The references in the items of a sequence of SOP Instance Reference macros (PS3.3 10.8), such
/// as those of a source image. Items without an instance are left out. Private to io.
std::vector<ImageReference> read_references(const std::vector<DcmItem*>& items);

}  // namespace dicom
}  // namespace paraspinal
