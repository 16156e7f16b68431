// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/frame_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

// Compressed frames that end too early, or whose header lies, must never become an image: the rest
// of a frame that a decoder leaves black, or gray, is measured as if it were tissue.
namespace paraspinal {
namespace {

using testing::NamedSyntax;
using testing::Syntax;

class DamagedFrame : public ::testing::TestWithParam<NamedSyntax> {
  protected:
    DamagedFrame() {
        testing::DicomPhantom phantom;
        phantom.syntax = GetParam().syntax;
        if (phantom.syntax == Syntax::jpeg_baseline) {
            phantom.bits_allocated = 8;
            phantom.bits_stored = 8;
            phantom.high_bit = 7;
            phantom.pixels = testing::pattern(phantom.size, 256);
        }
        write_dicom(file(), phantom);
        slice_ = find_studies({file()}).studies.at(0).series.at(0).slices.at(0);
        fragment_ = testing::only_fragment(file());
    }
    // "read", or the code of the refusal, once the frame holds these bytes instead.
    std::string outcome_with(const std::string& bytes) {
        testing::replace_only_fragment(file(), bytes);
        try {
            read_slice(slice_);
        } catch (const Error& error) {
            return std::string(error_name(error.code()));
        }
        return "read";
    }
    [[nodiscard]] const std::string& fragment() const { return fragment_; }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "file"; }

  private:
    testing::TemporaryFolder folder_;
    SliceHeader slice_;
    std::string fragment_;
};

TEST_P(DamagedFrame, IsReadWhenItIsWhole) {
    EXPECT_EQ(outcome_with(fragment()), "read");
}

TEST_P(DamagedFrame, IsRefusedWhenCutShortAnywhere) {
    for (std::size_t percent = 0; percent < 100; percent += 3) {
        const std::size_t length = fragment().size() * percent / 200 * 2;
        EXPECT_EQ(outcome_with(fragment().substr(0, length)), "truncated_pixel_data") << percent;
    }
}

class ClosedFrame : public DamagedFrame {};

// As a copy that failed half way and was closed properly.
TEST_P(ClosedFrame, IsRefusedWhenCutShort) {
    for (std::size_t percent = 3; percent < 100; ++percent) {
        std::string cut = fragment().substr(0, fragment().size() * percent / 200 * 2);
        if (GetParam().syntax == Syntax::jpeg_2000) {
            testing::shorten_tile_part(cut);
        }
        EXPECT_EQ(outcome_with(cut + "\xff\xd9"), "truncated_pixel_data") << percent;
    }
}

const auto name_of = [](const auto& tested) { return tested.param.name; };

INSTANTIATE_TEST_SUITE_P(Syntaxes,
                         DamagedFrame,
                         ::testing::Values(NamedSyntax{"Rle", Syntax::rle},
                                           NamedSyntax{"JpegLossless", Syntax::jpeg_lossless},
                                           NamedSyntax{"JpegBaseline", Syntax::jpeg_baseline},
                                           NamedSyntax{"JpegLs", Syntax::jpeg_ls},
                                           NamedSyntax{"Jpeg2000", Syntax::jpeg_2000}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Syntaxes,
                         ClosedFrame,
                         ::testing::Values(NamedSyntax{"JpegLossless", Syntax::jpeg_lossless},
                                           NamedSyntax{"JpegBaseline", Syntax::jpeg_baseline},
                                           NamedSyntax{"JpegLs", Syntax::jpeg_ls},
                                           NamedSyntax{"Jpeg2000", Syntax::jpeg_2000}),
                         name_of);

class DamagedRleFrame : public DamagedFrame {};

TEST_P(DamagedRleFrame, IsRefusedWhenItsHeaderLies) {
    const auto with_number = [this](std::size_t place, std::uint32_t number) {
        std::string changed = fragment();
        for (std::size_t byte = 0; byte < 4; ++byte) {
            changed[4 * place + byte] = static_cast<char>(number >> 8 * byte & 0xFFU);
        }
        return changed;
    };
    const auto size = static_cast<std::uint32_t>(fragment().size());
    for (const std::uint32_t segments : {0U, 1U, 3U, 15U, 16U, 0xffffffffU}) {
        EXPECT_EQ(outcome_with(with_number(0, segments)), "truncated_pixel_data") << segments;
    }
    for (const std::uint32_t offset :
         {0U, 63U, 64U, size - 1, size, size + 16, 0x80000000U, 0xfffffff0U, 0xffffffffU}) {
        EXPECT_EQ(outcome_with(with_number(2, offset)), "truncated_pixel_data") << offset;
    }
    for (const std::uint32_t offset : {0U, 63U, size, 0x80000000U, 0xffffffffU}) {
        EXPECT_EQ(outcome_with(with_number(1, offset)), "truncated_pixel_data") << offset;
    }
}

TEST_P(DamagedRleFrame, IsRefusedWhenItHoldsMoreThanItsPixels) {
    EXPECT_EQ(outcome_with(fragment() + std::string("\0\0\0\0", 4)), "read");
    EXPECT_EQ(outcome_with(fragment() + "more"), "truncated_pixel_data");
}

INSTANTIATE_TEST_SUITE_P(Syntaxes,
                         DamagedRleFrame,
                         ::testing::Values(NamedSyntax{"Rle", Syntax::rle}),
                         name_of);

}  // namespace
}  // namespace paraspinal
