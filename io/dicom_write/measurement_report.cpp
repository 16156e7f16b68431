// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/measurement_report.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/dicom/file.h"
#include "io/dicom_write/derived_object.h"
#include "io/dicom_write/derived_uid.h"
#include "io/dicom_write/report_outlines.h"
#include "io/dicom_write/result_remark.h"
#include "io/dicom_write/segments.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmsr/cmr/tid1500.h>
#include <dcmtk/dcmsr/dsrdoc.h>

#include <type_traits>

namespace paraspinal {
namespace {

using dicom::check;

DSRCodedEntryValue coded(const CodedConcept& meant) {
    return {meant.code, meant.scheme, meant.meaning};
}

CMR_TID1500::TID1411_Measurements::MeasurementValue measured(const ReportedNumber& number) {
    CMR_TID1500::TID1411_Measurements::MeasurementValue value;
    check(value.setValue(fixed_text(number.value, number.decimals), coded(number.unit)), "value");
    return value;
}

// TID 1411 and TID 1501 name and fill their groups alike; only the first one names algorithms.
template <class Groups>
void fill_group(Groups& groups,
                const ReportedGroup& group,
                const std::string& tracking_identifier,
                const Provenance& provenance) {
    constexpr bool kNamesAlgorithms = std::is_same_v<Groups, CMR_TID1411_in_TID1500>;
    check(groups.setTrackingIdentifier(tracking_identifier), "tracking");
    check(groups.setTrackingUniqueIdentifier(object_uid(provenance, "segment " + group.name)),
          "tracking");
    for (const ReportedNumber& number : group.numbers) {
        check(groups.addMeasurement(coded(number.name), measured(number)), group.name);
        auto& measurement = groups.getMeasurement();
        for (const auto& [name, value] : number.modifiers) {
            check(measurement.addModifier(coded(name), coded(value)), group.name);
        }
        if constexpr (kNamesAlgorithms) {
            check(measurement.setAlgorithmIdentification(number.algorithm,
                                                         provenance.software_version),
                  group.name);
        }
    }
    for (const ReportedText& remark : group.remarks) {
        check(groups.addQualitativeEvaluation(coded(remark.name), remark.text), group.name);
    }
}

// The segment of a structure in the segmentation object.
DSRImageReferenceValue segment_reference(const std::vector<Segment>& segments,
                                         Structure structure,
                                         const Provenance& provenance) {
    const auto place = &segment_of(segments, structure) - segments.data();
    DSRImageReferenceValue reference(UID_SegmentationStorage, object_uid(provenance, "seg"));
    reference.getSegmentList().addItem(static_cast<Uint16>(place + 1));
    return reference;
}

DSRImageReferenceValue image_reference(DcmDataset& image, const SliceHeader& source) {
    DSRImageReferenceValue reference(dicom::text(image, DCM_SOPClassUID),
                                     dicom::text(image, DCM_SOPInstanceUID));
    if (source.frames_in_file > 1) {
        reference.getFrameList().addItem(source.frame + 1);
    }
    return reference;
}

void add_structure(CMR_TID1500& report,
                   const ReportedGroup& group,
                   const DSRImageReferenceValue& segment,
                   const std::string& tracking_identifier,
                   const std::string& source_series_uid,
                   const Provenance& provenance) {
    check(report.addVolumetricROIMeasurements(), group.name);
    auto& groups = report.getVolumetricROIMeasurements();
    const DSRCodedEntryValue anatomy = coded(anatomy_code(*group.structure));
    const Side side = side_of(*group.structure);
    check(groups.setFinding(anatomy), group.name);
    check(groups.setReferencedSegment(segment), group.name);
    check(groups.setSourceSeriesForSegmentation(source_series_uid), group.name);
    check(groups.addFindingSite(anatomy,
                                side == Side::none
                                    ? CID244e_Laterality()
                                    : CID244e_Laterality(coded(laterality_code(side)))),
          group.name);
    fill_group(groups, group, tracking_identifier, provenance);
}

void add_sums(CMR_TID1500& report, const ReportedGroup& group, const Provenance& provenance) {
    check(report.addIndividualMeasurements(), group.name);
    fill_group(report.getIndividualMeasurements(), group, group.name, provenance);
}

void describe_report(CMR_TID1500& report, DcmDataset& image, const Provenance& provenance) {
    check(report.createNewMeasurementReport(
              CID7021_MeasurementReportDocumentTitles::ImagingMeasurementReport),
          "title");
    check(report.setLanguage(CID5000_Languages::English), "language");
    check(report.getObservationContext().addDeviceObserver(
              derived_uid("paraspinal " + provenance.software_version),
              "paraspinal",
              "paraspinal",
              "paraspinal " + provenance.software_version),
          "observer");
    if (!provenance.observer.empty()) {
        check(report.getObservationContext().addPersonObserver(provenance.observer),
              "person observer");
    }
    check(report.addProcedureReported(
              CID100_QuantitativeDiagnosticImagingProcedures::MRIUnspecifiedBodyRegion),
          "procedure");
    check(report.getImageLibrary().createNewImageLibrary(), "image library");
    check(report.getImageLibrary().addImageGroup(), "image library");
    check(report.getImageLibrary().addImageEntry(image, TID1600_ImageLibrary::withoutDescriptors),
          "image library");
}

// Adds children to one number of the finished tree.
class Children {
  public:
    Children(DSRDocumentTree& tree, const CodedConcept& number) : tree_(tree) {
        if (tree.gotoNamedNode(coded(number)) == 0) {
            throw Error(ErrorCode::internal, "a number is missing: " + number.meaning);
        }
    }
    void text(const CodedConcept& name, const std::string& value) {
        add(DSRTypes::RT_hasConceptMod, DSRTypes::VT_Text, name);
        check(tree_.getCurrentContentItem().setStringValue(value), name.meaning);
        tree_.goUp();
    }
    void number(const CodedConcept& name, const std::string& value, const CodedConcept& unit) {
        add(DSRTypes::RT_hasProperties, DSRTypes::VT_Num, name);
        check(tree_.getCurrentContentItem().setNumericValue({value, coded(unit)}), name.meaning);
        tree_.goUp();
    }

  private:
    void add(DSRTypes::E_RelationshipType relation,
             DSRTypes::E_ValueType type,
             const CodedConcept& name) {
        check(tree_.addChildContentItem(relation, type, coded(name)), name.meaning);
    }
    DSRDocumentTree& tree_;
};

// What the library's TID 300 leaves out of a sum: TID 4019, which algorithm computed it, and
// TID 310, how far up and down the truth may lie.
void complete_sum(DSRDocumentTree& tree,
                  const ReportedNumber& number,
                  const std::string& software_version) {
    Children children(tree, number.name);
    children.text({"111001", "DCM", "Algorithm Name"}, number.algorithm);
    children.text({"111003", "DCM", "Algorithm Version"}, software_version);
    if (number.interval) {
        const ReportedInterval& interval = *number.interval;
        children.number({"371886008", "SCT", "+, range of upper measurement uncertainty"},
                        fixed_text(interval.high - number.value, number.decimals),
                        number.unit);
        children.number({"371885007", "SCT", "-, range of lower measurement uncertainty"},
                        fixed_text(number.value - interval.low, number.decimals),
                        number.unit);
        children.number({"COVERAGE", kOwnScheme, "Coverage of the uncertainty range"},
                        fixed_text(interval.coverage_pct, 0),
                        {"%", "UCUM", "Percent"});
    }
}

void refer_to(DSRDocument& document, DcmDataset& image, const Provenance& provenance) {
    DSRSOPInstanceReferenceList& evidence = document.getCurrentRequestedProcedureEvidence();
    check(evidence.addItem(image), "evidence");
    check(evidence.addItem(dicom::text(image, DCM_StudyInstanceUID),
                           series_uid(provenance, "seg", "seg"),
                           UID_SegmentationStorage,
                           object_uid(provenance, "seg")),
          "evidence");
}

}  // namespace

void write_measurement_report(const std::filesystem::path& file,
                              const MeasurementReportContent& content,
                              const SegmentationContent& segmentation,
                              const Provenance& provenance) {
    const dicom::OpenFile image = dicom::open_file(provenance.source.file);
    const std::string series_uid = dicom::text(image.dataset(), DCM_SeriesInstanceUID);
    const std::vector<Segment> segments = segments_of(segmentation);
    CMR_TID1500 report;
    describe_report(report, image.dataset(), provenance);
    for (const ReportedGroup& group : content.groups) {
        if (group.structure) {
            add_structure(report,
                          group,
                          segment_reference(segments, *group.structure, provenance),
                          tracking_identifier(group, segments, segmentation.labels.size()),
                          series_uid,
                          provenance);
        } else {
            add_sums(report, group, provenance);
        }
    }
    check(report.addQualitativeEvaluation({"LEVEL", kOwnScheme, "Vertebral level of the slice"},
                                          coded(vertebra_code(content.level))),
          "level");
    if (!provenance.earlier.empty()) {
        check(report.addQualitativeEvaluation({"121106", "DCM", "Comment"},
                                              result_remark(provenance)),
              "remark");
    }
    for (const ReportedText& remark : content.remarks) {
        check(report.addQualitativeEvaluation(coded(remark.name), remark.text), "remark");
    }

    DSRDocument document;
    check(document.setTreeFromRootTemplate(report), "tree");
    // DCMTK's template makes an Enhanced SR of it.
    check(document.changeDocumentType(DSRTypes::DT_Comprehensive3DSR), "class");
    for (const ReportedGroup& group : content.groups) {
        if (!group.structure) {
            for (const ReportedNumber& number : group.numbers) {
                complete_sum(document.getTree(), number, provenance.software_version);
            }
        }
    }
    add_outlines(document.getTree(),
                 content,
                 segments,
                 segmentation.labels.size(),
                 image_reference(image.dataset(), provenance.source));
    refer_to(document, image.dataset(), provenance);
    check(document.getCodingSchemeIdentification().addItem(
              kOwnScheme, "", "Terms of paraspinal, docs/dicom_objects.md", "paraspinal"),
          "coding scheme");
    check(document.completeDocument(), "completion");
    DcmFileFormat object;
    check(document.write(*object.getDataset()), "writing");
    dicom::write_object(file,
                        object,
                        image.dataset(),
                        {.name = "sr",
                         .series_number = "9002",
                         .series_description = "Paraspinal measurements (research use)"},
                        provenance);
}

}  // namespace paraspinal
