// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace paraspinal {

/// A doubt that does not forbid the numbers of a study but that their reader must see. The name of
/// each (`flag_name`) stands in the `qc_flags` column; docs/errors.md explains them.
enum class Flag {
    level_not_verified,
    level_uncertain,
    transitional_suspected,
    slice_far_from_level,
    slice_tilted,
    nearer_slice_missing,
    frame_of_reference_differs,
    several_images_at_place,
    header_assumed,
    patient_contradiction,
    patient_id_contradiction,
    weighting_unknown,
    weighting_from_table,
    weighting_from_operator,
    weighting_from_pixels,
    not_t2_weighted,
    fat_suppression_suspected,
    contrast_not_t2,
    cut_by_field_of_view,
    structure_missing,
    implausible_shape,
    outline_uncertain,
    sides_swapped_suspected,
    fat_reference_missing,
    fat_reference_elsewhere,
    fat_method_disagreement,
    intensities_clipped,
    dark_band_suspected,
    outlines_overlap,
    outline_slice_not_verified,
    correction_not_counted,
    dicom_objects_left_out,
    accession_number_contradiction,
    risk_no_clinical_data,
    risk_identity_contradiction,
    risk_wrong_level,
    risk_refused,
    risk_out_of_range,
    fracture_count_contradiction,
};

/// What a flag casts doubt on.
enum class FlagSubject {
    image,     ///< Whether this is the kind of image that may be measured.
    level,     ///< Whether the slice lies where it should.
    outlines,  ///< Whether the outlines are those of the muscles.
    fat,       ///< Whether the fat inside them is right.
    risk,      ///< The risk, or why there is none; the measured numbers are not in doubt.
};

/// A row of the table of flags.
struct FlagEntry {
    Flag flag;
    std::string_view name;  ///< Stable snake_case name.
    FlagSubject subject;
    std::string_view meaning;  ///< In a few words, as docs/errors.md begins.
};

/// Every flag once.
std::span<const FlagEntry> flag_table();

std::string_view flag_name(Flag flag);

/// Whether `names`, as in the column `qc_flags` ("a;b"), has this one.
bool names_flag(std::string_view names, Flag flag);
FlagSubject flag_subject(Flag flag);

/// "image", "level", "outlines", "fat", "risk".
std::string_view subject_name(FlagSubject subject);

}  // namespace paraspinal
