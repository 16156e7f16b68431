// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/notice.h"

#include "core/error.h"
#include "io/dicom_write/provenance.h"
#include "io/dicom_write/secondary_capture.h"
#include "io/digest.h"
#include "io/nifti/scan.h"
#include "io/output_file.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/sheet_internal.h"
#include "pipeline/report/pictures/slice_picture_internal.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

bool is_of_uid(char letter) {
    return letter == '.' || (letter >= '0' && letter <= '9');
}

// UIDs tell whose images they are, and nobody reads them off a picture.
std::string without_uids(const std::string& text) {
    std::string told;
    for (auto at = text.begin(); at != text.end();) {
        const auto end = std::find_if_not(at, text.end(), is_of_uid);
        if (std::count(at, end, '.') >= 2) {
            told += "(UID)";
        } else {
            told.append(at, end);
        }
        at = end;
        if (at != text.end()) {
            told += *at++;
        }
    }
    return told;
}

// Messages about single files name them, and folders of archives have the names of patients.
std::string cause_of(const StudyFailure& failure) {
    constexpr int kMustNotBeMeasured = 4;
    return exit_code(failure.code) == kMustNotBeMeasured
               ? without_uids(failure.cause)
               : "Its images could not be read or measured; the table of the run says more.";
}

const SliceHeader* first_image(const Study& study) {
    const auto series =
        std::ranges::find_if(study.series, [](const Series& one) { return !one.slices.empty(); });
    return series == study.series.end() ? nullptr : &series->slices.front();
}

}  // namespace

RgbImage notice_pixels(const StudyFailure& failure, const std::string& software_version) {
    Lettering lettering;
    Sheet sheet(lettering);
    sheet.down(48);
    sheet.left("Paraspinal muscles: not measured",
               kMarginPx,
               {.size_px = 25, .bold = true, .color = kInk});
    sheet.down(26);
    sheet.left("Study " + short_study_name(failure.study), kMarginPx, kFaint);
    sheet.down(52);
    sheet.left(
        error_name(failure.code), kMarginPx, {.size_px = 20, .bold = true, .color = kWarning});
    sheet.down(36);
    sheet.paragraph(cause_of(failure), kMarginPx, kBody);
    sheet.down(44);
    sheet.paragraph(
        "No number of this study is in any table. What the reason means: docs/errors.md.",
        kMarginPx,
        kFaint);
    const int height_px =
        std::clamp(cvCeil(sheet.y_px()) + kFooterPx, kPanelWidthPx, kLongestPanelPx);
    return rgb_image(sheet.signed_and_cut(height_px, software_version));
}

std::vector<std::filesystem::path> write_notice(const std::filesystem::path& folder,
                                                const StudyFailure& failure,
                                                const Study& study,
                                                const OutputOptions& options) {
    const SliceHeader* const image = first_image(study);
    if (!options.notice || image == nullptr || has_nifti_name(image->file)) {
        return {};
    }
    StudyFailure shown = failure;
    if (options.pseudonyms) {
        shown.study = {.study_uid = options.pseudonyms->dicom_uid(failure.study.study_uid)};
    }
    const std::filesystem::path study_folder = folder / study_folder_name(failure.study);
    const std::filesystem::path file = study_folder / "notice.dcm";
    try {
        Provenance provenance =
            provenance_of(*image,
                          options.software_version,
                          sha256(std::string(error_name(failure.code)) + "\n" + failure.message));
        provenance.pseudonyms = options.pseudonyms;
        provenance = in_place_of(options.earlier, provenance);
        make_output_folder(study_folder);
        write_secondary_capture(file,
                                notice_pixels(shown, options.software_version),
                                {.name = "notice",
                                 .series_number = "9004",
                                 .series_description = "Paraspinal: not measured (research use)",
                                 .derivation = "Notice that the study was not measured"},
                                provenance);
        return {file};
    } catch (const Error& error) {
        if (error.code() == ErrorCode::output_not_writable) {
            throw;
        }
        return {};
    }
}

}  // namespace paraspinal
