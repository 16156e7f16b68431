// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/geometry.h"
#include "core/id_contradictions.h"
#include "core/image.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// How an image was acquired, as far as its header says. Empty or nullopt means not stated.
struct Acquisition {
    std::string modality;                        ///< (0008,0060), "MR" for all that we measure.
    std::vector<std::string> image_type;         ///< (0008,0008)
    std::vector<std::string> scan_options;       ///< (0018,0022)
    std::vector<std::string> scanning_sequence;  ///< (0018,0020): SE, IR, GR, EP, RM
    std::vector<std::string> sequence_variant;   ///< (0018,0021)
    std::string sequence_name;                   ///< (0018,0024)
    std::string protocol_name;                   ///< (0018,1030)
    std::string contrast_agent;                  ///< (0018,0010)
    std::string manufacturer;                    ///< (0008,0070)
    std::string manufacturer_model;              ///< (0008,1090)
    std::optional<double> repetition_time_ms;    ///< (0018,0080)
    std::optional<double> echo_time_ms;          ///< (0018,0081) or effective echo time
    std::optional<double> inversion_time_ms;     ///< (0018,0082)
    std::optional<double> flip_angle_deg;        ///< (0018,1314)
    std::optional<double> b_value_s_mm2;         ///< (0018,9087) or the vendors' private elements
    std::optional<double> field_strength_t;      ///< (0018,0087)
    std::optional<double> slice_thickness_mm;    ///< (0018,0050)
    std::optional<int> echo_train_length;        ///< (0018,0091)
    std::string derivation;                      ///< (0008,2111)
    int source_images = 0;                       ///< Items of (0008,2112).
    friend bool operator==(const Acquisition&, const Acquisition&) = default;
};

/// Whose image it is.
struct Patient {
    std::string id;
    std::string sex;  ///< "M", "F", "O" or empty.
    std::optional<double> age_years;
    std::string name;                 ///< To tell people apart; never written anywhere.
    std::string birth_date;           ///< YYYYMMDD or empty; the same.
    std::optional<double> height_m;   ///< (0010,1020); the same.
    std::optional<double> weight_kg;  ///< (0010,1030); the same.
    friend bool operator==(const Patient&, const Patient&) = default;
};

/// One image plane that can be read: a classic instance, one frame of an enhanced one, or one
/// slice of a NIfTI volume. Header only; `read_slice` fetches the pixels.
struct SliceHeader {
    std::filesystem::path file;
    int frame = 0;                 ///< Index in the file, from 0.
    int frames_in_file = 1;        ///< 1 for classic instances.
    std::string sop_instance_uid;  ///< Of the file; frames share it.
    std::string sop_class_uid;
    int instance_number = 0;
    ImageSize size;
    std::optional<PixelSpacing> spacing;  ///< Absent when missing, zero or not a number.
    std::optional<ImagePlane> plane;      ///< Absent when position or orientation is missing.
    std::string geometry_fault;           ///< Why one of these is absent; empty when neither is.
    Acquisition acquisition;
    Patient patient;         ///< As this file says.
    std::string study_date;  ///< The same; YYYYMMDD or empty.
    std::string accession_number;
    std::string series_description;        ///< The same; of a series whose files may differ in it.
    std::vector<std::string> assumptions;  ///< What its file leaves open, a sentence each.
};

/// What an operator calls `slice` and what `--slice` takes: the SOP instance UID, followed by "#"
/// and the frame number (from 1) when the file has several frames.
std::string slice_uid(const SliceHeader& slice);

struct Series {
    std::string series_uid;
    std::string description;
    int series_number = 0;
    std::string frame_of_reference_uid;
    std::vector<SliceHeader> slices;  ///< Sorted by instance number, then UID and frame.
};

/// A file that was looked at and is no image to measure, and why.
struct SkippedFile {
    std::filesystem::path file;
    ErrorCode code = ErrorCode::not_an_image;
    std::string reason;     ///< One line for people: "secondary capture", "truncated header" ...
    std::string study_uid;  ///< Empty when the file does not say.
};

/// One examination of one patient.
struct Study {
    std::string study_uid;
    /// Where several people share this UID: which of them (core/patient_groups.h). Else empty.
    std::string patient_group;
    std::string study_date;  ///< YYYYMMDD as in DICOM, or empty.
    std::string accession_number;
    Patient patient;  ///< What its files say together.
    /// Sorted by series number, then UID. Empty: none of its images can be read.
    std::vector<Series> series;
    std::vector<SkippedFile> left_out;   ///< Images of this study that cannot be read.
    KeyContradictions contradictions{};  ///< Of all studies that it was found with.
};

/// All that was found below some paths. Nothing found is lost: each file is in a study, skipped,
/// or a duplicate.
struct StudyIndex {
    std::vector<Study> studies;        ///< Sorted by study UID, then patient group.
    std::vector<SkippedFile> skipped;  ///< Sorted by path; those of `Study::left_out` among them.
    /// Files that are byte for byte another of the same instance; the first path is read.
    std::int64_t duplicate_instances = 0;
};

}  // namespace paraspinal
