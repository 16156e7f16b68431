// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dicom_phantom.h"

#include "core/text.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>

#include <gdcmImageChangeTransferSyntax.h>
#include <gdcmImageReader.h>
#include <gdcmImageWriter.h>
#include <memory>
#include <stdexcept>

namespace paraspinal::testing {
namespace {

void check(const OFCondition& condition, const char* what) {
    if (condition.bad()) {
        throw std::runtime_error(std::string("phantom: ") + what + ": " + condition.text());
    }
}

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
    check(item.putAndInsertString(tag, value.c_str()), "putting an element");
}

void put_number(DcmItem& item, const DcmTagKey& tag, const std::optional<double>& value) {
    if (value) {
        const DcmTag known(tag);
        check(known.getEVR() == EVR_FD
                  ? item.putAndInsertFloat64(tag, *value)
                  : item.putAndInsertString(tag, shortest_text(*value).c_str()),
              "putting a number");
    }
}

void put_short(DcmItem& item, const DcmTagKey& tag, int value) {
    check(item.putAndInsertUint16(tag, static_cast<Uint16>(value)), "putting a short");
}

std::string text_of(std::initializer_list<double> values) {
    std::string text;
    for (const double value : values) {
        text += text.empty() ? "" : "\\";
        text += fixed_text(value, 9);
    }
    return text;
}

void put_position(DcmItem& item, const ImagePlane& plane) {
    const Vec3& at = plane.origin_mm;
    put(item, DCM_ImagePositionPatient, text_of({at.x, at.y, at.z}));
}

void put_orientation(DcmItem& item, const ImagePlane& plane) {
    const Vec3& x = plane.along_columns;
    const Vec3& y = plane.along_rows;
    put(item, DCM_ImageOrientationPatient, text_of({x.x, x.y, x.z, y.x, y.y, y.z}));
}

void put_spacing(DcmItem& item, const DicomPhantom& phantom) {
    put(item, DCM_PixelSpacing, text_of({phantom.spacing.row_mm, phantom.spacing.col_mm}));
    put_number(item, DCM_SliceThickness, phantom.slice_thickness_mm);
}

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
    put_spacing(item, phantom);
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

void put_pixels(DcmItem& item, std::vector<Uint8> bytes, int bits_allocated) {
    bytes.resize(bytes.size() + bytes.size() % 2);
    if (bits_allocated == 8) {
        check(item.putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size()), "pixels");
    } else {
        std::vector<Uint16> words(bytes.size() / 2);
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] = static_cast<Uint16>(bytes[2 * word] | bytes[2 * word + 1] << 8);
        }
        check(item.putAndInsertUint16Array(DCM_PixelData, words.data(), words.size()), "pixels");
    }
}

void change(DcmItem& item, const std::vector<DicomElement>& changes) {
    for (const DicomElement& wanted : changes) {
        DcmTag tag(wanted.group, wanted.element);
        if (!wanted.value) {
            item.findAndDeleteElement(tag);
            continue;
        }
        if (tag.getEVR() == EVR_xs) {
            tag.setVR(wanted.value->starts_with('-') ? EVR_SS : EVR_US);
        }
        check(item.putAndInsertString(tag, wanted.value->c_str()), "changing an element");
    }
}

E_TransferSyntax dcmtk_syntax(Syntax syntax) {
    switch (syntax) {
        case Syntax::explicit_little: return EXS_LittleEndianExplicit;
        case Syntax::implicit_little: return EXS_LittleEndianImplicit;
        case Syntax::explicit_big: return EXS_BigEndianExplicit;
        case Syntax::deflated: return EXS_DeflatedLittleEndianExplicit;
        case Syntax::rle: return EXS_RLELossless;
        case Syntax::jpeg_lossless: return EXS_JPEGProcess14SV1;
        case Syntax::jpeg_baseline: return EXS_JPEGProcess1;
        // Written plain first; see encode_with_gdcm.
        case Syntax::jpeg_ls:
        case Syntax::jpeg_2000: return EXS_LittleEndianExplicit;
    }
    return EXS_LittleEndianExplicit;
}

// DCMTK's JPEG-LS does not go together with GDCM in one process, and it has no JPEG 2000.
void encode_with_gdcm(const std::filesystem::path& file, gdcm::TransferSyntax::TSType syntax) {
    gdcm::ImageReader reader;
    reader.SetFileName(file.c_str());
    gdcm::ImageChangeTransferSyntax encoder;
    encoder.SetTransferSyntax(syntax);
    bool good = reader.Read();
    if (good) {
        encoder.SetInput(reader.GetImage());
        good = encoder.Change();
    }
    gdcm::ImageWriter writer;
    writer.SetFileName(file.c_str());
    if (good) {
        writer.SetFile(reader.GetFile());
        writer.SetImage(encoder.GetOutput());
        good = writer.Write();
    }
    if (!good) {
        throw std::runtime_error("phantom: GDCM cannot encode");
    }
}

void save(DcmFileFormat& format, const std::filesystem::path& file, Syntax syntax) {
    static const bool registered = [] {
        DcmRLEEncoderRegistration::registerCodecs();
        DJEncoderRegistration::registerCodecs();
        return true;
    }();
    static_cast<void>(registered);
    const E_TransferSyntax wanted = dcmtk_syntax(syntax);
    check(format.getDataset()->chooseRepresentation(wanted, nullptr), "encoding");
    check(format.saveFile(file.c_str(), wanted), "saving");
    if (syntax == Syntax::jpeg_ls) {
        encode_with_gdcm(file, gdcm::TransferSyntax::JPEGLSLossless);
    } else if (syntax == Syntax::jpeg_2000) {
        encode_with_gdcm(file, gdcm::TransferSyntax::JPEG2000Lossless);
    }
}

DcmItem& new_item(DcmItem& parent, const DcmTagKey& sequence, long index = -2) {
    DcmItem* item = nullptr;
    check(parent.findOrCreateSequenceItem(sequence, item, index), "making an item");
    return *item;
}

void put_frame_groups(DcmItem& groups, const DicomPhantom& frame) {
    put_position(new_item(groups, DCM_PlanePositionSequence), frame.plane);
    put_orientation(new_item(groups, DCM_PlaneOrientationSequence), frame.plane);
    put_spacing(new_item(groups, DCM_PixelMeasuresSequence), frame);
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
