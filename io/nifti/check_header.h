// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace paraspinal {

/// What the values of a NIfTI volume may take, unpacked: 1,000 planes of 512 x 512 in 4 bytes. A
/// gzip file of a megabyte may hold a thousand of them.
inline constexpr std::int64_t kMostNiftiBytes = std::int64_t{1} << 30;

/// Reads the header of a NIfTI-1 or -2 file before a library does, which may end the process at
/// numbers that are none, or ask for what the header promises. Throws Error malformed_file (no such
/// header, or a size or position that is not finite, or senseless) and
/// image_too_large (more than kMostNiftiBytes).
/// Source: https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h and nifti2.h
void check_nifti_header(const std::filesystem::path& file);

}  // namespace paraspinal
