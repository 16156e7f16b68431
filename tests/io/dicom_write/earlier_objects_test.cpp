// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/earlier_objects.h"

#include "io/dicom_write/objects_after.h"
#include "io/dicom_write/secondary_capture.h"
#include "tests/io/dicom_write/derived_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::bytes_of;
using testing::item_of;
using testing::loaded;
using testing::value_of;

class EarlierObjects : public ::testing::Test {
  protected:
    EarlierObjects() { write_dicom(folder_.path() / "image", phantom_); }

    // A result that comes in place of all that went out, written and gone out as well.
    std::filesystem::path send(const std::string& digest, const std::string& version = "1.2.3") {
        Provenance provenance = testing::phantom_provenance(folder_.path() / "image");
        provenance.result_digest = digest;
        provenance.software_version = version;
        provenance.pseudonyms = pseudonyms_;
        const auto folder = folder_.path() / std::to_string(++results_);
        std::filesystem::create_directory(folder);
        write_objects(folder, phantom_, in_place_of(sent_, provenance));
        for (const char* const name : testing::kObjects) {
            sent_.push_back(read_earlier_object(folder / name));
            sent_.back().result = results_;
        }
        return folder;
    }

    // An earlier result goes out once more.
    std::filesystem::path send_again(const std::filesystem::path& earlier) {
        const auto folder = folder_.path() / std::to_string(++results_);
        std::vector<std::filesystem::path> files;
        for (const char* const name : testing::kObjects) {
            files.push_back(earlier / name);
        }
        for (const auto& file : objects_after(sent_, files, folder)) {
            sent_.push_back(read_earlier_object(file));
            sent_.back().result = results_;
        }
        EXPECT_EQ(objects_after(sent_, files, folder_.path() / "again")[1].parent_path(),
                  folder_.path() / "again");
        for (const char* const name : testing::kObjects) {
            EXPECT_EQ(bytes_of(folder_.path() / "again" / name), bytes_of(folder / name));
        }
        return folder;
    }

    static std::string uid_of(const std::filesystem::path& file) {
        return value_of(*loaded(file)->getDataset(), DCM_SOPInstanceUID);
    }

    // The UIDs that a report names as its predecessors.
    static std::vector<std::string> predecessors(const std::filesystem::path& file) {
        const auto object = loaded(file);
        DcmDataset& read = *object->getDataset();
        DcmSequenceOfItems* all = nullptr;
        read.findAndGetSequence(DCM_PredecessorDocumentsSequence, all);
        std::vector<std::string> uids;
        for (long i = 0; all != nullptr && i < static_cast<long>(all->card()); ++i) {
            DcmItem& study = item_of(read, DCM_PredecessorDocumentsSequence, i);
            EXPECT_EQ(value_of(study, DCM_StudyInstanceUID), value_of(read, DCM_StudyInstanceUID));
            DcmItem& series = item_of(study, DCM_ReferencedSeriesSequence);
            uids.push_back(
                value_of(item_of(series, DCM_ReferencedSOPSequence), DCM_ReferencedSOPInstanceUID));
        }
        return uids;
    }

    // NOLINTBEGIN(*-non-private-member-variables-in-classes): a fixture.
    const testing::TemporaryFolder folder_;
    const testing::DicomPhantom phantom_ = testing::oblique_phantom();
    std::optional<Pseudonyms> pseudonyms_;
    std::vector<EarlierObject> sent_;
    int results_ = 0;
    // NOLINTEND(*-non-private-member-variables-in-classes)
};

TEST_F(EarlierObjects, AreNamedByTheResultThatReplacesThem) {
    const auto first = send("a");
    const auto second = send("b");
    EXPECT_TRUE(predecessors(first / "sr.dcm").empty());
    EXPECT_EQ(predecessors(second / "sr.dcm"), std::vector{uid_of(first / "sr.dcm")});
    for (const char* const name : {"seg.dcm", "sc.dcm"}) {
        const auto object = loaded(second / name);
        DcmItem& reference = item_of(*object->getDataset(), DCM_ReferencedInstanceSequence);
        EXPECT_EQ(value_of(reference, DCM_ReferencedSOPInstanceUID), uid_of(first / name));
        EXPECT_EQ(value_of(item_of(reference, DCM_PurposeOfReferenceCodeSequence), DCM_CodeValue),
                  "REPLACED");
    }
    const auto third = send("c");
    EXPECT_EQ(predecessors(third / "sr.dcm"),
              (std::vector{uid_of(first / "sr.dcm"), uid_of(second / "sr.dcm")}));
}

TEST_F(EarlierObjects, ShareTheirSeriesWithWhatReplacesThem) {
    const auto first = send("a");
    const auto second = send("b");
    const auto newer = send("c", "2.0.0");
    const auto read = [](const std::filesystem::path& file, const DcmTagKey& tag) {
        return value_of(*loaded(file)->getDataset(), tag);
    };
    for (const char* const name : {"seg.dcm", "sr.dcm"}) {
        EXPECT_EQ(read(second / name, DCM_SeriesInstanceUID),
                  read(first / name, DCM_SeriesInstanceUID));
        EXPECT_EQ(read(second / name, DCM_SeriesDescription),
                  read(first / name, DCM_SeriesDescription));
        EXPECT_EQ(read(second / name, DCM_InstanceNumber), "2");
        EXPECT_NE(read(newer / name, DCM_SeriesInstanceUID),
                  read(first / name, DCM_SeriesInstanceUID))
            << "a series is of one version of the software";
    }
    EXPECT_NE(read(second / "sc.dcm", DCM_SeriesInstanceUID),
              read(first / "sc.dcm", DCM_SeriesInstanceUID));
    EXPECT_EQ(read(second / "sc.dcm", DCM_SeriesDescription),
              "Paraspinal overlay, no. 2 (research use)");
    const auto newest = send("d", "2.0.0");
    for (const auto& folder : {newer, newest}) {
        EXPECT_EQ(read(folder / "sr.dcm", DCM_SeriesDescription),
                  "Paraspinal measurements, no. 3 (research use)");
    }
}

TEST_F(EarlierObjects, AreReplacedByOneThatComesBack) {
    const auto read = [](const std::filesystem::path& file, const DcmTagKey& tag) {
        return value_of(*loaded(file)->getDataset(), tag);
    };
    const auto first = send("a");
    const auto second = send("b");
    const std::vector<std::filesystem::path> last{second / "seg.dcm", second / "sr.dcm"};
    EXPECT_EQ(objects_after(sent_, last, folder_.path() / "none"), last);
    const auto third = send_again(first);
    const auto fourth = send_again(second);
    EXPECT_EQ(predecessors(third / "sr.dcm"),
              (std::vector{uid_of(first / "sr.dcm"), uid_of(second / "sr.dcm")}));
    EXPECT_EQ(predecessors(fourth / "sr.dcm").size(), 3U);
    for (const char* const name : testing::kObjects) {
        const auto object = loaded(fourth / name);
        DcmDataset& dataset = *object->getDataset();
        EXPECT_EQ(value_of(*object->getMetaInfo(), DCM_MediaStorageSOPInstanceUID),
                  uid_of(fourth / name));
        if (std::string(name) != "sr.dcm") {
            EXPECT_EQ(value_of(item_of(dataset, DCM_ReferencedInstanceSequence, 2),
                               DCM_ReferencedSOPInstanceUID),
                      uid_of(third / name));
        }
    }
    for (const char* const name : {"seg.dcm", "sr.dcm"}) {
        EXPECT_EQ(read(fourth / name, DCM_SeriesInstanceUID),
                  read(first / name, DCM_SeriesInstanceUID));
        EXPECT_EQ(read(fourth / name, DCM_InstanceNumber), "4");
    }
    EXPECT_EQ(read(fourth / "sc.dcm", DCM_SeriesDescription),
              "Paraspinal overlay, no. 4 (research use)");
    const std::string report = bytes_of(fourth / "sr.dcm");
    EXPECT_NE(report.find("Result no. 4 of this study"), std::string::npos);
    EXPECT_EQ(report.find("Result no. 2 of this study"), std::string::npos);
    EXPECT_NE(report.find(uid_of(fourth / "seg.dcm")), std::string::npos);
    EXPECT_EQ(report.find(uid_of(second / "seg.dcm")), std::string::npos);
    EXPECT_NE(bytes_of(third / "sr.dcm").find("Result no. 3 of this study"), std::string::npos);
    if (const auto said = testing::said_by("dsrdump", fourth / "sr.dcm")) {
        EXPECT_EQ(said->find("E: "), std::string::npos) << *said;
    }
}

TEST_F(EarlierObjects, AreNamedAsFarAsTwentyResultsBack) {
    for (int i = 0; i < 23; ++i) {
        send(std::to_string(i));
    }
    const auto last = send("last");
    EXPECT_EQ(predecessors(last / "sr.dcm").size(), 20U);
}

TEST_F(EarlierObjects, RemainWhenTheSameIsMeasuredAgain) {
    const auto first = send("a");
    const auto again = send("a");
    for (const char* const name : testing::kObjects) {
        EXPECT_EQ(bytes_of(again / name), bytes_of(first / name)) << name;
    }
}

TEST_F(EarlierObjects, AreReplacedByTheSameNumbersAfterOthers) {
    const auto first = send("a");
    const auto second = send("b");
    const auto back = send("a");
    EXPECT_NE(uid_of(back / "sr.dcm"), uid_of(first / "sr.dcm"));
    EXPECT_EQ(predecessors(back / "sr.dcm"),
              (std::vector{uid_of(first / "sr.dcm"), uid_of(second / "sr.dcm")}));
}

TEST_F(EarlierObjects, AreNamedByTheirPseudonyms) {
    pseudonyms_ = Pseudonyms("a key of more than 16 bytes", DateRule::drop);
    const auto first = send("a");
    const auto second = send("b");
    EXPECT_EQ(predecessors(second / "sr.dcm"), std::vector{uid_of(first / "sr.dcm")});
    EXPECT_EQ(predecessors(send("b") / "sr.dcm"), std::vector{uid_of(first / "sr.dcm")});
}

TEST_F(EarlierObjects, StayHiddenWhenTheyComeBack) {
    const auto named = send("a");
    EXPECT_FALSE(hides_names(named / "sr.dcm"));
    sent_.clear();
    pseudonyms_ = Pseudonyms("a key of more than 16 bytes", DateRule::drop);
    const auto first = send("a");
    send("b");
    const auto back = send_again(first);
    for (const char* const name : testing::kObjects) {
        EXPECT_TRUE(hides_names(back / name));
        const auto before = loaded(first / name);
        const auto after = loaded(back / name);
        for (const DcmTagKey& tag : {DCM_PatientName, DCM_PatientID, DCM_StudyInstanceUID}) {
            EXPECT_EQ(value_of(*after->getDataset(), tag), value_of(*before->getDataset(), tag));
        }
        EXPECT_NE(value_of(*after->getDataset(), DCM_SeriesInstanceUID),
                  value_of(*before->getDataset(), DCM_SeriesInstanceUID));
    }
}

TEST_F(EarlierObjects, OfEachKindAreReplacedByANotice) {
    const auto first = send("a");
    Provenance provenance = testing::phantom_provenance(folder_.path() / "image");
    const auto file = folder_.path() / "notice.dcm";
    write_secondary_capture(file,
                            RgbImage({.rows = 9, .cols = 7}),
                            {.name = "notice", .series_description = "None (research use)"},
                            in_place_of(sent_, provenance));
    const auto object = loaded(file);
    DcmSequenceOfItems* references = nullptr;
    ASSERT_TRUE(object->getDataset()
                    ->findAndGetSequence(DCM_ReferencedInstanceSequence, references)
                    .good());
    EXPECT_EQ(references->card(), testing::kObjects.size());
}

}  // namespace
}  // namespace paraspinal
