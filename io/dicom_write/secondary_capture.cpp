// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/secondary_capture.h"

#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/derived_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using dicom::check;
using dicom::put;

void put_pixels(DcmDataset& object, const RgbImage& picture) {
    constexpr Uint16 kSamples = 3;
    constexpr Uint16 kBits = 8;
    const std::vector<std::pair<DcmTagKey, Uint16>> numbers{
        {DCM_SamplesPerPixel, kSamples},
        {DCM_PlanarConfiguration, Uint16{0}},
        {DCM_Rows, static_cast<Uint16>(picture.rows)},
        {DCM_Columns, static_cast<Uint16>(picture.cols)},
        {DCM_BitsAllocated, kBits},
        {DCM_BitsStored, kBits},
        {DCM_HighBit, static_cast<Uint16>(kBits - 1)},
        {DCM_PixelRepresentation, Uint16{0}}};
    for (const auto& [tag, value] : numbers) {
        check(object.putAndInsertUint16(tag, value), "pixel format");
    }
    put(object, DCM_PhotometricInterpretation, "RGB");
    std::vector<Uint8> bytes;
    bytes.reserve(kSamples * picture.pixels.size() + 1);
    for (const auto& color : picture.pixels) {
        bytes.insert(bytes.end(), color.begin(), color.end());
    }
    bytes.resize(bytes.size() + bytes.size() % 2);
    check(object.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size()), "pixels");
}

// NOLINTNEXTLINE(*-easily-swappable-parameters): what is written first, as in all of io/derived.
void put_derivation(DcmDataset& object, DcmDataset& image, const SliceHeader& source) {
    DcmItem* item = nullptr;
    DcmItem* code = nullptr;
    check(object.findOrCreateSequenceItem(DCM_SourceImageSequence, item), "source image");
    put(*item, DCM_ReferencedSOPClassUID, dicom::text(image, DCM_SOPClassUID));
    put(*item, DCM_ReferencedSOPInstanceUID, dicom::text(image, DCM_SOPInstanceUID));
    if (source.frames_in_file > 1) {
        put(*item, DCM_ReferencedFrameNumber, std::to_string(source.frame + 1));
    }
    check(item->findOrCreateSequenceItem(DCM_PurposeOfReferenceCodeSequence, code), "purpose");
    dicom::put_code(*code, {"121322", "DCM", "Source image for image processing operation"});
}

}  // namespace

void write_secondary_capture(const std::filesystem::path& file,
                             const RgbImage& picture,
                             const CaptureTitle& title,
                             const Provenance& provenance) {
    const dicom::OpenFile image = dicom::open_file(provenance.source.file);
    DcmFileFormat format;
    DcmDataset& object = *format.getDataset();
    put(object, DCM_SOPClassUID, UID_SecondaryCaptureImageStorage);
    put(object, DCM_Modality, "MR");
    put(object, DCM_ConversionType, "WSD");
    put(object, DCM_ImageType, "DERIVED\\SECONDARY");
    put(object, DCM_PatientOrientation, "");
    put(object, DCM_Laterality, "");
    put(object, DCM_BurnedInAnnotation, "NO");  // None that says who it is, PS3.3 C.7.6.1.
    put(object, DCM_RecognizableVisualFeatures, "NO");
    put_pixels(object, picture);
    put_derivation(object, image.dataset(), provenance.source);
    put(object, DCM_DerivationDescription, title.derivation);
    dicom::write_object(file,
                        format,
                        image.dataset(),
                        {.name = title.name,
                         .series_number = title.series_number,
                         .series_description = title.series_description,
                         .series_name = title.series_name,
                         .instance_number = title.instance_number},
                        provenance);
}

}  // namespace paraspinal
