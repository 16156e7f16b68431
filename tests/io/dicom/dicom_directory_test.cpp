// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

void write_directory(const fs::path& folder, const std::vector<std::string>& file_ids) {
    DcmFileFormat format;
    DcmDataset& dataset = *format.getDataset();
    dataset.putAndInsertString(DCM_SOPClassUID, UID_MediaStorageDirectoryStorage);
    dataset.putAndInsertString(DCM_SOPInstanceUID, "1.2.3");
    DcmItem* empty = nullptr;
    dataset.findOrCreateSequenceItem(DCM_DirectoryRecordSequence, empty, -2);
    for (const std::string& file_id : file_ids) {
        DcmItem* record = nullptr;
        dataset.findOrCreateSequenceItem(DCM_DirectoryRecordSequence, record, -2);
        record->putAndInsertString(DCM_ReferencedFileID, file_id.c_str());
    }
    ASSERT_TRUE(format.saveFile((folder / "DICOMDIR").c_str(), EXS_LittleEndianExplicit).good());
}

TEST(DicomDirectory, LeadsToItsFolderAndReportsMissingFiles) {
    const testing::TemporaryFolder folder;
    fs::create_directory(folder.path() / "IMAGES");
    testing::write_dicom(folder.path() / "IMAGES" / "IM1", {});
    testing::DicomPhantom forgotten;
    forgotten.instance_number = 2;
    testing::write_dicom(folder.path() / "forgotten", forgotten);
    write_directory(folder.path(), {"IMAGES\\IM1", "IMAGES\\IM2"});

    const StudyIndex index = find_studies({folder.path() / "DICOMDIR"});
    EXPECT_EQ(index.studies.at(0).series.at(0).slices.size(), 2U);
    ASSERT_EQ(index.skipped.size(), 2U);
    EXPECT_EQ(index.skipped[0].file, folder.path() / "DICOMDIR");
    EXPECT_EQ(index.skipped[0].reason, "DICOM directory");
    EXPECT_EQ(index.skipped[1].file, folder.path() / "IMAGES" / "IM2");
    EXPECT_EQ(index.skipped[1].code, ErrorCode::input_not_found);
}

TEST(DicomDirectory, FindsFilesInLowerCase) {
    const testing::TemporaryFolder folder;
    fs::create_directory(folder.path() / "images");
    testing::write_dicom(folder.path() / "images" / "im1", {});
    write_directory(folder.path(), {"IMAGES\\IM1"});
    EXPECT_EQ(find_studies({folder.path()}).skipped.size(), 1U);
}

}  // namespace
}  // namespace paraspinal
