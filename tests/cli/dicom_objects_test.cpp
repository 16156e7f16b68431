// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `--write seg,sr,sc` through the real program.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::string sample_study() {
    return (source_folder() / "sample_dicom" / "patient_b").string();
}

std::map<std::string, std::string> objects_below(const std::filesystem::path& folder) {
    std::map<std::string, std::string> objects;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".dcm") {
            objects[entry.path().filename().string()] = content_of(entry.path());
        }
    }
    return objects;
}

std::filesystem::path key_file(const TemporaryFolder& folder) {
    std::ofstream(folder.path() / "key") << "a key of more than 16 bytes";
    std::filesystem::permissions(folder.path() / "key", std::filesystem::perms::owner_read);
    return folder.path() / "key";
}

TEST(DicomObjects, AreTheSameFromMeasureAndBatch) {
    const TemporaryFolder folder;
    const std::string one = (folder.path() / "one").string();
    const std::string many = (folder.path() / "many").string();
    const std::vector<std::string> what{"--write", "csv,seg,sr,sc", "-q"};
    std::vector<std::string> measure{"measure", sample_study(), "-o", one};
    std::vector<std::string> batch{"batch", sample_study(), "-o", many};
    measure.insert(measure.end(), what.begin(), what.end());
    batch.insert(batch.end(), what.begin(), what.end());
    ASSERT_EQ(run_paraspinal(measure).exit_code, 0);
    ASSERT_EQ(run_paraspinal(batch).exit_code, 0);
    EXPECT_EQ(objects_below(one).size(), 4U);
    EXPECT_EQ(objects_below(one), objects_below(many));
}

// "[9041] [L4 Paraspinal ...]"
std::string series_of(const std::filesystem::path& object) {
    const std::string dump = run_program("dcmdump",
                                         {"+P",
                                          "SeriesNumber",
                                          "+P",
                                          "SeriesDescription",
                                          "+P",
                                          "InstanceNumber",
                                          object.string()})
                                 .out;
    std::string text;
    for (const std::string& line : lines_of(dump)) {
        const std::size_t begin = line.find('[');
        text += line.substr(begin, line.find(']') + 1 - begin);
    }
    return text;
}

std::string series_uid_of(const std::filesystem::path& object) {
    return run_program("dcmdump", {"+P", "SeriesInstanceUID", object.string()}).out;
}

TEST(DicomObjects, OfOneLevelAreToldFromThoseOfAnother) {
    const TemporaryFolder folder;
    const std::string study = (source_folder() / "sample_dicom" / "patient_a").string();
    const ProgramRun run = run_paraspinal({"measure",
                                           study,
                                           "-o",
                                           folder.path().string(),
                                           "--write=csv,seg,sr,sc",
                                           "--levels=L2",
                                           "-q"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const std::filesystem::path own =
        folder.path() / cell(content_of(folder.path() / "measurements.csv"), "study_folder");
    const std::filesystem::path other = own / "levels" / "L2";
    EXPECT_EQ(series_of(own / "seg.dcm"), "[9001][Paraspinal muscles (research use)][1]");
    EXPECT_EQ(series_of(other / "seg.dcm"), "[9021][near L2 Paraspinal muscles (research use)][1]");
    EXPECT_EQ(series_of(other / "sr.dcm"),
              "[9022][near L2 Paraspinal measurements (research use)][1]");
    EXPECT_EQ(series_of(own / "sc_level.dcm"), "[9003][Paraspinal overlay (research use)][2]");
    EXPECT_EQ(series_of(other / "sc.dcm"), "[9023][near L2 Paraspinal overlay (research use)][1]");
    EXPECT_EQ(series_uid_of(own / "sc.dcm"), series_uid_of(own / "sc_level.dcm"));
    EXPECT_NE(series_uid_of(own / "sc.dcm"), series_uid_of(other / "sc.dcm"));
}

TEST(DicomObjects, NeedADicomSource) {
    const TemporaryFolder folder;
    const std::string out = (folder.path() / "out").string();
    ASSERT_EQ(
        run_paraspinal({"measure", sample_study(), "-o", out, "--write", "nifti", "-q"}).exit_code,
        0);
    const std::string nifti = (folder.path() / "fat.nii.gz").string();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out)) {
        if (entry.path().filename() == "fat.nii.gz") {
            std::filesystem::copy(entry.path(), nifti);
        }
    }
    const ProgramRun run = run_paraspinal({"measure", nifti, "-o", out, "--write", "csv,seg"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.err.find("needs a DICOM source"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("[usage]"), std::string::npos) << run.err;
}

TEST(DicomObjects, HideThePatientOnRequest) {
    const TemporaryFolder folder;
    const std::string key = key_file(folder).string();
    const std::string out = (folder.path() / "out").string();
    const ProgramRun run = run_paraspinal(
        {"measure", sample_study(), "-o", out, "--write", "seg,sr,sc", "--deidentify", key, "-q"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const auto objects = objects_below(out);
    ASSERT_EQ(objects.size(), 4U);
    for (const auto& [name, bytes] : objects) {
        EXPECT_EQ(bytes.find("sample-b"), std::string::npos) << name;
        EXPECT_EQ(bytes.find("SAMPLE"), std::string::npos) << name;
        EXPECT_EQ(bytes.find("20260105"), std::string::npos) << name;
        EXPECT_NE(bytes.find("113100"), std::string::npos) << name;
    }
}

TEST(DicomObjects, HidingNothingIsAMistake) {
    const TemporaryFolder folder;
    const ProgramRun run = run_paraspinal({"measure",
                                           sample_study(),
                                           "-o",
                                           folder.path().string(),
                                           "--write",
                                           "csv",
                                           "--deidentify",
                                           key_file(folder).string()});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.err.find("add seg, sr or sc to --write"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace paraspinal::testing
