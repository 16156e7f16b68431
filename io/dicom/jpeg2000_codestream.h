// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace paraspinal::dicom {

/// A JPEG 2000 codestream from its first marker to its last (ISO 15444-1, annex A).
struct Codestream {
    std::vector<char> bytes;
    std::size_t last_tile_part = 0;  ///< Where its marker stands.
};

/// The codestream in `compressed`, which may be a JP2 file; zeros may follow it. nullopt unless its
/// tile parts follow each other up to the end marker and every tile has all of its own.
std::optional<Codestream> complete_codestream(const std::vector<char>& compressed);

/// The same with bytes behind the last packet. A decoder never comes to them, unless packets are
/// missing there: then it takes them for packets.
std::vector<char> with_more_than_packets(const Codestream& codestream);

}  // namespace paraspinal::dicom
