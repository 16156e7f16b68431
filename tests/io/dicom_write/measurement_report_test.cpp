// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/measurement_report.h"

#include "core/error.h"
#include "io/imagej/roi.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <dcmtk/dcmsr/dsrdoc.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::bytes_of;
using testing::DicomPhantom;
using testing::item_of;
using testing::loaded;
using testing::phantom_provenance;
using testing::striped;
using testing::value_of;

const CodedConcept kArea{"42798000", "SCT", "Area"};
const CodedConcept kCsa{"CSA", kOwnScheme, "CSA"};
const CodedConcept kSquareCentimeter{"cm2", "UCUM", "square centimeter"};

MeasurementReportContent two_groups() {
    const ReportedNumber area{
        .name = kArea, .value = 5.25, .unit = kSquareCentimeter, .algorithm = "outline"};
    ReportedNumber csa = area;
    csa.name = kCsa;
    csa.value = 30;
    csa.interval = ReportedInterval{.low = 27.5, .high = 31.25, .coverage_pct = 90};
    csa.modifiers = {{{"REGION", kOwnScheme, "Region"}, {"REGION_X", kOwnScheme, "x"}}};
    return {.level = "L4",
            .groups = {{.name = "multifidus_left",
                        .structure = Structure::multifidus_left,
                        .numbers = {area}},
                       {.name = "totals",
                        .numbers = {csa},
                        .remarks = {{{"121106", "DCM", "Comment"}, "Research use only"}}}},
            .remarks = {{{"QC_FLAG", kOwnScheme, "Doubt"}, "sides_swapped: look"}}};
}

class MeasurementReport : public ::testing::Test {
  protected:
    MeasurementReport() { write_dicom(image(), phantom_); }
    [[nodiscard]] std::filesystem::path image() const { return folder_.path() / "image"; }
    [[nodiscard]] std::filesystem::path object() const { return folder_.path() / "sr.dcm"; }
    void write(const MeasurementReportContent& content = two_groups()) const {
        write_measurement_report(object(), content, striped(phantom_), phantom_provenance(image()));
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const DicomPhantom phantom_ = testing::oblique_phantom();
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

// The report as DCMTK reads it, with the cursor on the content item called `name`.
class ReadReport {
  public:
    explicit ReadReport(const std::filesystem::path& file) : format_(loaded(file)) {
        EXPECT_TRUE(document_.read(*format_->getDataset()).good());
    }
    DSRContentItem& at(const CodedConcept& name) {
        EXPECT_GT(document_.getTree().gotoNamedNode({name.code, name.scheme, name.meaning}), 0U)
            << name.meaning;
        return document_.getTree().getCurrentContentItem();
    }
    std::string number_at(const CodedConcept& name) {
        return at(name).getNumericValue().getNumericValue();
    }

  private:
    std::unique_ptr<DcmFileFormat> format_;
    DSRDocument document_;
};

TEST_F(MeasurementReport, HoldsNumbersWithUnits) {
    write();
    ReadReport report(object());
    EXPECT_EQ(report.number_at(kArea), "5.25");
    EXPECT_EQ(report.at(kArea).getNumericValue().getMeasurementUnit().getCodeValue(), "cm2");
    EXPECT_EQ(report.number_at(kCsa), "30.00");
}

TEST_F(MeasurementReport, GivesIntervalsAsDistancesFromTheNumber) {
    write();
    ReadReport report(object());
    EXPECT_EQ(report.number_at({"371886008", "SCT", "upper"}), "1.25");
    EXPECT_EQ(report.number_at({"371885007", "SCT", "lower"}), "2.50");
    EXPECT_EQ(report.number_at({"COVERAGE", kOwnScheme, "coverage"}), "90");
}

TEST_F(MeasurementReport, RefersToTheSegmentOfTheSegmentation) {
    write();
    write_dicom_segmentation(
        folder_.path() / "seg.dcm", striped(phantom_), phantom_provenance(image()));
    const auto segmentation = loaded(folder_.path() / "seg.dcm");
    ReadReport report(object());
    const DSRImageReferenceValue& segment =
        report.at({"121191", "DCM", "Referenced Segment"}).getImageReference();
    EXPECT_EQ(segment.getSOPInstanceUID(),
              value_of(*segmentation->getDataset(), DCM_SOPInstanceUID).c_str());
    Uint16 number = 0;
    ASSERT_TRUE(const_cast<DSRImageReferenceValue&>(segment)  // NOLINT(*-const-cast): DCMTK's list.
                    .getSegmentList()
                    .getItem(1, number)
                    .good());
    EXPECT_EQ(number, 2);
    EXPECT_EQ(value_of(item_of(*segmentation->getDataset(), DCM_SegmentSequence, number - 1),
                       DCM_SegmentLabel),
              "multifidus_left");
}

TEST_F(MeasurementReport, SaysWhereHowAndByWhom) {
    write();
    ReadReport report(object());
    EXPECT_EQ(report.at({"LEVEL", kOwnScheme, "level"}).getCodeValue().getCodeMeaning(),
              "L4 vertebra");
    EXPECT_EQ(report.at({"QC_FLAG", kOwnScheme, "flag"}).getStringValue(), "sides_swapped: look");
    EXPECT_EQ(report.at({"121106", "DCM", "Comment"}).getStringValue(), "Research use only");
    EXPECT_EQ(report.at({"121015", "DCM", "model"}).getStringValue(), "paraspinal 1.2.3");
    EXPECT_EQ(report.at({"REGION", kOwnScheme, "region"}).getCodeValue().getCodeValue(),
              "REGION_X");
}

TEST_F(MeasurementReport, IsOfTheClassThatTheProfileOfResultsNames) {
    write();
    const auto format = loaded(object());
    EXPECT_EQ(value_of(*format->getDataset(), DCM_SOPClassUID), UID_Comprehensive3DSRStorage);
}

TEST_F(MeasurementReport, NamesItsEvidenceInTheStudy) {
    write();
    const auto format = loaded(object());
    DcmItem& study = item_of(*format->getDataset(), DCM_CurrentRequestedProcedureEvidenceSequence);
    EXPECT_EQ(value_of(study, DCM_StudyInstanceUID), phantom_.study_uid);
    DcmItem& series = item_of(study, DCM_ReferencedSeriesSequence);
    EXPECT_EQ(value_of(item_of(series, DCM_ReferencedSOPSequence), DCM_ReferencedSOPInstanceUID),
              sop_instance_uid(phantom_));
}

TEST_F(MeasurementReport, TheSameInputGivesTheSameBytes) {
    write();
    const std::string first = bytes_of(object());
    write();
    EXPECT_EQ(bytes_of(object()), first);
}

// The content item below the number with the outline that it comes from.
DSRSpatialCoordinatesValue outline_of(ReadReport& report, const CodedConcept& number) {
    report.at(number);
    return report.at({"121112", "DCM", "Source of Measurement"}).getSpatialCoordinates();
}

std::vector<RoiPoint> points_of(const DSRSpatialCoordinatesValue& outline) {
    std::vector<RoiPoint> points;
    const auto& list =
        const_cast<DSRSpatialCoordinatesValue&>(outline)  // NOLINT(*-const-cast): DCMTK.
            .getGraphicDataList();
    for (std::size_t i = 1; i <= list.getNumberOfItems(); ++i) {
        Float32 column = 0;
        Float32 row = 0;
        EXPECT_TRUE(list.getItem(i, column, row).good());
        points.push_back({.x = column, .y = row});
    }
    return points;
}

TEST_F(MeasurementReport, DrawsTheOutlineBesideTheNumber) {
    write();
    ReadReport report(object());
    const DSRSpatialCoordinatesValue outline = outline_of(report, kArea);
    EXPECT_EQ(outline.getGraphicType(), DSRTypes::GT_Polyline);
    std::vector<RoiPoint> points = points_of(outline);
    ASSERT_EQ(points.size(), 5U);
    EXPECT_EQ(points.front(), points.back());
    points.pop_back();
    // The stripe of striped(): columns 8 to 12, rows 3 to 39, along the edges of the pixels.
    const std::vector<RoiPoint> corners{
        {.x = 8, .y = 3}, {.x = 13, .y = 3}, {.x = 13, .y = 40}, {.x = 8, .y = 40}};
    EXPECT_TRUE(std::ranges::is_permutation(points, corners));
}

TEST_F(MeasurementReport, CallsAnOutlineAsViewersDoOnlyIfItsAreaIsTheStructures) {
    const CodedConcept tracking{"112039", "DCM", "Tracking Identifier"};
    write();
    EXPECT_EQ(ReadReport(object()).at(tracking).getStringValue(),
              "Cornerstone3DTools@^0.1.0:PlanarFreehandROI:multifidus_left");
    SegmentationContent with_hole = striped(phantom_);
    with_hole.labels[{.row = 20, .col = 10}] = Structure::background;
    write_measurement_report(object(), two_groups(), with_hole, phantom_provenance(image()));
    EXPECT_EQ(ReadReport(object()).at(tracking).getStringValue(), "multifidus_left");
}

TEST_F(MeasurementReport, RefusesAStructureWithoutSegment) {
    SegmentationContent without = striped(phantom_);
    for (Structure& label : without.labels.pixels) {
        label = label == Structure::multifidus_left ? Structure::background : label;
    }
    EXPECT_THROW(
        write_measurement_report(object(), two_groups(), without, phantom_provenance(image())),
        Error);
    EXPECT_FALSE(std::filesystem::exists(object()));
}

}  // namespace
}  // namespace paraspinal
