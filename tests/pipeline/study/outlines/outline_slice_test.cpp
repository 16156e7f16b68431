// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/outline_slice.h"

#include "core/error.h"
#include "io/imagej/archive.h"
#include "io/imagej/roi.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

RoiPath box(double left, double top, double width, double height) {
    return {{left, top}, {left + width, top}, {left + width, top + height}, {left, top + height}};
}

StructureRoi roi(Structure structure, const RoiPath& path) {
    return {
        .structure = structure,
        .roi = {.name = std::string(label_name(structure)), .shape = std::vector<RoiPath>{path}}};
}

// The four muscles and the vertebral body, which need no network.
std::vector<StructureRoi> full_set() {
    return {roi(Structure::multifidus_right, box(20, 70, 10, 10)),
            roi(Structure::multifidus_left, box(50, 70, 10, 10)),
            roi(Structure::erector_spinae_right, box(10, 70, 10, 10)),
            roi(Structure::erector_spinae_left, box(60, 70, 10, 10)),
            roi(Structure::vertebral_body, box(30, 20, 20, 20))};
}

class OutlineSlice : public ::testing::Test {
  protected:
    // A slice that the network refuses: where it runs, there is an error.
    OutlineSlice() : slice_{.intensity = Image<float>({.rows = 100, .cols = 90})} {
        slice_.spacing = {.row_mm = 1, .col_mm = 1};
        header_.sop_instance_uid = "1.2.3";
        chosen_.slice = &header_;
        chosen_.level.source = LevelSource::operator_choice;
    }
    SliceOutlines outline(const OwnOutlines& own) {
        return outline_slice(slice_, chosen_, own, model_);
    }
    std::optional<ErrorCode> error_of(const OwnOutlines& own) {
        return testing::refusal([&] { outline(own); });
    }

    ImageSlice slice_;
    SliceHeader header_;
    ChosenSlice chosen_;
    OutlineModel model_;
};

std::int64_t pixels(const SliceOutlines& outlined, Structure structure) {
    return std::ranges::count(outlined.outlines.labels.pixels, structure);
}

TEST_F(OutlineSlice, NeedsNoNetworkForAFullSet) {
    const SliceOutlines outlined = outline(full_set());
    EXPECT_EQ(outlined.source, "imagej_roi");
    EXPECT_EQ(outlined.model, "");
    EXPECT_TRUE(outlined.outlines.confidence.empty());
    EXPECT_TRUE(outlined.flags.empty());
    EXPECT_EQ(pixels(outlined, Structure::erector_spinae_left), 100);
    EXPECT_EQ((outlined.outlines.labels[{70, 20}]), Structure::multifidus_right);
    EXPECT_EQ((outlined.outlines.labels[{20, 30}]), Structure::vertebral_body);
}

TEST_F(OutlineSlice, AsksTheNetworkForTheRest) {
    std::vector<StructureRoi> muscles = full_set();
    muscles.pop_back();
    EXPECT_EQ(error_of(muscles), ErrorCode::image_constant);
}

TEST_F(OutlineSlice, UnitesTwoRoisOfOneStructure) {
    std::vector<StructureRoi> own = full_set();
    own.push_back(roi(Structure::vertebral_body, box(45, 20, 10, 20)));
    EXPECT_EQ(pixels(outline(own), Structure::vertebral_body), 25 * 20);
}

TEST_F(OutlineSlice, CountsPixelsOfTwoStructuresOnceAndSaysSo) {
    std::vector<StructureRoi> own = full_set();
    own[2] = roi(Structure::erector_spinae_right, box(15, 70, 10, 10));
    std::ranges::reverse(own);  // The order in the file does not matter.
    const SliceOutlines outlined = outline(own);
    EXPECT_EQ(pixels(outlined, Structure::multifidus_right), 100);
    EXPECT_EQ(pixels(outlined, Structure::erector_spinae_right), 50);
    ASSERT_EQ(outlined.flags.size(), 1U);
    EXPECT_EQ(outlined.flags[0].name(), "outlines_overlap");
    EXPECT_NE(outlined.flags[0].detail.find("share 50 pixels"), std::string::npos);
}

TEST_F(OutlineSlice, RefusesOutlinesOfALargerImage) {
    std::vector<StructureRoi> own = full_set();
    own[4] = roi(Structure::vertebral_body, box(80, 20, 20, 20));
    EXPECT_EQ(error_of(own), ErrorCode::outline_mismatch);
}

TEST_F(OutlineSlice, LooksAtTheSliceThatRoisWereWrittenFor) {
    std::vector<StructureRoi> own = full_set();
    for (StructureRoi& drawn : own) {
        drawn.roi.slice_uid = "1.2.3";
    }
    chosen_.level.source = LevelSource::sagittal;
    EXPECT_TRUE(outline(own).flags.empty());
    own[0].roi.slice_uid = "1.2.4";
    EXPECT_EQ(error_of(own), ErrorCode::outline_mismatch);
    chosen_.level.source = LevelSource::operator_choice;
    EXPECT_EQ(outline(own).flags.at(0).name(), "outline_slice_not_verified");
}

TEST_F(OutlineSlice, DoubtsRoisWithoutASliceWhereThereAreSeveral) {
    chosen_.level.source = LevelSource::sagittal;
    EXPECT_EQ(outline(full_set()).flags.at(0).name(), "outline_slice_not_verified");
    chosen_.level.source = LevelSource::single_slice;
    EXPECT_TRUE(outline(full_set()).flags.empty());
}

class OwnOutlinesFile : public OutlineSlice {
  protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name) const {
        return folder_.path() / name;
    }
    OwnOutlines read_zip(const std::vector<ImageJRoi>& rois, const std::string& names = "") {
        write_imagej_rois(file("rois.zip"), rois);
        write_file(file("names.csv"), names);
        return read_own_outlines({file("rois.zip"), names.empty() ? "" : file("names.csv")});
    }
    std::optional<ErrorCode> error_of_zip(const std::vector<ImageJRoi>& rois,
                                          const std::string& names = "") {
        return testing::refusal([&] { read_zip(rois, names); });
    }

  private:
    testing::TemporaryFolder folder_;
};

ImageJRoi named(const std::string& name, int stack_position = 0) {
    return {.name = name,
            .stack_position = stack_position,
            .shape = std::vector<RoiPath>{box(1, 2, 3, 4)}};
}

TEST_F(OwnOutlinesFile, MapsNames) {
    const auto rois = std::get<std::vector<StructureRoi>>(
        read_zip({named("ES L"), named("inner"), named("QL"), named("VB")},
                 "name,structure\nInner,MF R\nql,ignore\nVB,psoas r\n"));
    ASSERT_EQ(rois.size(), 3U);
    EXPECT_EQ(rois[0].structure, Structure::erector_spinae_left);
    EXPECT_EQ(rois[1].structure, Structure::multifidus_right);
    EXPECT_EQ(rois[2].structure, Structure::psoas_right);  // The file wins over the rules.
}

TEST_F(OwnOutlinesFile, RefusesNamesWithoutAMeaning) {
    EXPECT_EQ(error_of_zip({named("ES L"), named("inner")}), ErrorCode::outline_mismatch);
    EXPECT_EQ(error_of_zip({named("QL")}, "name,structure\nql,ignore\n"),
              ErrorCode::outline_mismatch);
}

TEST_F(OwnOutlinesFile, RefusesRoisOfSeveralSlices) {
    EXPECT_EQ(error_of_zip({named("ES L", 3), named("ES R", 4)}), ErrorCode::outline_mismatch);
    EXPECT_NO_THROW(read_zip({named("ES L", 3), named("ES R", 3), named("VB")}));
}

TEST_F(OwnOutlinesFile, MayBeALabelMap) {
    LabelMap labels(slice_.intensity.size());
    for (std::size_t i = 0; i < kStructures.size(); ++i) {
        labels.pixels[100 * i] = kStructures.at(i);
    }
    write_nifti_labels(
        file("labels.nii.gz"), labels, {.spacing = slice_.spacing, .plane = slice_.plane});
    const SliceOutlines outlined = outline(read_own_outlines({file("labels.nii.gz"), ""}));
    EXPECT_EQ(outlined.source, "nifti");
    EXPECT_EQ(outlined.model, "");
    EXPECT_EQ(outlined.outlines.labels, labels);
    EXPECT_THROW(read_own_outlines({file("labels.nii.gz"), file("names.csv")}), Error);
    EXPECT_THROW(read_own_outlines({file("nowhere.nii"), ""}), Error);
}

}  // namespace
}  // namespace paraspinal
