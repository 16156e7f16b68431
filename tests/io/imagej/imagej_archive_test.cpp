// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/imagej/archive.h"
#include "io/imagej/encode_roi.h"
#include "io/imagej/roi.h"
#include "io/tables/zip_archive.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>

namespace paraspinal {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_test_file(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

std::vector<ImageJRoi> some_rois() {
    return {{.name = "multifidus_right",
             .slice_uid = "1.2.3",
             .shape = std::vector<RoiPath>{{{1, 2}, {30, 2}, {30, 33}}}},
            {.name = "vertebral_body", .shape = RoiOval{3, 4, 11, 7}}};
}

class ImageJArchive : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name) const {
        return folder_.path() / name;
    }
    // The error of reading a file of this content.
    std::optional<ErrorCode> error_of(const std::string& content) {
        write_test_file(file("x.zip"), content);
        return error_of_file("x.zip");
    }
    [[nodiscard]] std::optional<ErrorCode> error_of_file(const std::string& name) const {
        return testing::refusal([&] { read_imagej_rois(file(name)); });
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(ImageJArchive, ReadsWhatItWrote) {
    write_imagej_rois(file("rois.zip"), some_rois());
    EXPECT_EQ(read_imagej_rois(file("rois.zip")), some_rois());
}

TEST_F(ImageJArchive, IsTheSameBytesAtAnyTime) {
    const std::vector<ZipEntry> entries{{"a.roi", "content"}};
    const std::string bytes = zip_of(entries);
    EXPECT_EQ(bytes.substr(10, 4), std::string("\0\0\x21\0", 4));  // DOS time and date.
    EXPECT_EQ(zip_of(entries), bytes);
}

TEST_F(ImageJArchive, ReadsASingleRoiWithTheNameOfItsFileWhereItHasNone) {
    ImageJRoi roi = some_rois()[0];
    write_test_file(file("other.roi"), encode_imagej_roi(roi));
    EXPECT_EQ(read_imagej_rois(file("other.roi")), std::vector{roi});
    roi.name.clear();
    write_test_file(file("ES L.roi"), encode_imagej_roi(roi));
    EXPECT_EQ(read_imagej_rois(file("ES L.roi")).at(0).name, "ES L");
}

// The ROI Manager renames the entry, not the ROI.
TEST_F(ImageJArchive, TakesTheNameOfTheEntry) {
    const std::string roi = encode_imagej_roi(some_rois()[0]);
    write_test_file(
        file("r.zip"),
        zip_of({{"set/MF L.ROI", roi}, {"notes.txt", "x"}, {"__MACOSX/._MF L.roi", "x"}}));
    const std::vector<ImageJRoi> rois = read_imagej_rois(file("r.zip"));
    ASSERT_EQ(rois.size(), 1U);
    EXPECT_EQ(rois[0].name, "MF L");
}

TEST_F(ImageJArchive, RefusesWhatIsNotThere) {
    EXPECT_EQ(error_of_file("nowhere.zip"), ErrorCode::input_not_found);
    EXPECT_EQ(error_of_file("."), ErrorCode::unreadable_file);
    EXPECT_EQ(error_of(""), ErrorCode::malformed_file);
    EXPECT_EQ(error_of(zip_of({{"notes.txt", "x"}})), ErrorCode::malformed_file);
}

TEST_F(ImageJArchive, RefusesZipBombs) {
    EXPECT_EQ(error_of(zip_of({{"a.roi", std::string(kMaxRoiBytes + 1, 'x')}})),
              ErrorCode::malformed_file);
    const std::string large(kMaxRoiBytes - 1, 'x');
    std::vector<ZipEntry> entries;
    entries.reserve(20);
    for (int i = 0; i < 20; ++i) {  // Each of them small enough, together 80 MiB.
        entries.push_back({std::to_string(i) + ".txt", large});
    }
    EXPECT_EQ(error_of(zip_of(entries)), ErrorCode::malformed_file);
    entries.clear();
    for (int i = 0; i <= kMaxRois; ++i) {
        entries.push_back({std::to_string(i) + ".roi", "x"});
    }
    EXPECT_EQ(error_of(zip_of(entries)), ErrorCode::malformed_file);
}

TEST_F(ImageJArchive, SurvivesDamage) {
    write_imagej_rois(file("rois.zip"), some_rois());
    const std::string whole = content_of(file("rois.zip"));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_EQ(error_of(whole.substr(0, length)), ErrorCode::malformed_file) << length;
    }
    std::mt19937 random(3);  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same on every run.
    for (int i = 0; i < 500; ++i) {
        std::string damaged = whole;
        damaged.at(random() % damaged.size()) = static_cast<char>(random());
        write_test_file(file("x.zip"), damaged);
        try {
            EXPECT_LE(read_imagej_rois(file("x.zip")).size(), 2U);
        } catch (const Error& error) {
            EXPECT_NE(error.code(), ErrorCode::internal);
        }
    }
}

}  // namespace
}  // namespace paraspinal
