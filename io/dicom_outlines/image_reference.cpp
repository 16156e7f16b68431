// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_outlines/image_reference.h"

#include "core/text.h"
#include "io/dicom/elements.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>

namespace paraspinal {

bool refers_to(const ImageReference& reference, const SliceHeader& slice) {
    const bool is_any_frame = slice.frames_in_file == 1 || reference.frames.empty();
    return reference.sop_instance_uid == slice.sop_instance_uid &&
           (is_any_frame ||
            std::ranges::find(reference.frames, slice.frame + 1) != reference.frames.end());
}

namespace dicom {

std::vector<ImageReference> read_references(const std::vector<DcmItem*>& items) {
    std::vector<ImageReference> references;
    for (DcmItem* const item : items) {
        ImageReference reference{.sop_instance_uid = text(*item, DCM_ReferencedSOPInstanceUID)};
        for (const std::string& frame : texts(*item, DCM_ReferencedFrameNumber)) {
            reference.frames.push_back(static_cast<int>(parse_integer(frame).value_or(0)));
        }
        if (!reference.sop_instance_uid.empty()) {
            references.push_back(std::move(reference));
        }
    }
    return references;
}

}  // namespace dicom
}  // namespace paraspinal
