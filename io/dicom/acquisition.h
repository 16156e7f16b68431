// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

class DcmItem;

namespace paraspinal::dicom {

/// What a classic data set, or the root of an enhanced one, says about the acquisition. The terms
/// of enhanced images are put in those of classic ones: echo pulse sequence SPIN becomes scanning
/// sequence SE, spectrally selected FAT suppression becomes scan option FS, and so on.
Acquisition read_acquisition(DcmItem& dataset);

/// Replaces what one frame of an enhanced image says differently. `groups` holds the frame's
/// functional group sequences (PS3.3 C.8.13.5).
void read_frame_acquisition(DcmItem& groups, Acquisition& acquisition);

}  // namespace paraspinal::dicom
