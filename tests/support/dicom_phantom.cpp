// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dicom_phantom.h"

#include "tests/support/dicom_put.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace paraspinal::testing {
namespace {

void put_identity(DcmItem& item, const DicomPhantom& phantom) {
    put(item, DCM_Modality, "MR");
    put(item, DCM_Manufacturer, "phantom");
    put(item, DCM_PatientID, phantom.patient_id);
    put(item, DCM_PatientName, phantom.patient_name);
    put(item, DCM_PatientSex, phantom.patient_sex);
    put(item, DCM_PatientAge, phantom.patient_age);
    put(item, DCM_PatientBirthDate, phantom.birth_date);
    put(item, DCM_StudyInstanceUID, phantom.study_uid);
    put(item, DCM_StudyDate, phantom.study_date);
    put(item, DCM_AccessionNumber, phantom.accession_number);
    put(item, DCM_SeriesInstanceUID, phantom.series_uid);
    put(item, DCM_SeriesDescription, phantom.series_description);
    put(item, DCM_ProtocolName, phantom.protocol_name);
    put(item, DCM_SeriesNumber, std::to_string(phantom.series_number));
    put(item, DCM_InstanceNumber, std::to_string(phantom.instance_number));
    put(item, DCM_SOPInstanceUID, sop_instance_uid(phantom));
    put(item, DCM_FrameOfReferenceUID, phantom.study_uid + ".9");
    put(item, DCM_ImageType, phantom.image_type);
}

void put_classic_acquisition(DcmItem& item, const DicomPhantom& phantom) {
    put(item, DCM_ScanningSequence, phantom.scanning_sequence);
    put(item, DCM_ScanOptions, phantom.scan_options);
    put(item, DCM_SequenceName, phantom.sequence_name);
    put_number(item, DCM_RepetitionTime, phantom.repetition_time_ms);
    put_number(item, DCM_EchoTime, phantom.echo_time_ms);
    put_number(item, DCM_InversionTime, phantom.inversion_time_ms);
    put_number(item, DCM_DiffusionBValue, phantom.b_value_s_mm2);
    put_position(item, phantom.plane);
    put_orientation(item, phantom.plane);
    put_spacing(item, phantom.spacing);
    put_number(item, DCM_SliceThickness, phantom.slice_thickness_mm);
}

void put_pixel_format(DcmItem& item, const DicomPhantom& phantom) {
    put_short(item, DCM_SamplesPerPixel, 1);
    put(item, DCM_PhotometricInterpretation, phantom.photometric_interpretation);
    put_short(item, DCM_Rows, phantom.size.rows);
    put_short(item, DCM_Columns, phantom.size.cols);
    put_short(item, DCM_BitsAllocated, phantom.bits_allocated);
    put_short(item, DCM_BitsStored, phantom.bits_stored);
    put_short(item, DCM_HighBit, phantom.high_bit);
    put_short(item, DCM_PixelRepresentation, phantom.is_signed ? 1 : 0);
}

// Samples in little-endian byte order, shifted so that the top bit lies at high_bit.
void append_samples(std::vector<Uint8>& bytes, const DicomPhantom& phantom) {
    const Image<std::int32_t> pixels =
        phantom.pixels.pixels.empty()
            ? pattern(phantom.size, 1 << std::min(phantom.bits_stored, 12))
            : phantom.pixels;
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << phantom.bits_stored) - 1);
    for (const std::int32_t value : pixels.pixels) {
        const std::uint32_t sample = (static_cast<std::uint32_t>(value) & mask)
                                     << (phantom.high_bit + 1 - phantom.bits_stored);
        for (int bit = 0; bit < phantom.bits_allocated; bit += 8) {
            bytes.push_back(static_cast<Uint8>(sample >> bit));
        }
    }
}

void put_frame_groups(DcmItem& groups, const DicomPhantom& frame) {
    put_position(new_item(groups, DCM_PlanePositionSequence), frame.plane);
    put_orientation(new_item(groups, DCM_PlaneOrientationSequence), frame.plane);
    DcmItem& measures = new_item(groups, DCM_PixelMeasuresSequence);
    put_spacing(measures, frame.spacing);
    put_number(measures, DCM_SliceThickness, frame.slice_thickness_mm);
    put(new_item(groups, DCM_MRImageFrameTypeSequence), DCM_FrameType, frame.image_type);
    put_number(new_item(groups, DCM_MREchoSequence), DCM_EffectiveEchoTime, frame.echo_time_ms);
    if (frame.b_value_s_mm2) {
        put_number(
            new_item(groups, DCM_MRDiffusionSequence), DCM_DiffusionBValue, frame.b_value_s_mm2);
    }
    if (!frame.changes.empty()) {
        change(new_item(groups, DCM_PixelValueTransformationSequence), frame.changes);
    }
}

}  // namespace

void write_dicom(const std::filesystem::path& file, const DicomPhantom& phantom) {
    DcmFileFormat format;
    DcmDataset& dataset = *format.getDataset();
    put(dataset, DCM_SOPClassUID, UID_MRImageStorage);
    put_identity(dataset, phantom);
    put_classic_acquisition(dataset, phantom);
    put_pixel_format(dataset, phantom);
    std::vector<Uint8> bytes;
    append_samples(bytes, phantom);
    put_pixels(dataset, std::move(bytes), phantom.bits_allocated);
    change(dataset, phantom.changes);
    save(format, file, phantom.syntax);
}

void write_enhanced_dicom(const std::filesystem::path& file,
                          const std::vector<DicomPhantom>& frames) {
    const DicomPhantom& first = frames.front();
    DcmFileFormat format;
    DcmDataset& dataset = *format.getDataset();
    put(dataset, DCM_SOPClassUID, UID_EnhancedMRImageStorage);
    put_identity(dataset, first);
    put(dataset, DCM_EchoPulseSequence, first.scanning_sequence == "GR" ? "GRADIENT" : "SPIN");
    put_pixel_format(dataset, first);
    put(dataset, DCM_NumberOfFrames, std::to_string(frames.size()));
    DcmItem& shared = new_item(dataset, DCM_SharedFunctionalGroupsSequence);
    put_number(new_item(shared, DCM_MRTimingAndRelatedParametersSequence),
               DCM_RepetitionTime,
               first.repetition_time_ms);
    std::vector<Uint8> bytes;
    for (const DicomPhantom& frame : frames) {
        put_frame_groups(new_item(dataset, DCM_PerFrameFunctionalGroupsSequence), frame);
        append_samples(bytes, frame);
    }
    put_pixels(dataset, std::move(bytes), first.bits_allocated);
    save(format, file, first.syntax);
}

void change_element(const std::filesystem::path& file, const DicomElement& changed) {
    DcmFileFormat format;
    check(format.loadFile(file.c_str()), "loading");
    check(format.loadAllDataIntoMemory(), "loading");
    change(*format.getDataset(), {changed});
    check(format.saveFile(file.c_str(), format.getDataset()->getOriginalXfer()), "saving");
}

void remove_meta_header(const std::filesystem::path& file) {
    DcmFileFormat format;
    check(format.loadFile(file.c_str()), "loading");
    check(format.loadAllDataIntoMemory(), "loading");
    check(format.saveFile(file.c_str(),
                          EXS_LittleEndianImplicit,
                          EET_UndefinedLength,
                          EGL_recalcGL,
                          EPD_noChange,
                          0,
                          0,
                          EWM_dataset),
          "saving");
}

}  // namespace paraspinal::testing
