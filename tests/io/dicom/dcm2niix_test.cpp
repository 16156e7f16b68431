// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/reference_volume.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

// Our reading of a study against that of dcm2niix: the value at each place in the patient.
TEST(Dcm2niix, PutsEveryPixelInTheSamePlace) {
    const fs::path relative = fs::path("wrapped_dicom") / "paired_l3_02";
    PARASPINAL_REQUIRE_SHARED_DATA(relative);
    // NOLINTBEGIN(concurrency-mt-unsafe, cert-env33-c): a fixed command of a test.
    if (std::system("dcm2niix --version > /dev/null 2>&1") / 256 == 127) {
        GTEST_SKIP() << "needs dcm2niix (Debian package dcm2niix)";
    }
    const testing::TemporaryFolder folder;
    const std::string command = "dcm2niix -b n -z n -f %s -o '" + folder.path().string() + "' '" +
                                (testing::shared_data() / relative).string() + "' > /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
    // NOLINTEND(concurrency-mt-unsafe, cert-env33-c)

    const StudyIndex index = find_studies({testing::shared_data() / relative});
    ASSERT_EQ(index.studies.at(0).series.size(), 2U);
    for (const Series& series : index.studies[0].series) {
        const testing::ReferenceVolume reference =
            testing::first_volume(folder.path() / (std::to_string(series.series_number) + ".nii"));
        EXPECT_EQ(reference.slices.size(), series.slices.size());
        for (const SliceHeader& slice : series.slices) {
            testing::expect_same_image(read_slice(slice), reference, {.slope = 1, .intercept = 0});
        }
    }
}

}  // namespace
}  // namespace paraspinal
