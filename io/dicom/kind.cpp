// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/kind.h"

#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom/supported_internal.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace paraspinal::dicom {
namespace {

struct ClassName {
    std::string_view uid_start;
    std::string_view name;
};

// Families of SOP classes share the start of their UIDs (PS3.4 B.5).
constexpr std::array kOtherClasses{
    ClassName{"1.2.840.10008.5.1.4.1.1.7", "secondary capture"},
    ClassName{"1.2.840.10008.5.1.4.1.1.11", "presentation state"},
    ClassName{"1.2.840.10008.5.1.4.1.1.88", "structured report"},
    ClassName{"1.2.840.10008.5.1.4.1.1.66.4", "segmentation"},
    ClassName{"1.2.840.10008.5.1.4.1.1.66", "raw or registration data"},
    ClassName{"1.2.840.10008.5.1.4.1.1.30", "parametric map"},
    ClassName{"1.2.840.10008.5.1.4.1.1.481.3", "RT structure set"},
    ClassName{"1.2.840.10008.5.1.4.1.1.481", "radiotherapy object"},
    ClassName{"1.2.840.10008.5.1.4.1.1.104", "encapsulated document"},
    ClassName{"1.2.840.10008.5.1.4.1.1.9", "waveform"},
    ClassName{"1.2.840.10008.5.1.4.1.1.4.2", "MR spectroscopy"},
    ClassName{"1.2.840.10008.5.1.4.1.1.4.3", "color MR image"},
};

bool belongs_to(std::string_view uid, std::string_view family) {
    return uid.substr(0, family.size()) == family &&
           (uid.size() == family.size() || uid[family.size()] == '.');
}

// A modality is echoed in messages only when it looks like one: two to sixteen capitals.
std::string modality_name(const std::string& modality) {
    const bool plain =
        !modality.empty() && modality.size() <= 16 &&
        std::all_of(modality.begin(), modality.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return plain ? modality : "unknown";
}

std::string meta_text(const OpenFile& opened, const DcmTagKey& tag) {
    return text(*opened.format->getMetaInfo(), tag);
}

// What a CT, an X-ray or a nuclear image always says, and an MR image never.
bool speaks_of_radiation(DcmItem& dataset) {
    return text(dataset, DCM_RescaleType) == "HU" ||
           std::ranges::any_of(
               std::array{
                   DCM_KVP, DCM_ConvolutionKernel, DCM_RadiopharmaceuticalInformationSequence},
               [&dataset](const DcmTagKey& tag) { return is_stated(dataset, tag); });
}

bool is_placed_in_patient(DcmItem& dataset) {
    const bool has_groups = is_stated(dataset, DCM_PerFrameFunctionalGroupsSequence);
    return has_groups || (is_stated(dataset, DCM_ImagePositionPatient) &&
                          is_stated(dataset, DCM_ImageOrientationPatient) &&
                          is_stated(dataset, DCM_PixelSpacing));
}

std::optional<Refusal> class_refusal(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    // A DICOMDIR names its class in the meta header alone.
    if (dataset.tagExists(DCM_DirectoryRecordSequence)) {
        return Refusal{ErrorCode::not_an_image, "DICOM directory"};
    }
    const std::string own_class = text(dataset, DCM_SOPClassUID);
    const std::string sop_class =
        own_class.empty() ? meta_text(opened, DCM_MediaStorageSOPClassUID) : own_class;
    const std::string modality = text(dataset, DCM_Modality);
    for (const ClassName& other : kOtherClasses) {
        if (belongs_to(sop_class, other.uid_start)) {
            return Refusal{ErrorCode::not_an_image, std::string(other.name)};
        }
    }
    const bool is_mr = !own_class.empty()   ? is_mr_image_class(own_class)
                       : !modality.empty()  ? modality == "MR"
                       : !sop_class.empty() ? is_mr_image_class(sop_class)
                                            : is_placed_in_patient(dataset);
    if (!is_mr || (own_class.empty() && modality.empty() && speaks_of_radiation(dataset))) {
        return Refusal{ErrorCode::not_an_image,
                       "not an MR image (modality " + modality_name(modality) + ")"};
    }
    return std::nullopt;
}

std::optional<Refusal> identifier_refusal(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    if (text(dataset, DCM_SeriesInstanceUID).empty()) {
        return Refusal{ErrorCode::malformed_file, "has no series instance UID"};
    }
    if (instance_uid(opened).empty()) {
        return Refusal{ErrorCode::malformed_file, "has no SOP instance UID"};
    }
    return std::nullopt;
}

std::optional<Refusal> layout_refusal(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    const std::vector<std::string> image_type = texts(dataset, DCM_ImageType);
    if (std::find(image_type.begin(), image_type.end(), "MOSAIC") != image_type.end()) {
        return Refusal{ErrorCode::unsupported_encoding,
                       "Siemens mosaic (many slices tiled in one image)"};
    }
    const std::size_t groups = items(dataset, DCM_PerFrameFunctionalGroupsSequence).size();
    const int frames = whole_number(dataset, DCM_NumberOfFrames).value_or(1);
    if (groups == 0 && frames > 1) {
        return Refusal{ErrorCode::unsupported_encoding,
                       "multi-frame image that does not say where its frames lie"};
    }
    if (groups != 0 && static_cast<std::size_t>(std::max(frames, 0)) != groups) {
        return Refusal{ErrorCode::malformed_file,
                       "its number of frames contradicts its functional groups"};
    }
    return std::nullopt;
}

bool is_color(std::string_view photometric) {
    return photometric.starts_with("RGB") || photometric.starts_with("YBR") ||
           photometric.starts_with("PALETTE");
}

// Whether the pixel spacing contradicts the field of view, or is what converters fill in.
bool is_spacing_doubtful(DcmItem& dataset) {
    // Images are cropped and interpolated, but neither halves nor doubles what a pixel stands for.
    constexpr double kMostCropped = 0.6;
    constexpr double kMostAbove = 1.1;
    const std::vector<std::string> spacing = texts(dataset, DCM_PixelSpacing);
    const auto row = spacing.size() == 2 ? parse_number(spacing[0]) : std::nullopt;
    const auto col = spacing.size() == 2 ? parse_number(spacing[1]) : std::nullopt;
    if (!row || !col) {
        return false;
    }
    const double side_mm = std::max(*row * whole_number(dataset, DCM_Rows).value_or(0),
                                    *col * whole_number(dataset, DCM_Columns).value_or(0));
    const double diameter_mm = number(dataset, DCM_ReconstructionDiameter).value_or(0);
    const bool fits = diameter_mm <= 0 || (side_mm >= kMostCropped * diameter_mm &&
                                           side_mm <= kMostAbove * diameter_mm);
    const bool is_isotropic = number(dataset, DCM_SliceThickness) == 1.0;
    return !fits || (*row == 1 && *col == 1 && diameter_mm <= 0 && !is_isotropic);
}

}  // namespace

bool is_mr_image_class(std::string_view uid) {
    return std::find(kMrImageClasses.begin(), kMrImageClasses.end(), uid) != kMrImageClasses.end();
}

std::string instance_uid(const OpenFile& opened) {
    const std::string own = text(opened.dataset(), DCM_SOPInstanceUID);
    return own.empty() ? meta_text(opened, DCM_MediaStorageSOPInstanceUID) : own;
}

std::string photometric_interpretation(DcmItem& dataset) {
    std::string name = text(dataset, DCM_PhotometricInterpretation);
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return name.empty() ? "MONOCHROME2" : name;
}

std::vector<std::string> assumptions_of(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    std::vector<std::string> assumed;
    if (text(dataset, DCM_SOPClassUID).empty() && text(dataset, DCM_Modality).empty()) {
        assumed.emplace_back(
            "it states no modality and no SOP class and was taken for an MR image");
    }
    const std::string modality = text(dataset, DCM_Modality);
    if (!text(dataset, DCM_SOPClassUID).empty() && !modality.empty() && modality != "MR") {
        assumed.emplace_back("its SOP class says MR, its modality does not; it was taken for MR");
    }
    if (is_spacing_doubtful(dataset)) {
        assumed.emplace_back(
            "its pixel spacing may be a placeholder or for other pixels (it is 1 x 1 mm, or does "
            "not fit the stated reconstruction diameter); areas rest on it");
    }
    if (text(dataset, DCM_PhotometricInterpretation).empty()) {
        assumed.emplace_back(
            "it does not say whether larger values are brighter; they were taken "
            "to be");
    }
    if (text(dataset, DCM_SOPInstanceUID).empty()) {
        assumed.emplace_back("its SOP instance UID is that of its meta header");
    }
    if (has_assumed_text(dataset, DCM_PatientID) || has_assumed_text(dataset, DCM_PatientName)) {
        assumed.emplace_back("the character set of its patient's ID or name is not the one stated");
    }
    return assumed;
}

bool can_decode(const OpenFile& opened) {
    const std::string_view syntax = DcmXfer(opened.dataset().getOriginalXfer()).getXferID();
    // DCMTK reads an unknown syntax as if it were a known one.
    const bool is_known = opened.transfer_syntax_uid.empty() ||
                          DcmXfer(opened.transfer_syntax_uid.c_str()).getXfer() != EXS_Unknown;
    return is_known && std::ranges::find(kImageSyntaxes, syntax) != kImageSyntaxes.end();
}

std::optional<Refusal> encoding_refusal(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    const std::string colors = photometric_interpretation(dataset);
    if (whole_number(dataset, DCM_SamplesPerPixel).value_or(1) != 1 || is_color(colors)) {
        return Refusal{ErrorCode::unsupported_encoding, "color image, not grayscale"};
    }
    if (colors != "MONOCHROME1" && colors != "MONOCHROME2") {
        return Refusal{ErrorCode::unsupported_encoding,
                       "its photometric interpretation is none that is known"};
    }
    const int bits = whole_number(dataset, DCM_BitsAllocated).value_or(0);
    if (bits == 0) {
        return Refusal{ErrorCode::malformed_file, "does not state how many bits a pixel has"};
    }
    if (bits != 8 && bits != 16 && bits != 32) {
        return Refusal{ErrorCode::unsupported_encoding,
                       "pixels of " + std::to_string(bits) + " bits, not 8, 16 or 32"};
    }
    if (!can_decode(opened)) {
        return Refusal{ErrorCode::unsupported_encoding,
                       "transfer syntax " + opened.transfer_syntax_uid + " is not supported"};
    }
    return std::nullopt;
}

std::optional<Refusal> refusal_of(const OpenFile& opened) {
    DcmItem& dataset = opened.dataset();
    for (const auto& judge : {class_refusal, identifier_refusal, layout_refusal}) {
        if (std::optional<Refusal> refusal = judge(opened)) {
            return refusal;
        }
    }
    if (!opened.pixels_follow) {
        return Refusal{ErrorCode::malformed_file, "MR image without pixel data"};
    }
    if (!dataset.tagExists(DCM_Rows) || !dataset.tagExists(DCM_Columns)) {
        return Refusal{ErrorCode::malformed_file, "does not state its numbers of rows and columns"};
    }
    return encoding_refusal(opened);
}

}  // namespace paraspinal::dicom
