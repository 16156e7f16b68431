// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <string>

namespace paraspinal {

/// A code with its coding scheme: SCT (SNOMED CT), DCM (PS3.16), UCUM, LN (LOINC), or ours.
/// docs/dicom_objects.md says where each one was looked up.
struct CodedConcept {
    std::string code;
    std::string scheme;
    std::string meaning;
    friend bool operator==(const CodedConcept&, const CodedConcept&) = default;
};

/// Designator of the codes that exist in no other scheme: the papers' terms.
inline constexpr const char* kOwnScheme = "99PARASPINAL";

/// Muscle or bone without side. The psoas is coded as iliopsoas, which it is part of.
CodedConcept anatomy_code(Structure structure);

/// Fat, CID 7166.
CodedConcept fat_code();

/// Right or left, CID 244; `side` must not be none.
CodedConcept laterality_code(Side side);

/// The vertebra "L1" to "L5".
CodedConcept vertebra_code(const std::string& level);

}  // namespace paraspinal
