// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/find_studies.h"
#include "io/read_slice.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::DicomPhantom;
using testing::Syntax;

// Three frames that differ in all that frames may differ in.
std::vector<DicomPhantom> three_frames() {
    DicomPhantom first;
    first.bits_stored = 16;
    first.high_bit = 15;
    std::vector<DicomPhantom> frames = testing::stack_of(first, 3, 5);
    for (std::size_t frame = 0; frame < frames.size(); ++frame) {
        frames[frame].pixels = testing::pattern(first.size);
        std::ranges::for_each(frames[frame].pixels.pixels, [frame](std::int32_t& value) {
            value += static_cast<std::int32_t>(100 * frame);
        });
        frames[frame].echo_time_ms = 50.0 * static_cast<double>(frame + 1);
    }
    frames[1].plane = testing::tilted_axial_plane(15);
    frames[1].spacing = {.row_mm = 0.8, .col_mm = 0.9};
    frames[2].b_value_s_mm2 = 800;
    frames[2].image_type = "DERIVED\\PRIMARY\\DIFFUSION\\ADC";
    frames[2].changes = {{0x0028, 0x1052, "-5"}, {0x0028, 0x1053, "2"}};
    return frames;
}

std::vector<SliceHeader> written_slices(const std::filesystem::path& file,
                                        const std::vector<DicomPhantom>& frames) {
    write_enhanced_dicom(file, frames);
    return find_studies({file}).studies.at(0).series.at(0).slices;
}

TEST(Enhanced, GivesOneSliceAFrameWithItsOwnHeader) {
    const testing::TemporaryFolder folder;
    const std::vector<DicomPhantom> frames = three_frames();
    const std::vector<SliceHeader> slices = written_slices(folder.path() / "file", frames);
    ASSERT_EQ(slices.size(), 3U);
    for (std::size_t frame = 0; frame < slices.size(); ++frame) {
        ASSERT_TRUE(slices[frame].plane);
        EXPECT_LT(length(slices[frame].plane->origin_mm - frames[frame].plane.origin_mm), 1e-6);
        EXPECT_EQ(slices[frame].spacing, frames[frame].spacing);
        EXPECT_EQ(slices[frame].acquisition.echo_time_ms, frames[frame].echo_time_ms);
        EXPECT_EQ(slices[frame].acquisition.repetition_time_ms, 4000);
        EXPECT_EQ(slices[frame].acquisition.scanning_sequence, std::vector<std::string>{"SE"});
        EXPECT_EQ(slice_uid(slices[frame]),
                  testing::sop_instance_uid(frames[0]) + "#" + std::to_string(frame + 1));
    }
    EXPECT_EQ(slices[0].acquisition.b_value_s_mm2, std::nullopt);
    EXPECT_EQ(slices[2].acquisition.b_value_s_mm2, 800);
    EXPECT_EQ(slices[2].acquisition.image_type.back(), "ADC");
}

TEST(Enhanced, ReadsEachFrameInEverySyntax) {
    for (const Syntax syntax : {Syntax::explicit_little,
                                Syntax::explicit_big,
                                Syntax::deflated,
                                Syntax::rle,
                                Syntax::jpeg_lossless,
                                Syntax::jpeg_ls,
                                Syntax::jpeg_2000}) {
        const testing::TemporaryFolder folder;
        std::vector<DicomPhantom> frames = three_frames();
        frames[0].syntax = syntax;
        frames[2].changes.clear();
        const std::vector<SliceHeader> slices = written_slices(folder.path() / "file", frames);
        for (std::size_t frame : {2U, 0U, 1U}) {
            const Image<float> image = read_slice(slices.at(frame)).intensity;
            const auto stored = static_cast<float>(frames[frame].pixels.pixels.at(77));
            EXPECT_FLOAT_EQ(image.pixels.at(77), stored)
                << "frame " << frame << ", syntax " << static_cast<int>(syntax);
        }
    }
}

TEST(Enhanced, AppliesTheRescaleOfTheFrame) {
    const testing::TemporaryFolder folder;
    const std::vector<DicomPhantom> frames = three_frames();
    const std::vector<SliceHeader> slices = written_slices(folder.path() / "file", frames);
    const auto stored = static_cast<float>(frames[2].pixels.pixels.at(77));
    EXPECT_FLOAT_EQ(read_slice(slices.at(2)).intensity.pixels.at(77), 2 * stored - 5);
    EXPECT_FLOAT_EQ(read_slice(slices.at(1)).intensity.pixels.at(77), stored - 100);
}

TEST(Enhanced, RefusesAFileThatIsCutShort) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "file";
    const std::vector<SliceHeader> slices = written_slices(file, three_frames());
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 100);
    try {
        read_slice(slices.at(2));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::truncated_pixel_data);
    }
}

TEST(Enhanced, RefusesAFrameCountThatContradictsTheGroups) {
    const testing::TemporaryFolder folder;
    testing::write_dicom(folder.path() / "good", {});
    std::vector<DicomPhantom> frames = three_frames();
    frames[0].instance_number = 9;
    write_enhanced_dicom(folder.path() / "other", frames);
    testing::change_element(folder.path() / "other", {0x0028, 0x0008, "4"});
    const StudyIndex index = find_studies({folder.path()});
    ASSERT_EQ(index.skipped.size(), 1U);
    EXPECT_EQ(index.skipped[0].code, ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal
