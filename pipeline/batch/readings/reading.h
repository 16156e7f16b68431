// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What a person decided about a study.
enum class Decision {
    accepted,   ///< The result is right.
    corrected,  ///< With other outlines, from which its numbers were measured again.
    rejected,   ///< There is no right result.
    withdrawn,  ///< Takes back what this reader decided before.
};

/// "accepted", "corrected", "rejected", "withdrawn".
std::string_view decision_name(Decision decision);

/// Why a result is rejected, as files have it.
inline constexpr std::array<std::string_view, 4> kRejectionReasons{
    "level", "outline", "image_quality", "other"};

/// What a reader compares a result by, and how it was measured: when one of these changes she has
/// not seen the new result.
inline constexpr std::array<std::string_view, 15> kSeenColumns{"status",
                                                               "reason",
                                                               "sop_instance_uid",
                                                               "csa_cm2",
                                                               "fa_cm2",
                                                               "fdr_pct",
                                                               "vb_cm2",
                                                               "mf_right_csa_cm2",
                                                               "mf_left_csa_cm2",
                                                               "es_right_csa_cm2",
                                                               "es_left_csa_cm2",
                                                               "level",
                                                               "roi",
                                                               "fat_method",
                                                               "fat_guard"};

/// The kSeenColumns of a result, and the outline_model that it is of.
NamedCells seen_cells(const NamedCells& measurement);

/// One decision of one reader; never changed once it is written.
struct Reading {
    std::string study_uid;  ///< As study_key.
    std::string reader;     ///< As is_reader_name.
    std::string time;       ///< As utc_now.
    Decision decision = Decision::accepted;
    std::string reason;     ///< Of a rejection: one of kRejectionReasons. Else empty.
    std::string note;       ///< Free text of the reader.
    bool is_blind = false;  ///< The result of the run was hidden from her.
    std::string software_version;
    NamedCells seen;  ///< seen_cells of the result that was decided about.
    // Of a correction:
    std::vector<std::string> touched;  ///< label_name of the structures that differ from the run's.
    std::string outlines;             ///< Folder of labels.nii.gz and rois.zip, in that of the run.
    NamedCells measurement;           ///< Its line of measurements.csv.
    std::vector<NamedCells> muscles;  ///< Its lines of muscles.csv.
    int level_offset = 0;             ///< As SliceRequest::level_offset, when she moved the names.
    // Of one that was drawn elsewhere (take_outlines.h):
    std::string drawing_sha256;  ///< Of the file.
    std::string options;         ///< Fingerprints::options under which it was measured.
};

/// 1 to 40 of A-Z a-z 0-9 . _ -, the first a letter or digit; not "model" and not "latest", which
/// `--reading` gives a meaning.
bool is_reader_name(std::string_view name);
/// The same for people, after "takes ".
inline constexpr const char* kReaderNameRules =
    "letters, digits, '.', '_' and '-', 40 at most, and neither 'model' nor 'latest'";

/// As one line of JSON with its end.
std::string reading_line(const Reading& reading);
/// nullopt for a line that reading_line did not write, such as one that was cut off, or one whose
/// outlines lie outside the folder of the run.
std::optional<Reading> parse_reading(std::string_view line);

}  // namespace paraspinal
