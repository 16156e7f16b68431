// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {

/// One element by number, with its value as DICOM text ("0.5\\0.5"); removed when `value` is empty.
struct DicomElement {
    std::uint16_t group = 0;
    std::uint16_t element = 0;
    std::optional<std::string> value;
};

/// Transfer syntaxes that phantoms can be written in.
enum class Syntax {
    explicit_little,
    implicit_little,
    explicit_big,
    deflated,
    rle,
    jpeg_lossless,
    jpeg_baseline,  ///< Lossy; needs 8 bits.
    jpeg_ls,
    jpeg_2000,
};

/// A transfer syntax and its name in that of a test, which may hold letters and digits only.
struct NamedSyntax {
    std::string name;
    Syntax syntax;
};

/// An MR image to be written as a DICOM file. The defaults are a plain axial T2 slice.
struct DicomPhantom {
    std::string patient_id = "P1";
    std::string patient_name = "PHANTOM^PAULA";
    std::string patient_sex = "F";
    std::string patient_age = "071Y";
    std::string birth_date;
    std::string study_uid = "1.2.826.0.1.3680043.10.999.1";
    std::string study_date = "20250102";
    std::string accession_number = "A1";
    std::string series_uid = "1.2.826.0.1.3680043.10.999.1.3";
    std::string series_description = "T2_TSE_TRA";
    std::string protocol_name = "T2_TSE_TRA";
    int series_number = 3;
    int instance_number = 1;
    std::string sop_instance_uid;  ///< Empty: series UID and instance number.

    std::string image_type = "ORIGINAL\\PRIMARY\\M";
    std::string scanning_sequence = "SE";
    std::string scan_options;
    std::string sequence_name;
    std::optional<double> repetition_time_ms = 4000;
    std::optional<double> echo_time_ms = 100;
    std::optional<double> inversion_time_ms;
    std::optional<double> b_value_s_mm2;
    double slice_thickness_mm = 4;

    ImageSize size{.rows = 64, .cols = 48};
    PixelSpacing spacing{.row_mm = 0.7, .col_mm = 0.6};
    ImagePlane plane;
    /// Stored values; empty: `pattern(size)`.
    Image<std::int32_t> pixels;
    int bits_allocated = 16;
    int bits_stored = 12;
    int high_bit = 11;
    bool is_signed = false;
    std::string photometric_interpretation = "MONOCHROME2";

    Syntax syntax = Syntax::explicit_little;
    /// Put in, or taken out, after everything else.
    std::vector<DicomElement> changes;
};

/// Values 0..`below`-1 that differ between neighbors in both directions.
Image<std::int32_t> pattern(ImageSize size, int below = 4096);

/// The SOP instance UID that the phantom gets.
std::string sop_instance_uid(const DicomPhantom& phantom);

/// A sagittal plane as scanners lay it: columns run backwards, rows downwards.
ImagePlane sagittal_plane(Vec3 origin_mm = {});

/// An axial plane whose front is tilted by `tilt_deg` about the left-right axis.
ImagePlane tilted_axial_plane(double tilt_deg, Vec3 origin_mm = {});

/// Writes a classic MR file. Throws std::runtime_error when DCMTK cannot.
void write_dicom(const std::filesystem::path& file, const DicomPhantom& phantom);

/// Writes an Enhanced MR file; the first frame gives what all share, each frame its pixels, plane,
/// spacing, TR, TE, b-value and image type. Rescale (0028,1052/1053) among a frame's changes goes
/// into its pixel value transformation.
void write_enhanced_dicom(const std::filesystem::path& file,
                          const std::vector<DicomPhantom>& frames);

/// `count` parallel copies, each `step_mm` further along the normal, instances numbered from that
/// of `first`.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a count and a length, in tests.
std::vector<DicomPhantom> stack_of(const DicomPhantom& first, int count, double step_mm);

/// Writes each phantom as FOLDER/IM<number> and returns the files in order.
std::vector<std::filesystem::path> write_all(const std::filesystem::path& folder,
                                             const std::vector<DicomPhantom>& phantoms);

/// Changes one element of a file in place of the one it had; the rest stays.
void change_element(const std::filesystem::path& file, const DicomElement& changed);

/// Rewrites an implicit little-endian file as a bare data set, without preamble and meta header.
void remove_meta_header(const std::filesystem::path& file);

}  // namespace paraspinal::testing
