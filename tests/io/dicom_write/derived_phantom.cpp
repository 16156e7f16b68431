// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/dicom_write/derived_phantom.h"

#include "io/dicom_write/measurement_report.h"
#include "io/dicom_write/secondary_capture.h"
#include "io/find_studies.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace paraspinal::testing {

DicomPhantom oblique_phantom() {
    DicomPhantom phantom;
    phantom.plane = tilted_axial_plane(17.3, {-71.25, 33.125, -512.0625});
    return phantom;
}

SegmentationContent striped(const DicomPhantom& phantom) {
    SegmentationContent content{.labels = LabelMap(phantom.size),
                                .fat = Mask(phantom.size),
                                .spacing = phantom.spacing,
                                .plane = phantom.plane,
                                .slice_thickness_mm = 4,
                                .outline_algorithm = "outline 0.0.0",
                                .fat_algorithm = "fat threshold"};
    for (const Structure structure : kStructures) {
        const int first = 6 * static_cast<int>(structure) - 4;
        for (int row = 3; row < 40; ++row) {
            for (int col = first; col < first + 5; ++col) {
                content.labels[{.row = row, .col = col}] = structure;
                content.fat[{.row = row, .col = col}] =
                    is_paraspinal_muscle(structure) && col < first + 2 ? 1 : 0;
            }
        }
    }
    return content;
}

void write_objects(const std::filesystem::path& folder,
                   const DicomPhantom& phantom,
                   const Provenance& provenance) {
    const SegmentationContent segmentation = striped(phantom);
    const ReportedNumber csa{.name = {"CSA", kOwnScheme, "CSA"},
                             .value = 30,
                             .unit = {"cm2", "UCUM", "square centimeter"},
                             .algorithm = "outline",
                             .interval = ReportedInterval{27, 31, 90}};
    const MeasurementReportContent report{
        .groups = {{.name = "multifidus_left", .structure = Structure::multifidus_left},
                   {.name = "totals", .numbers = {csa}}},
        .remarks = {{{"121106", "DCM", "Comment"}, "Research use only"}}};
    write_dicom_segmentation(folder / "seg.dcm", segmentation, provenance);
    write_measurement_report(folder / "sr.dcm", report, segmentation, provenance);
    write_secondary_capture(
        folder / "sc.dcm", RgbImage({.rows = 9, .cols = 7}), CaptureTitle{}, provenance);
}

Provenance phantom_provenance(const std::filesystem::path& file, int frame) {
    const StudyIndex index = find_studies({file});
    const SliceHeader& slice =
        index.studies.at(0).series.at(0).slices.at(static_cast<std::size_t>(frame));
    return provenance_of(slice, "1.2.3", "digest");
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string value_of(DcmItem& item, const DcmTagKey& tag) {
    OFString text;
    item.findAndGetOFStringArray(tag, text);
    return text;
}

std::unique_ptr<DcmFileFormat> loaded(const std::filesystem::path& file) {
    auto format = std::make_unique<DcmFileFormat>();
    EXPECT_TRUE(format->loadFile(file.c_str()).good()) << file;
    return format;
}

DcmItem& item_of(DcmItem& parent, const DcmTagKey& sequence, long index) {
    DcmItem* item = nullptr;
    EXPECT_TRUE(parent.findAndGetSequenceItem(sequence, item, index).good()) << sequence.toString();
    return *item;
}

std::optional<std::string> said_by(const std::string& program, const std::filesystem::path& file) {
    // NOLINTBEGIN(concurrency-mt-unsafe, cert-env33-c): fixed commands of a test.
    if (std::system(("command -v " + program + " > /dev/null").c_str()) != 0) {
        return std::nullopt;
    }
    const std::string said = file.string() + "." + program;
    const std::string command = program + " '" + file.string() + "' > '" + said + "' 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << bytes_of(said);
    // NOLINTEND(concurrency-mt-unsafe, cert-env33-c)
    return bytes_of(said);
}

}  // namespace paraspinal::testing
