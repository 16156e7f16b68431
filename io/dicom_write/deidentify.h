// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

class DcmDataset;

namespace paraspinal {
class Pseudonyms;
}

/// Private to io/derived.
namespace paraspinal::dicom {

/// De-identification Method of what `deidentify` has hidden.
inline constexpr const char* kDeidentificationMethod = "PS3.15 basic profile, by paraspinal";

/// Applies the Basic Application Level Confidentiality Profile (PS3.15, Table E.1-1) to one of our
/// objects: the patient's ID and name become the pseudonym, every UID that is not of the standard
/// its own pseudonym, the same in all objects; all else that was copied from patient and study is
/// emptied or removed, and so is every date, time and person's name. Says so in the object.
void deidentify(DcmDataset& object, const Pseudonyms& pseudonyms);

}  // namespace paraspinal::dicom
