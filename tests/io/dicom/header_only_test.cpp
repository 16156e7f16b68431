// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
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

// Bytes that this process has read from files so far; 0 where the system does not say.
std::int64_t bytes_read() {
    std::ifstream stream("/proc/self/io");
    std::string name;
    std::string value;
    return stream >> name >> value && name == "rchar:" ? parse_integer(value).value_or(0) : 0;
}

// Noise, so that compressed files are large as well.
testing::DicomPhantom large_phantom() {
    testing::DicomPhantom phantom;
    phantom.size = {.rows = 512, .cols = 512};
    phantom.pixels = Image<std::int32_t>(phantom.size);
    std::mt19937 random(1);
    std::ranges::for_each(phantom.pixels.pixels, [&random](std::int32_t& value) {
        value = static_cast<std::int32_t>(random() % 4096);
    });
    return phantom;
}

class HeaderOnly : public ::testing::TestWithParam<testing::NamedSyntax> {
  protected:
    void SetUp() override {
        if (bytes_read() == 0) {
            GTEST_SKIP() << "needs /proc/self/io";
        }
    }
};

TEST_P(HeaderOnly, FindingStudiesLeavesPixelsOnDisk) {
    const testing::TemporaryFolder folder;
    testing::DicomPhantom phantom = large_phantom();
    phantom.syntax = GetParam().syntax;
    std::int64_t total = 0;
    for (const fs::path& file : write_all(folder.path(), testing::stack_of(phantom, 60, 4))) {
        total += static_cast<std::int64_t>(fs::file_size(file));
    }
    const std::int64_t before = bytes_read();
    const StudyIndex index = find_studies({folder.path()});
    const std::int64_t headers = bytes_read() - before;
    EXPECT_EQ(index.studies.at(0).series.at(0).slices.size(), 60U);
    EXPECT_LT(headers, total / 10) << "of " << total << " bytes";
    RecordProperty("header_bytes", std::to_string(headers));
    RecordProperty("total_bytes", std::to_string(total));

    const std::int64_t before_slice = bytes_read();
    read_slice(index.studies[0].series[0].slices[30]);
    EXPECT_LT(bytes_read() - before_slice, total / 30) << "one slice must not cost two files";
}

INSTANTIATE_TEST_SUITE_P(
    Syntaxes,
    HeaderOnly,
    ::testing::Values(testing::NamedSyntax{"ExplicitLittle", testing::Syntax::explicit_little},
                      testing::NamedSyntax{"ImplicitLittle", testing::Syntax::implicit_little},
                      testing::NamedSyntax{"ExplicitBig", testing::Syntax::explicit_big},
                      testing::NamedSyntax{"JpegLossless", testing::Syntax::jpeg_lossless}),
    [](const auto& tested) { return tested.param.name; });

TEST(HeaderOnlyFrames, ReadingOneFrameLeavesTheOthersOnDisk) {
    if (bytes_read() == 0) {
        GTEST_SKIP() << "needs /proc/self/io";
    }
    const testing::TemporaryFolder folder;
    const testing::DicomPhantom phantom = large_phantom();
    write_enhanced_dicom(folder.path() / "file", testing::stack_of(phantom, 20, 4));
    const SliceHeader slice = find_studies({folder.path()}).studies.at(0).series.at(0).slices.at(9);
    const std::int64_t before = bytes_read();
    read_slice(slice);
    const std::int64_t frame_bytes = 512 * 512 * 2;
    EXPECT_LT(bytes_read() - before, 2 * frame_bytes);
}

}  // namespace
}  // namespace paraspinal
