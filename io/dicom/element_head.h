// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal::dicom {

/// How elements are spelled.
struct Spelling {
    bool has_vr = true;
    bool is_big_endian = false;
};

/// What stands before a value. PS3.5 section 7.1.
struct ElementHead {
    std::uint32_t tag = 0;  ///< Group and element: 0x00080018.
    std::string vr;         ///< Empty where none is written.
    std::uint32_t length = 0;
};

/// Of the item that everything inside a sequence lies in: (FFFE,E000).
inline constexpr std::uint32_t kItem = 0xFFFEE000;

/// The head of the element at which `source` stands; nullopt where the bytes end or are no element.
std::optional<ElementHead> read_element_head(ByteSource& source, const Spelling& spelling);

/// The transfer syntax that the meta header names, or an empty text; `source` stands behind the
/// meta header then. PS3.10 section 7.1.
std::string read_meta_header(ByteSource& source);

/// True when the start of the file names the deflated transfer syntax, in its meta header or
/// elsewhere. `source` must stand at its start, and does so again.
bool names_deflation(ByteSource& source);

/// As DCMTK guesses it of an uncompressed data set, whose meta header may be wrong about it.
Spelling guessed_spelling(ByteSource& source);

}  // namespace paraspinal::dicom
