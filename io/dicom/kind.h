// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

class DcmItem;

namespace paraspinal::dicom {

struct OpenFile;

/// Why a DICOM object is no MR image that can be decoded and measured.
struct Refusal {
    ErrorCode code = ErrorCode::not_an_image;
    std::string reason;  ///< For people; holds nothing about the patient.
};

/// Judges the kind of object by SOP class, modality, identifiers, image type and encoding, from
/// the header alone. nullopt: a grayscale MR image in an encoding that we can decode. An image that
/// states neither SOP class nor modality counts as MR when its meta header names an MR class, or
/// when that names none and it has pixel spacing, position and orientation, and nothing of CT.
std::optional<Refusal> refusal_of(const OpenFile& opened);

/// True for the SOP classes that are measured.
bool is_mr_image_class(std::string_view uid);

/// SOP instance UID of the data set, or else of the meta header; empty when neither has one.
std::string instance_uid(const OpenFile& opened);

/// PhotometricInterpretation in capitals; "MONOCHROME2" where it is not stated.
std::string photometric_interpretation(DcmItem& dataset);

/// What the header leaves open and was decided for it, a sentence each ("it states no
/// modality...").
std::vector<std::string> assumptions_of(const OpenFile& opened);

/// True for the transfer syntaxes that read_stored_values takes.
bool can_decode(const OpenFile& opened);

/// The part of refusal_of that concerns pixels: color, bit depth and transfer syntax.
std::optional<Refusal> encoding_refusal(const OpenFile& opened);

}  // namespace paraspinal::dicom
