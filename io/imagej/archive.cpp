// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/archive.h"

#include "core/error.h"
#include "core/text.h"
#include "io/imagej/decode_roi.h"
#include "io/imagej/encode_roi.h"
#include "io/output_file.h"
#include "io/tables/zip_archive.h"

#include <fstream>
#include <iterator>

namespace paraspinal {
namespace {

constexpr std::string_view kExtension = ".roi";

std::string start_of(const std::filesystem::path& file, std::size_t bytes) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        throw Error(ErrorCode::input_not_found, "no such file: '" + file.string() + "'");
    }
    std::ifstream stream(file, std::ios::binary);
    std::string content(bytes, '\0');
    stream.read(content.data(), static_cast<std::streamsize>(bytes));
    if (stream.bad() || !stream.is_open() || std::filesystem::is_directory(file, error)) {
        throw Error(ErrorCode::unreadable_file, "'" + file.string() + "' cannot be read");
    }
    content.resize(static_cast<std::size_t>(stream.gcount()));
    return content;
}

void require_roi_size(std::size_t bytes) {
    if (bytes > kMaxRoiBytes) {
        throw Error(ErrorCode::malformed_file, "larger than any ROI");
    }
}

// "folder/MF R.roi" is called "MF R". macOS adds shadow files that are no ROIs.
bool is_roi_entry(const std::filesystem::path& entry) {
    return lower_case(entry.extension().string()) == kExtension &&
           !entry.filename().string().starts_with("._");
}

std::vector<ImageJRoi> rois_in_zip(const std::filesystem::path& file) {
    std::vector<ImageJRoi> rois;
    for (const ZipEntry& entry :
         read_zip(file, {.entries = kMaxRois, .entry_bytes = kMaxRoiBytes})) {
        const std::filesystem::path name(entry.name);
        if (!is_roi_entry(name)) {
            continue;
        }
        rois.push_back(within("ROI " + std::to_string(rois.size() + 1),
                              [&entry] { return decode_imagej_roi(entry.content); }));
        rois.back().name = name.stem().string();
    }
    if (rois.empty()) {
        throw Error(ErrorCode::malformed_file, "there is no .roi in the .zip");
    }
    return rois;
}

}  // namespace

std::vector<ImageJRoi> read_imagej_rois(const std::filesystem::path& file) {
    const std::string content = start_of(file, kMaxRoiBytes + 1);
    if (content.starts_with("PK")) {
        return rois_in_zip(file);
    }
    require_roi_size(content.size());
    ImageJRoi roi = decode_imagej_roi(content);
    if (roi.name.empty()) {
        roi.name = file.stem().string();
    }
    return {roi};
}

void write_imagej_rois(const std::filesystem::path& file, const std::vector<ImageJRoi>& rois) {
    std::vector<ZipEntry> entries;
    entries.reserve(rois.size());
    for (const ImageJRoi& roi : rois) {
        entries.push_back({roi.name + std::string(kExtension), encode_imagej_roi(roi)});
    }
    write_file(file, zip_of(entries));
}

}  // namespace paraspinal
