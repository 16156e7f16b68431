// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace paraspinal::dicom {

/// How far into a file the structure of its data set is looked at.
enum class Extent {
    until_series,  ///< To the series instance UID (0020,000E).
    /// To the pixel data of a deflated file, as the rest would have to be unpacked; else to the
    /// end.
    until_pixels,
    all,  ///< To the end.
};

/// Sequences inside sequences. The deepest standard ones, the content trees of structured reports,
/// stay below 20; DCMTK takes about 1 kB of stack for each and ends the process at some 10,000.
inline constexpr int kMostNestedSequences = 64;

/// Elements of one item that stand before one of a smaller tag. PS3.5 7.1 allows none; DCMTK walks
/// over all others of the item for each.
inline constexpr int kMostElementsOutOfOrder = 1000;

/// What a deflated data set may unpack to, as DCMTK holds all of it: up to its series UID, and with
/// its pixel data (an image of 8192 x 8192 pixels takes 128 MiB).
inline constexpr std::int64_t kMostUnpackedHeaderBytes = std::int64_t{16} << 20;
inline constexpr std::int64_t kMostUnpackedBytes = std::int64_t{512} << 20;

/// Walks over the elements of a DICOM file without keeping any of them. Returns the transfer syntax
/// UID that its meta header names, or an empty text. Throws Error malformed_file for a data set
/// that DCMTK would crash on, or take minutes or gigabytes for: beyond the limits above. Anything
/// else that is wrong with it is left to DCMTK. Source: PS3.5 section 7; PS3.10 section 7.1.
std::string check_structure(const std::filesystem::path& file, Extent extent);

}  // namespace paraspinal::dicom
