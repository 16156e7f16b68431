// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_studies.h"

#include "core/error.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomPhantom;
using testing::stack_of;
using testing::write_all;
using testing::write_dicom;

DicomPhantom sagittal() {
    DicomPhantom phantom;
    phantom.series_uid += "9";
    phantom.series_number = 2;
    phantom.series_description = "T2_TSE_SAG";
    phantom.plane = testing::sagittal_plane();
    return phantom;
}

DicomPhantom other_patient() {
    DicomPhantom phantom;
    phantom.patient_id = "P2";
    phantom.study_uid += ".2";
    phantom.series_uid = phantom.study_uid + ".3";
    return phantom;
}

// What an index says, without where the files lie.
std::vector<std::string> slices_of(const StudyIndex& index) {
    std::vector<std::string> lines;
    for (const Study& study : index.studies) {
        for (const Series& series : study.series) {
            for (const SliceHeader& slice : series.slices) {
                lines.push_back(study.study_uid + " " + series.series_uid + " " + slice_uid(slice));
            }
        }
    }
    return lines;
}

TEST(FindStudies, SortsFilesIntoStudiesAndSeries) {
    const testing::TemporaryFolder folder;
    write_all(folder.path() / "x", stack_of({}, 3, 4.4));
    write_all(folder.path() / "y", stack_of(sagittal(), 2, 4));
    write_all(folder.path() / "x" / "y", stack_of(other_patient(), 1, 4));
    const StudyIndex index = find_studies({folder.path()});

    ASSERT_EQ(index.studies.size(), 2U);
    const Study& study = index.studies.front();
    EXPECT_EQ(study.patient.id, "P1");
    EXPECT_EQ(study.patient.sex, "F");
    EXPECT_EQ(study.patient.age_years, 71);
    EXPECT_EQ(study.study_date, "20250102");
    EXPECT_EQ(study.accession_number, "A1");
    ASSERT_EQ(study.series.size(), 2U);
    EXPECT_EQ(study.series[0].description, "T2_TSE_SAG");
    EXPECT_EQ(study.series[1].series_number, 3);
    EXPECT_EQ(study.series[1].slices.size(), 3U);
    EXPECT_EQ(index.studies[1].patient.id, "P2");
    EXPECT_TRUE(index.skipped.empty());
}

TEST(FindStudies, ReadsTheHeaderOfASlice) {
    const testing::TemporaryFolder folder;
    DicomPhantom phantom;
    phantom.plane = testing::tilted_axial_plane(20, {-10.5, 20.25, 300});
    phantom.b_value_s_mm2 = 50;
    phantom.scan_options = "PFP\\FS";
    phantom.changes = {{0x0018, 0x0091, "15"}, {0x0018, 0x0087, "1.5"}};
    write_dicom(folder.path() / "any name", phantom);
    const StudyIndex index = find_studies({folder.path()});
    const SliceHeader& slice = index.studies.at(0).series.at(0).slices.at(0);

    EXPECT_EQ(slice.size, phantom.size);
    EXPECT_EQ(slice.spacing, phantom.spacing);
    ASSERT_TRUE(slice.plane);
    EXPECT_LT(length(slice.plane->origin_mm - phantom.plane.origin_mm), 1e-6);
    EXPECT_LT(length(slice.plane->along_rows - phantom.plane.along_rows), 1e-6);
    EXPECT_EQ(slice_uid(slice), testing::sop_instance_uid(phantom));
    EXPECT_EQ(slice.acquisition.repetition_time_ms, 4000);
    EXPECT_EQ(slice.acquisition.echo_time_ms, 100);
    EXPECT_EQ(slice.acquisition.b_value_s_mm2, 50);
    EXPECT_EQ(slice.acquisition.echo_train_length, 15);
    EXPECT_EQ(slice.acquisition.field_strength_t, 1.5);
    EXPECT_EQ(slice.acquisition.scan_options, (std::vector<std::string>{"PFP", "FS"}));
    EXPECT_EQ(slice.acquisition.image_type, (std::vector<std::string>{"ORIGINAL", "PRIMARY", "M"}));
}

TEST(FindStudies, NeitherNamesNorFoldersNorOrderMatter) {
    std::vector<DicomPhantom> phantoms = stack_of({}, 5, 4);
    for (const DicomPhantom& more : stack_of(sagittal(), 4, 4)) {
        phantoms.push_back(more);
    }
    phantoms.push_back(other_patient());
    std::vector<std::string> expected;
    for (unsigned int seed = 0; seed < 20; ++seed) {
        std::shuffle(phantoms.begin(), phantoms.end(), std::mt19937(seed));
        const testing::TemporaryFolder folder;
        for (std::size_t file = 0; file < phantoms.size(); ++file) {
            const fs::path place = folder.path() / std::to_string(file % 3);
            fs::create_directories(place);
            write_dicom(place / std::to_string(file * 7919 % 101), phantoms[file]);
        }
        const std::vector<std::string> slices = slices_of(find_studies({folder.path()}));
        expected = expected.empty() ? slices : expected;
        ASSERT_EQ(slices, expected) << "seed " << seed;
        ASSERT_EQ(slices.size(), phantoms.size());
    }
}

TEST(FindStudies, CountsTheSameInstanceOnceAndKeepsTheFirstPath) {
    const testing::TemporaryFolder folder;
    write_all(folder.path() / "b", stack_of({}, 2, 4));
    write_all(folder.path() / "a", stack_of({}, 2, 4));
    write_all(folder.path() / "c", stack_of({}, 2, 4));
    const StudyIndex index = find_studies({folder.path() / "c", folder.path()});
    const std::vector<SliceHeader>& slices = index.studies.at(0).series.at(0).slices;
    ASSERT_EQ(slices.size(), 2U);
    EXPECT_EQ(slices[0].file, folder.path() / "a" / "IM3_1");
    EXPECT_EQ(index.duplicate_instances, 4);
}

TEST(FindStudies, DoesNotTakeDifferentImagesForDuplicates) {
    const testing::TemporaryFolder folder;
    std::vector<DicomPhantom> phantoms = stack_of({}, 3, 4);
    phantoms[1].sop_instance_uid = testing::sop_instance_uid(phantoms[0]);
    phantoms[2] = phantoms[0];
    phantoms[2].pixels = testing::pattern(phantoms[0].size, 7);
    write_dicom(folder.path() / "a", phantoms[0]);
    write_dicom(folder.path() / "b", phantoms[1]);
    write_dicom(folder.path() / "same_header", phantoms[2]);
    const StudyIndex index = find_studies({folder.path()});
    EXPECT_EQ(index.duplicate_instances, 0);
    EXPECT_TRUE(index.skipped.empty());
    EXPECT_EQ(slices_of(index).size(), 3U);
}

TEST(FindStudies, TakesInstanceUidsThatRepeatInOtherStudiesAndSeriesForWhatTheyAre) {
    const testing::TemporaryFolder folder;
    std::vector<DicomPhantom> phantoms{{}, sagittal(), other_patient()};
    phantoms[2].series_number = 4;
    for (DicomPhantom& phantom : phantoms) {
        phantom.sop_instance_uid = "1.2.3.1";
    }
    write_all(folder.path(), phantoms);
    const StudyIndex index = find_studies({folder.path()});
    EXPECT_EQ(index.studies.size(), 2U);
    EXPECT_EQ(slices_of(index).size(), 3U);
    EXPECT_TRUE(index.skipped.empty());
}

TEST(FindStudies, MakesAStudyOfImagesThatStateNone) {
    const testing::TemporaryFolder folder;
    std::vector<DicomPhantom> phantoms{{}, sagittal(), other_patient()};
    for (DicomPhantom& phantom : phantoms) {
        phantom.changes = {{0x0020, 0x000d, std::nullopt}};
    }
    write_all(folder.path() / "x", {phantoms[0]});
    write_all(folder.path() / "y", {phantoms[1], phantoms[2]});
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.size(), 2U) << "one patient and date, whatever the folder";
    EXPECT_EQ(slices_of(index).size(), 3U);
    const StudyIndex again = find_studies({folder.path() / "x" / ".." / "y"});
    for (const Study& study : again.studies) {
        EXPECT_TRUE(std::ranges::any_of(index.studies, [&study](const Study& one) {
            return one.study_uid == study.study_uid;
        }));
        EXPECT_EQ(study.series.at(0).slices.at(0).assumptions.size(), 1U);
    }
}

TEST(FindStudies, ReadsImagesThatStateNeitherModalityNorClass) {
    const testing::TemporaryFolder folder;
    DicomPhantom bare;
    bare.changes = {{0x0008, 0x0060, ""}, {0x0008, 0x0016, ""}};
    write_dicom(folder.path() / "mr", bare);
    DicomPhantom radiation = sagittal();
    radiation.changes = bare.changes;
    radiation.changes.push_back({0x0018, 0x0060, "120"});
    write_dicom(folder.path() / "ct", radiation);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(slices_of(index).size(), 1U);
    const SliceHeader& slice = index.studies.at(0).series.at(0).slices.at(0);
    ASSERT_EQ(slice.assumptions.size(), 1U);
    EXPECT_NE(slice.assumptions[0].find("no modality"), std::string::npos);
    ASSERT_EQ(index.skipped.size(), 1U);
    EXPECT_EQ(index.skipped[0].code, ErrorCode::not_an_image);
}

TEST(FindStudies, KeepsAStudyOfWhichNothingCanBeRead) {
    const testing::TemporaryFolder folder;
    write_dicom(folder.path() / "good", other_patient());
    DicomPhantom mosaic;
    mosaic.image_type = "ORIGINAL\\PRIMARY\\M\\MOSAIC";
    write_dicom(folder.path() / "mosaic", mosaic);
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.studies.size(), 2U);
    EXPECT_TRUE(index.studies[0].series.empty());
    EXPECT_EQ(index.studies[0].left_out.at(0).code, ErrorCode::unsupported_encoding);
    EXPECT_EQ(index.studies[0].patient.id, "P1");
}

TEST(FindStudies, RefusesAFolderWithoutImagesAndSaysWhatIsThere) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "notes.txt") << "nothing to see";
    DicomPhantom capture;
    capture.changes = {{0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.7"}};
    write_dicom(folder.path() / "sc", capture);
    try {
        find_studies({folder.path()});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::no_images_found);
        EXPECT_NE(error.message().find("1 secondary capture"), std::string::npos) << error.what();
        EXPECT_NE(error.message().find("1 not a DICOM"), std::string::npos) << error.what();
    }
}

TEST(FindStudies, RefusesAnEmptyFolder) {
    const testing::TemporaryFolder folder;
    EXPECT_THROW(find_studies({folder.path()}), Error);
}

}  // namespace
}  // namespace paraspinal
