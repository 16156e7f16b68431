// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomElement;
using testing::DicomPhantom;
using testing::Syntax;
using testing::write_dicom;

class ReadSliceRefusal : public ::testing::Test {
  protected:
    // The code that reading the written file ends with; "read" when it does not.
    std::string outcome(const DicomPhantom& phantom) {
        write_dicom(file(), phantom);
        return outcome_of_file();
    }
    std::string outcome_of_file() {
        const SliceHeader slice = find_studies({file()}).studies.at(0).series.at(0).slices.at(0);
        try {
            read_slice(slice);
        } catch (const Error& error) {
            message_ = error.what();
            return std::string(error_name(error.code()));
        }
        return "read";
    }
    [[nodiscard]] fs::path file() const { return folder_.path() / "file"; }
    [[nodiscard]] const std::string& message() const { return message_; }

  private:
    testing::TemporaryFolder folder_;
    std::string message_;
};

DicomPhantom with(std::vector<DicomElement> changes) {
    DicomPhantom phantom;
    phantom.changes = std::move(changes);
    return phantom;
}

TEST_F(ReadSliceRefusal, OfMissingOrSenselessSpacing) {
    for (const std::optional<std::string>& spacing : std::vector<std::optional<std::string>>{
             std::nullopt, "", "0\\0", "0.5", "-0.5\\0.5", "abc\\0.5", "nan\\nan", "1e999\\1"}) {
        EXPECT_EQ(outcome(with({{0x0028, 0x0030, spacing}})), "missing_pixel_spacing")
            << spacing.value_or("absent");
    }
}

TEST_F(ReadSliceRefusal, OfMissingOrSenselessGeometry) {
    EXPECT_EQ(outcome(with({{0x0020, 0x0032, std::nullopt}})), "missing_geometry");
    EXPECT_EQ(outcome(with({{0x0020, 0x0032, "1\\2"}})), "missing_geometry");
    for (const char* const orientation : {"",
                                          "1\\0\\0",
                                          "0\\0\\0\\0\\0\\0",
                                          "1\\0\\0\\1\\0\\0",
                                          "2\\0\\0\\0\\2\\0",
                                          "1\\0\\0\\0.05\\1\\0",
                                          "a\\b\\c\\d\\e\\f"}) {
        EXPECT_EQ(outcome(with({{0x0020, 0x0037, orientation}})), "missing_geometry")
            << orientation;
    }
}

TEST_F(ReadSliceRefusal, AllowsTheRoundingOfDirections) {
    EXPECT_EQ(outcome(with({{0x0020, 0x0037, "1\\0.0005\\0\\0\\0.9995\\0"}})), "read");
    EXPECT_EQ(outcome(with({{0x0020, 0x0037, "1\\0.01\\0\\0.01\\0.98\\0.17"}})), "read")
        << "cosines of two decimals";
}

TEST_F(ReadSliceRefusal, OfImagesTooSmall) {
    DicomPhantom phantom;
    phantom.size = {.rows = 1, .cols = 1};
    EXPECT_EQ(outcome(phantom), "image_too_small");
    phantom.size = {.rows = 31, .cols = 400};
    EXPECT_EQ(outcome(phantom), "image_too_small");
    phantom.size = {.rows = 32, .cols = 32};
    EXPECT_EQ(outcome(phantom), "read");
}

TEST_F(ReadSliceRefusal, OfAHugeHeaderWithoutDataIsQuick) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(with({{0x0028, 0x0010, "16384"}, {0x0028, 0x0011, "16384"}})),
              "image_too_large");
    EXPECT_EQ(outcome(with({{0x0028, 0x0010, "8192"}, {0x0028, 0x0011, "8192"}})),
              "truncated_pixel_data");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST_F(ReadSliceRefusal, OfTruncatedPixels) {
    for (const Syntax syntax : {Syntax::explicit_little,
                                Syntax::implicit_little,
                                Syntax::explicit_big,
                                Syntax::rle,
                                Syntax::jpeg_lossless,
                                Syntax::jpeg_ls,
                                Syntax::jpeg_2000,
                                Syntax::deflated}) {
        DicomPhantom phantom;
        phantom.syntax = syntax;
        write_dicom(file(), phantom);
        fs::resize_file(file(), fs::file_size(file()) - 100);
        EXPECT_EQ(outcome_of_file(), "truncated_pixel_data") << static_cast<int>(syntax);
    }
}

TEST_F(ReadSliceRefusal, OfFewerPixelsThanTheHeaderPromises) {
    EXPECT_EQ(outcome(with({{0x0028, 0x0010, "65"}})), "truncated_pixel_data");
}

TEST_F(ReadSliceRefusal, OfContradictoryBits) {
    EXPECT_EQ(outcome(with({{0x0028, 0x0101, "12"}, {0x0028, 0x0102, "5"}})), "malformed_file");
    EXPECT_EQ(outcome(with({{0x0028, 0x0101, "0"}})), "malformed_file");
    EXPECT_EQ(outcome(with({{0x0028, 0x0102, "16"}})), "malformed_file");
}

TEST_F(ReadSliceRefusal, OfAZeroRescaleSlope) {
    EXPECT_EQ(outcome(with({{0x0028, 0x1053, "0"}})), "malformed_file");
}

TEST_F(ReadSliceRefusal, OfAFileThatWentAwayOrChanged) {
    write_dicom(file(), {});
    const SliceHeader slice = find_studies({file()}).studies.at(0).series.at(0).slices.at(0);
    DicomPhantom larger;
    larger.size.rows = 80;
    write_dicom(file(), larger);
    EXPECT_THROW(read_slice(slice), Error);
    fs::remove(file());
    EXPECT_THROW(read_slice(slice), Error);
    std::ofstream(file()) << "text";
    EXPECT_THROW(read_slice(slice), Error);
}

TEST_F(ReadSliceRefusal, NamesTheFileButNotThePatient) {
    ASSERT_NE(outcome(with({{0x0028, 0x0030, "0\\0"}})), "read");
    EXPECT_NE(message().find(file().string()), std::string::npos);
    EXPECT_EQ(message().find("PAULA"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal
