// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <optional>
#include <string>

namespace paraspinal::dicom {

struct OpenFile;

/// Why a DICOM object is no MR image that can be decoded and measured.
struct Refusal {
    ErrorCode code = ErrorCode::not_an_image;
    std::string reason;  ///< For people; holds nothing about the patient.
};

/// Judges the kind of object by SOP class, modality, identifiers, image type and encoding, from
/// the header alone. nullopt: a grayscale MR image in an encoding that we can decode.
std::optional<Refusal> refusal_of(const OpenFile& opened);

/// True for the transfer syntaxes that read_stored_values takes.
bool can_decode(const OpenFile& opened);

/// The part of refusal_of that concerns pixels: color, bit depth and transfer syntax.
std::optional<Refusal> encoding_refusal(const OpenFile& opened);

}  // namespace paraspinal::dicom
