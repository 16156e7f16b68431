// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/file.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/dicom/structure.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>

namespace paraspinal::dicom {
namespace {

// Longer values stay on disk until asked for. All that we read of a header is shorter.
constexpr Uint32 kMaxBytesInMemory = 1024;

constexpr std::size_t kPreambleBytes = 128;

std::string first_bytes(const std::filesystem::path& file) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"),
                                                                 &std::fclose);
    if (stream == nullptr) {
        throw Error(ErrorCode::unreadable_file,
                    "cannot be opened: " + std::generic_category().message(errno) +
                        "; check its permissions");
    }
    // Unbuffered, as a whole block of every file would be read for nothing.
    static_cast<void>(std::setvbuf(stream.get(), nullptr, _IONBF, 0));
    std::string start(kPreambleBytes + 4, '\0');
    start.resize(std::fread(start.data(), 1, start.size(), stream.get()));
    return start;
}

// Files without preamble start with an element of group 2 (meta header) or group 8 (data set), in
// either byte order. Without this test any text or picture would be parsed as implicit VR.
bool starts_like_dicom(std::string_view start) {
    if (start.size() == kPreambleBytes + 4 && start.substr(kPreambleBytes) == "DICM") {
        return true;
    }
    if (start.size() < 8) {
        return false;
    }
    const std::string_view group = start.substr(0, 2);
    return group == std::string_view("\x02\0", 2) || group == std::string_view("\x08\0", 2) ||
           group == std::string_view("\0\x08", 2);
}

bool is_deflated(const std::string& transfer_syntax_uid) {
    return transfer_syntax_uid == UID_DeflatedExplicitVRLittleEndianTransferSyntax;
}

// Converters leave the meta header of the file that they began with.
void let_the_data_set_say_its_syntax() {
    dcmAutoDetectDatasetXfer.set(OFTrue);
}

OpenFile open(const std::filesystem::path& file, bool until_pixels) {
    if (!is_dicom_file(file)) {
        throw Error(ErrorCode::not_an_image, "not a DICOM or NIfTI file");
    }
    let_the_data_set_say_its_syntax();
    OpenFile opened;
    opened.transfer_syntax_uid =
        check_structure(file, until_pixels ? Extent::until_pixels : Extent::all);
    opened.format = std::make_shared<DcmFileFormat>();
    const bool stop = until_pixels && is_deflated(opened.transfer_syntax_uid);
    const OFCondition status =
        stop ? opened.format->loadFileUntilTag(file.c_str(),
                                               EXS_Unknown,
                                               EGL_noChange,
                                               kMaxBytesInMemory,
                                               ERM_autoDetect,
                                               DCM_PixelData)
             : opened.format->loadFile(file.c_str(), EXS_Unknown, EGL_noChange, kMaxBytesInMemory);
    opened.complete = status.good();
    opened.pixels_follow = stop || opened.dataset().tagExists(DCM_PixelData);
    if (opened.dataset().isEmpty() || (!opened.complete && !opened.pixels_follow)) {
        throw Error(
            ErrorCode::malformed_file,
            std::string("its DICOM header is damaged or cut short (") + status.text() + ")");
    }
    return opened;
}

}  // namespace

bool is_dicom_file(const std::filesystem::path& file) {
    return starts_like_dicom(first_bytes(file));
}

OpenFile open_file_until_series(const std::filesystem::path& file) {
    if (!is_dicom_file(file)) {
        throw Error(ErrorCode::not_an_image, "not a DICOM or NIfTI file");
    }
    check_structure(file, Extent::until_series);
    let_the_data_set_say_its_syntax();
    OpenFile opened;
    opened.format = std::make_shared<DcmFileFormat>();
    // A header that breaks later on still names its study.
    opened.complete = opened.format
                          ->loadFileUntilTag(file.c_str(),
                                             EXS_Unknown,
                                             EGL_noChange,
                                             kMaxBytesInMemory,
                                             ERM_autoDetect,
                                             DCM_SeriesInstanceUID)
                          .good();
    return opened;
}

DcmDataset& OpenFile::dataset() const {
    return *format->getDataset();
}

OpenFile open_file(const std::filesystem::path& file) {
    return open(file, true);
}

OpenFile open_file_with_pixels(const std::filesystem::path& file) {
    return open(file, false);
}

}  // namespace paraspinal::dicom
