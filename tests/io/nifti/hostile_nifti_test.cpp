// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/label_volume.h"
#include "io/nifti/check_header.h"
#include "io/nifti/volume.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <zlib.h>

// Headers that a library would end the process at, or take the memory of the machine for.
namespace paraspinal {
namespace {

namespace fs = std::filesystem;

class HostileNifti : public ::testing::Test {
  protected:
    HostileNifti() {
        write_nifti_mask(file(),
                         Mask({.rows = 40, .cols = 40}),
                         {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
        gzFile stream = gzopen(file().c_str(), "rb");
        content_.resize(1 << 16);
        content_.resize(static_cast<std::size_t>(gzread(stream, content_.data(), 1 << 16)));
        gzclose(stream);
    }
    template <class Number>
    void put(std::size_t place, Number number) {
        std::memcpy(&content_.at(place), &number, sizeof number);
    }
    template <class Number>
    [[nodiscard]] Number get(std::size_t place) const {
        Number number{};
        std::memcpy(&number, &content_.at(place), sizeof number);
        return number;
    }
    // How find_studies lists the file; "study" when it is one.
    std::string outcome() {
        write_file(plain(), content_);
        const StudyIndex index = find_studies({file(), plain()});
        return index.skipped.empty() ? "study" : std::string(error_name(index.skipped[0].code));
    }
    // `planes` planes, of which k is at z = k and holds k % 7 everywhere, packed by gzip.
    fs::path packed_volume(int planes) {
        constexpr std::size_t kHeader = 352;
        constexpr std::size_t kPlane = 1600;
        put<std::int16_t>(40, 3);
        put<std::int16_t>(46, static_cast<std::int16_t>(planes));
        content_.resize(kHeader);
        for (int k = 0; k < planes; ++k) {
            content_.append(kPlane, static_cast<char>(k % 7));
        }
        const fs::path packed = folder_.path() / "volume.nii.gz";
        gzFile stream = gzopen(packed.c_str(), "wb");
        gzwrite(stream, content_.data(), static_cast<unsigned>(content_.size()));
        gzclose(stream);
        return packed;
    }
    [[nodiscard]] const std::string& content() const { return content_; }
    [[nodiscard]] fs::path file() const { return folder_.path() / "labels.nii.gz"; }
    [[nodiscard]] fs::path plain() const { return folder_.path() / "plain.nii"; }

  private:
    testing::TemporaryFolder folder_;
    std::string content_;
};

TEST_F(HostileNifti, IsAStudyAsItIsWritten) {
    EXPECT_EQ(outcome(), "study");
}

TEST_F(HostileNifti, LosesOnlyItselfWhereANumberIsNone) {
    for (const float wrong :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e30F}) {
        for (const std::size_t place : {80U, 256U, 268U, 280U, 324U}) {
            const auto kept = get<float>(place);
            put(place, wrong);
            EXPECT_EQ(outcome(), "malformed_file") << place << ": " << wrong;
            put(place, kept);
        }
    }
    EXPECT_EQ(outcome(), "study");
}

TEST_F(HostileNifti, IsRefusedForASenselessSize) {
    for (const std::int16_t wrong : {std::int16_t{-5}, std::int16_t{0}}) {
        put<std::int16_t>(42, wrong);
        EXPECT_EQ(outcome(), "malformed_file") << wrong;
    }
    put<std::int16_t>(42, 40);
    for (const std::int16_t dimensions :
         {std::int16_t{-3}, std::int16_t{0}, std::int16_t{8}, std::int16_t{9}}) {
        put<std::int16_t>(40, dimensions);
        EXPECT_EQ(outcome(), "malformed_file") << dimensions;
    }
}

// 35 TB in a file of some hundred bytes.
TEST_F(HostileNifti, IsRefusedForWhatItWouldUnpackTo) {
    const auto start = std::chrono::steady_clock::now();
    for (const std::size_t place : {42U, 44U, 46U}) {
        put<std::int16_t>(place, 32767);
    }
    EXPECT_EQ(outcome(), "image_too_large");
    put<std::int16_t>(40, 7);
    for (const std::size_t place : {48U, 50U, 52U, 54U}) {
        put<std::int16_t>(place, 32767);
    }
    EXPECT_EQ(outcome(), "image_too_large") << "also where the product wraps round";
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

// Unpacked from the start for each plane, this one takes 4 GB.
TEST_F(HostileNifti, GivesAllPlanesInOnePass) {
    const fs::path volume = packed_volume(2200);
    const auto start = std::chrono::steady_clock::now();
    int k = 0;
    read_label_volume(volume, [&k](const ImageSlice& plane) {
        EXPECT_EQ(plane.intensity.pixels.front(), static_cast<float>(k % 7));
        EXPECT_EQ(plane.intensity.pixels.back(), static_cast<float>(k % 7));
        EXPECT_EQ(plane.plane.origin_mm.z, k);
        ++k;
    });
    EXPECT_EQ(k, 2200);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
    EXPECT_EQ(read_nifti_plane(volume, 2195).pixels.front(), 2195 % 7);
}

TEST_F(HostileNifti, IsRefusedForMoreLabelsThanCanBeHeld) {
    const fs::path volume = packed_volume(1);
    put<std::int16_t>(42, 4096);
    put<std::int16_t>(44, 4096);
    put<std::int16_t>(46, 9);
    write_file(plain(), content());
    fs::resize_file(plain(), 352 + 9 * 4096 * 4096);  // Sparse: it takes nothing on the disk.
    EXPECT_EQ(testing::refusal([&] { read_label_volume(plain(), [](const ImageSlice&) {}); }),
              ErrorCode::image_too_large);
    fs::resize_file(volume, 60);
    EXPECT_EQ(testing::refusal([&] { read_label_volume(volume, [](const ImageSlice&) {}); }),
              ErrorCode::malformed_file)
        << "cut off";
}

}  // namespace
}  // namespace paraspinal
