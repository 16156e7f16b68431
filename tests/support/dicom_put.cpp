// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dicom_put.h"

#include "core/text.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djencode.h>

#include <gdcmImageChangeTransferSyntax.h>
#include <gdcmImageReader.h>
#include <gdcmImageWriter.h>
#include <initializer_list>
#include <stdexcept>

namespace paraspinal::testing {
namespace {

std::string text_of(std::initializer_list<double> values) {
    std::string text;
    for (const double value : values) {
        text += text.empty() ? "" : "\\";
        text += fixed_text(value, 9);
    }
    return text;
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

}  // namespace

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

void put_position(DcmItem& item, const ImagePlane& plane) {
    const Vec3& at = plane.origin_mm;
    put(item, DCM_ImagePositionPatient, text_of({at.x, at.y, at.z}));
}

void put_orientation(DcmItem& item, const ImagePlane& plane) {
    const Vec3& x = plane.along_columns;
    const Vec3& y = plane.along_rows;
    put(item, DCM_ImageOrientationPatient, text_of({x.x, x.y, x.z, y.x, y.y, y.z}));
}

void put_spacing(DcmItem& item, const PixelSpacing& spacing) {
    put(item, DCM_PixelSpacing, text_of({spacing.row_mm, spacing.col_mm}));
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

DcmItem& new_item(DcmItem& parent, const DcmTagKey& sequence, long index) {
    DcmItem* item = nullptr;
    check(parent.findOrCreateSequenceItem(sequence, item, index), "making an item");
    return *item;
}

}  // namespace paraspinal::testing
