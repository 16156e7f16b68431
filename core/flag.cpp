// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/flag.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using enum FlagSubject;

constexpr std::array kFlags{
    FlagEntry{Flag::level_not_verified,
              "level_not_verified",
              level,
              "nothing shows at which level the slice lies"},
    FlagEntry{Flag::level_uncertain,
              "level_uncertain",
              level,
              "the vertebrae were named on the sagittal series, but the names may be wrong"},
    FlagEntry{Flag::transitional_suspected,
              "transitional_suspected",
              level,
              "the lowest body that was counted, as L5, may be S1 with a disc of its own below it"},
    FlagEntry{Flag::slice_far_from_level,
              "slice_far_from_level",
              level,
              "the nearest axial slice passes more than 10 mm from the endplate"},
    FlagEntry{Flag::slice_tilted,
              "slice_tilted",
              level,
              "the slice is tilted by more than 15 degrees against the endplate"},
    FlagEntry{Flag::nearer_slice_missing,
              "nearer_slice_missing",
              level,
              "the series leaves a gap at the level, or images cannot be read: a nearer slice is "
              "missing"},
    FlagEntry{Flag::frame_of_reference_differs,
              "frame_of_reference_differs",
              level,
              "the axial and the sagittal series do not state that they share scanner coordinates"},
    FlagEntry{Flag::several_images_at_place,
              "several_images_at_place",
              level,
              "other axial T2 images show the same place, and nothing says which is right"},
    FlagEntry{Flag::header_assumed,
              "header_assumed",
              image,
              "the header leaves something open that was assumed, such as the modality"},
    FlagEntry{Flag::patient_contradiction,
              "patient_contradiction",
              image,
              "other files with this study UID state another patient or examination"},
    FlagEntry{Flag::patient_id_contradiction,
              "patient_id_contradiction",
              image,
              "other studies with this patient ID state another sex, birth date or name"},
    FlagEntry{Flag::weighting_unknown,
              "weighting_unknown",
              image,
              "the header does not say whether the slice is T2"},
    FlagEntry{Flag::weighting_from_table,
              "weighting_from_table",
              image,
              "a table beside the images says that the series is T2, its header does not"},
    FlagEntry{Flag::weighting_from_operator,
              "weighting_from_operator",
              image,
              "the operator says that the series is T2, its header does not"},
    FlagEntry{Flag::weighting_from_pixels,
              "weighting_from_pixels",
              image,
              "nothing but the pixels says that the image is T2"},
    FlagEntry{Flag::not_t2_weighted,
              "not_t2_weighted",
              image,
              "the operator named a slice whose header does not look like T2"},
    FlagEntry{Flag::fat_suppression_suspected,
              "fat_suppression_suspected",
              image,
              "fat is darker against fluid than on T2 without fat suppression"},
    FlagEntry{Flag::contrast_not_t2,
              "contrast_not_t2",
              image,
              "fluid is about as dark as muscle, which it is not on T2"},
    FlagEntry{Flag::cut_by_field_of_view,
              "cut_by_field_of_view",
              outlines,
              "a structure reaches the border of the image"},
    FlagEntry{Flag::structure_missing,
              "structure_missing",
              outlines,
              "vertebral body or a psoas was not found"},
    FlagEntry{Flag::implausible_shape,
              "implausible_shape",
              outlines,
              "an area, or the difference between the sides, beyond what adults have; or a shape "
              "that hardly any expert outline has"},
    FlagEntry{Flag::outline_uncertain,
              "outline_uncertain",
              outlines,
              "the network was in doubt about a structure"},
    FlagEntry{Flag::sides_swapped_suspected,
              "sides_swapped_suspected",
              outlines,
              "a right-sided muscle lies left of its partner"},
    FlagEntry{Flag::fat_reference_missing,
              "fat_reference_missing",
              fat,
              "the slice shows no fat to compare the muscles with, so FA and FDR are empty"},
    FlagEntry{
        Flag::fat_reference_elsewhere,
        "fat_reference_elsewhere",
        fat,
        "no subcutaneous fat is in sight; the muscles were compared with fat beside the spine"},
    FlagEntry{Flag::fat_method_disagreement,
              "fat_method_disagreement",
              fat,
              "the fat methods differ by more than usual about this slice"},
    FlagEntry{Flag::intensities_clipped,
              "intensities_clipped",
              fat,
              "values that the fat threshold rests on were cut off when the image was stored"},
    FlagEntry{Flag::dark_band_suspected,
              "dark_band_suspected",
              fat,
              "a dark band crosses the muscles, so that no threshold serves all of them"},
    FlagEntry{Flag::outlines_overlap,
              "outlines_overlap",
              outlines,
              "two of your own outlines share more than 5 % of the smaller one"},
    FlagEntry{Flag::outline_slice_not_verified,
              "outline_slice_not_verified",
              outlines,
              "nothing shows that your ROIs were drawn on the measured slice"},
    FlagEntry{Flag::correction_not_counted,
              "correction_not_counted",
              outlines,
              "a reader corrected outlines on a slice of the stretch; the volume is from those of "
              "the program"},
    FlagEntry{Flag::dicom_objects_left_out,
              "dicom_objects_left_out",
              image,
              "SEG, SR and SC were not written"},
    FlagEntry{Flag::accession_number_contradiction,
              "accession_number_contradiction",
              risk,
              "other studies with this accession number are of another patient"},
    FlagEntry{Flag::risk_no_clinical_data,
              "risk_no_clinical_data",
              risk,
              "the clinical table has no row of this patient, or several and no date tells which "
              "is meant, so there is no risk"},
    FlagEntry{
        Flag::risk_identity_contradiction,
        "risk_identity_contradiction",
        risk,
        "image and clinical table, or the images of one ID or accession number, state different "
        "people, so there is no risk"},
    FlagEntry{Flag::risk_wrong_level,
              "risk_wrong_level",
              risk,
              "the risk model is about L3 and another level was measured, so there is no risk"},
    FlagEntry{Flag::risk_refused,
              "risk_refused",
              risk,
              "a clinical value that nobody can have, so there is no risk"},
    FlagEntry{Flag::risk_out_of_range,
              "risk_out_of_range",
              risk,
              "the risk rests on values beyond those of the published cohort, or on CSA and FDR "
              "that were measured otherwise"},
    FlagEntry{Flag::fracture_count_contradiction,
              "fracture_count_contradiction",
              risk,
              "the clinical table says one fractured vertebra, the sagittal series shows more "
              "deformed bodies"},
};

const FlagEntry& entry(Flag flag) {
    const auto found = std::ranges::find(kFlags, flag, &FlagEntry::flag);
    if (found == kFlags.end()) {
        throw Error(ErrorCode::internal, "a flag without a row in the table of flags");
    }
    return *found;
}

}  // namespace

std::span<const FlagEntry> flag_table() {
    return kFlags;
}

std::string_view flag_name(Flag flag) {
    return entry(flag).name;
}

bool names_flag(std::string_view names, Flag flag) {
    const std::vector<std::string> all = split(names, ';');
    return std::ranges::find(all, flag_name(flag)) != all.end();
}

FlagSubject flag_subject(Flag flag) {
    return entry(flag).subject;
}

std::string_view subject_name(FlagSubject subject) {
    switch (subject) {
        case FlagSubject::image: return "image";
        case FlagSubject::level: return "level";
        case FlagSubject::outlines: return "outlines";
        case FlagSubject::fat: return "fat";
        case FlagSubject::risk: return "risk";
    }
    return {};
}

}  // namespace paraspinal
