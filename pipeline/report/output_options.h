// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/earlier_objects.h"
#include "io/pseudonyms.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Which files a run writes, and by which program.
struct OutputOptions {
    bool csv = true;      ///< measurements.csv, muscles.csv and vertebrae.csv.
    bool json = true;     ///< measurement.json
    bool png = true;      ///< overlay.png, fat.png; level.png, vertebrae.png when they were found.
    bool nifti = true;    ///< image.nii.gz, labels.nii.gz and fat.nii.gz
    bool roi = false;     ///< rois.zip for ImageJ: one ROI a structure.
    bool seg = false;     ///< seg.dcm: outlines and fat as DICOM Segmentation.
    bool sr = false;      ///< sr.dcm: the numbers as DICOM Structured Report; brings seg along.
    bool sc = false;      ///< sc.dcm, sc_level.dcm: pictures as DICOM SC.
    bool notice = false;  ///< notice.dcm: that a study was not measured, as such a capture too.
    bool html = false;    ///< report.html of the whole run (page/study_page.h); brings csv along.
    std::string software_version;          ///< As written into the files.
    std::string observer;                  ///< Who drew the outlines, said in sr; empty: nobody.
    std::optional<Pseudonyms> pseudonyms;  ///< Given: DICOM objects do not say who it is.
    std::vector<EarlierObject> earlier{};  ///< Of the study; DICOM objects come in their place.
    friend bool operator==(const OutputOptions&, const OutputOptions&) = default;
};

/// True when a DICOM object is among the outputs: those need a DICOM source.
bool has_dicom_object(const OutputOptions& options);

/// What may stand in the list of output_options.
std::vector<std::string> output_names();

/// The options that `--write` spells: names separated by commas,
/// "csv,json,png,nifti,roi,seg,sr,sc,notice,html". A report refers to the segments, so sr brings
/// seg along; the page is made of the tables, so html brings csv along. Throws Error usage for an
/// empty list and for a name that is unknown.
OutputOptions output_options(std::string_view list, const std::string& software_version);

}  // namespace paraspinal
