// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

class DcmDataset;

/// The patient and the study of an object (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2). Private to io/derived.
namespace paraspinal::dicom {

/// Gives `object` the patient and study of `image`, bytes as they are, with the character set that
/// explains them. What an archive holds may break the rules of its type; it is copied all the same,
/// as the object would otherwise not be filed with its image.
void copy_study(DcmDataset& image, DcmDataset& object);

/// Empties those elements that must be there and removes the others. The character set stays.
void forget_study(DcmDataset& object);

}  // namespace paraspinal::dicom
