// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace paraspinal::dicom {

/// Text of a header, and whether the character set that the header declares explains it.
struct DecodedText {
    std::string utf8;
    bool is_assumed = false;  ///< The character set was found by trying.
};

/// Text that is no plain ASCII, as UTF-8; no two different byte strings become one text.
///
/// `declared` holds the values of SpecificCharacterSet (0008,0005; PS3.3 C.12.1.1.2). Escape
/// sequences of ISO 2022 are followed. Bytes that it does not explain are tried as UTF-8, then as
/// GB18030; what is left is spelled byte by byte, as in "\xE9". UTF-8 under the name of a
/// single-byte set, which many converters write, is read as UTF-8.
DecodedText decode_text(const std::string& bytes, const std::vector<std::string>& declared);

}  // namespace paraspinal::dicom
