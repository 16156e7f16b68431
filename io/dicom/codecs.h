// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/dicom/pixels.h"

#include <optional>
#include <vector>

/// Decoders of single frames, one a family of transfer syntaxes. They get compressed bytes in
/// memory, which may hold anything, and never a DICOM file. Private to io.
///
/// JPEG-LS is decoded by CharLS itself because DCMTK brings a copy of it whose functions have the
/// names, but not the parameters, of the library that GDCM (and so ITK) loads into the same
/// process. GDCM is not used either: Debian's stops the process at damaged files that break its
/// assertions.
namespace paraspinal::dicom {

/// What a frame is expected to be: its size, and the samples that it is turned into.
struct FrameFormat {
    ImageSize size;
    SampleFormat samples;
};

/// Length of a decoded frame.
std::size_t frame_bytes(const FrameFormat& format);

}  // namespace paraspinal::dicom
