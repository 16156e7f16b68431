// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/choose_slice.h"

#include "core/error.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

using testing::refusal;

struct SeriesKindOf {
    double echo_time_ms = 100;
    double repetition_time_ms = 4000;
    std::optional<double> inversion_time_ms;
    ImagePlane plane;
};

constexpr ImagePlane kSagittal{.along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
constexpr ImagePlane kCoronal{.along_columns = {1, 0, 0}, .along_rows = {0, 0, -1}};

// Slices get the UIDs "<series>.1", "<series>.2" ... 4 mm apart along the normal.
Series series_of(const std::string& uid, int slices, const SeriesKindOf& kind = {}) {
    Series series{.series_uid = uid, .series_number = std::stoi(uid)};
    for (int i = 1; i <= slices; ++i) {
        SliceHeader slice{.sop_instance_uid = uid + "." + std::to_string(i),
                          .instance_number = i,
                          .size = {256, 256},
                          .spacing = PixelSpacing{0.7, 0.7},
                          .plane = kind.plane};
        slice.plane->origin_mm = (4.0 * i) * normal(kind.plane);
        slice.acquisition.modality = "MR";
        slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "M"};
        slice.acquisition.scanning_sequence = {"SE"};
        slice.acquisition.echo_time_ms = kind.echo_time_ms;
        slice.acquisition.repetition_time_ms = kind.repetition_time_ms;
        slice.acquisition.inversion_time_ms = kind.inversion_time_ms;
        series.slices.push_back(slice);
    }
    return series;
}

Study study_of(std::vector<Series> series) {
    return {.study_uid = "9", .series = std::move(series)};
}

TEST(ChooseSlice, TakesTheOnlyAxialT2SliceAndSaysThatTheLevelIsNotVerified) {
    const Study study = study_of({series_of("1", 11, {.plane = kSagittal}), series_of("2", 1)});
    const ChosenSlice chosen = choose_slice(classify_study(study), {}, std::nullopt);
    EXPECT_EQ(slice_uid(*chosen.slice), "2.1");
    EXPECT_EQ(chosen.series->series_uid, "2");
    EXPECT_EQ(chosen.level.source, LevelSource::single_slice);
    ASSERT_EQ(chosen.flags.size(), 1U);
    EXPECT_EQ(chosen.flags.front().name(), "level_not_verified");
}

TEST(ChooseSlice, TakesTheOperatorsSliceAtHerWord) {
    const Study study = study_of({series_of("2", 5)});
    const ChosenSlice chosen =
        choose_slice(classify_study(study), {.slice_uid = "2.4", .level = "L4"}, std::nullopt);
    EXPECT_EQ(slice_uid(*chosen.slice), "2.4");
    EXPECT_EQ(chosen.level.source, LevelSource::operator_choice);
    EXPECT_EQ(chosen.level.level, "L4");
    EXPECT_TRUE(chosen.flags.empty());
}

TEST(ChooseSlice, TakesTheSliceThatWasDrawnOn) {
    const Study study = study_of({series_of("2", 5)});
    const ChosenSlice chosen =
        choose_slice(classify_study(study), {.drawn_on = {"2.4"}}, std::nullopt);
    EXPECT_EQ(slice_uid(*chosen.slice), "2.4");
    EXPECT_EQ(chosen.level.source, LevelSource::operator_choice);
    const SliceRequest other{.slice_uid = "2.1", .drawn_on = {"2.4"}};
    EXPECT_EQ(slice_uid(*choose_slice(classify_study(study), other, std::nullopt).slice), "2.1");
}

TEST(ChooseSlice, TakesTheT2SliceOfThePlaneThatWasDrawnOn) {
    const Study study =
        study_of({series_of("2", 5), series_of("3", 5, {.repetition_time_ms = 500})});
    const SliceRequest request{.drawn_on = {"2.4", "3.4"}};
    EXPECT_EQ(slice_uid(*choose_slice(classify_study(study), request, std::nullopt).slice), "2.4");
    const SliceRequest t1_alone{.drawn_on = {"3.2", "3.4"}};
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(study), t1_alone, std::nullopt); }),
              ErrorCode::outline_mismatch);
}

TEST(ChooseSlice, DoesNotGuessAmongSeveralSlices) {
    const Study study = study_of({series_of("2", 5)});
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(study), {}, std::nullopt); }),
              ErrorCode::level_not_found);
}

TEST(ChooseSlice, ListsTheRefusedSlicesOfAnAxialSeriesBehindTheOthers) {
    Study study = study_of({series_of("1", 4), series_of("3", 2, {.plane = kCoronal})});
    study.series.front().slices[0].spacing.reset();
    study.series.front().slices[2].plane.reset();
    const ClassifiedStudy classified = classify_study(study);
    std::string listed;
    for (const ChosenSlice& slice : every_axial_slice(classified, {})) {
        listed += slice_uid(*slice.slice) + " " +
                  (slice.refusal ? std::string(error_name(slice.refusal->code)) : "measured") +
                  "\n";
    }
    EXPECT_EQ(listed,
              "1.2 measured\n1.4 measured\n1.1 missing_pixel_spacing\n1.3 missing_geometry\n");
}

TEST(ChooseSlice, NarrowsToTheNamedSeries) {
    const Study study = study_of({series_of("2", 5), series_of("3", 1)});
    EXPECT_EQ(
        slice_uid(*choose_slice(classify_study(study), {.series_uid = "3"}, std::nullopt).slice),
        "3.1");
    EXPECT_EQ(
        refusal([&] { choose_slice(classify_study(study), {.series_uid = "7"}, std::nullopt); }),
        ErrorCode::series_not_found);
    EXPECT_EQ(refusal([&] {
                  choose_slice(
                      classify_study(study), {.series_uid = "3", .slice_uid = "2.1"}, std::nullopt);
              }),
              ErrorCode::slice_not_found);
}

// L3 alone, its inferior endplate at the height `z_mm`, in the middle of the slices.
SpineView spine_at(double z_mm) {
    SpineView view;
    view.spine.vertebrae.push_back(
        {.count = 2,
         .place = {.height_mm = 28},
         .confidence = 0.9,
         .inferior_endplate = Endplate{.plane = {.point_mm = {90, 90, z_mm}}}});
    return view;
}

TEST(ChooseSlice, FindsTheLevelAmongTheSlicesThatWereDrawnOn) {
    const Study study = study_of({series_of("2", 5)});
    const SliceRequest request{.drawn_on = {"2.1", "2.2"}};
    const ChosenSlice chosen = choose_slice(classify_study(study), request, spine_at(12.5));
    EXPECT_EQ(slice_uid(*chosen.slice), "2.2");
    EXPECT_EQ(chosen.level.source, LevelSource::sagittal);
}

TEST(ChooseSlice, FindsTheSliceOnTheSpine) {
    const Study study = study_of({series_of("2", 5)});
    const ChosenSlice chosen = choose_slice(classify_study(study), {}, spine_at(12.5));
    EXPECT_EQ(slice_uid(*chosen.slice), "2.3");
    EXPECT_EQ(chosen.level.source, LevelSource::sagittal);
    EXPECT_NEAR(chosen.level.slice_offset_mm.value(), -0.5, 1e-9);
    ASSERT_TRUE(chosen.view);
    EXPECT_EQ(chosen.view->axial.size(), 5U);
    EXPECT_EQ(chosen.view->chosen, 2U);
}

bool has_flag(const ChosenSlice& chosen, std::string_view name) {
    return std::ranges::any_of(chosen.flags,
                               [name](const QcFlag& flag) { return flag.name() == name; });
}

// Slices lie at 4, 8, 12, 16 and 20 mm.
TEST(ChooseSlice, SaysThatANearerSliceIsMissing) {
    Study study = study_of({series_of("2", 5)});
    EXPECT_FALSE(
        has_flag(choose_slice(classify_study(study), {}, spine_at(13.9)), "nearer_slice_missing"));
    std::vector<SliceHeader>& slices = study.series.front().slices;
    slices.erase(slices.begin() + 2);
    const ChosenSlice chosen = choose_slice(classify_study(study), {}, spine_at(12.5));
    EXPECT_EQ(slice_uid(*chosen.slice), "2.4");
    EXPECT_TRUE(has_flag(chosen, "nearer_slice_missing"));
    EXPECT_FALSE(
        has_flag(choose_slice(classify_study(study), {}, spine_at(17)), "nearer_slice_missing"));
    // At the end of a series only what cannot be read tells.
    EXPECT_FALSE(
        has_flag(choose_slice(classify_study(study), {}, spine_at(24)), "nearer_slice_missing"));
    study.left_out.push_back({.file = "IM6", .reason = "color image", .study_uid = "9"});
    EXPECT_TRUE(
        has_flag(choose_slice(classify_study(study), {}, spine_at(24)), "nearer_slice_missing"));
}

std::string refusal_text(const Study& study) {
    try {
        choose_slice(classify_study(study), {}, std::nullopt);
        return {};
    } catch (const Error& error) {
        return error.message();
    }
}

TEST(ChooseSlice, ListsAFewReasonsAndAdvisesWhatHelps) {
    std::vector<Series> many;
    for (int number = 1; number <= 40; ++number) {
        many.push_back(
            series_of(std::to_string(number), 1, {.echo_time_ms = 10, .repetition_time_ms = 600}));
    }
    const std::string text = refusal_text(study_of(many));
    EXPECT_NE(text.find("; and 35 more, which 'paraspinal inspect' lists"), std::string::npos);
    EXPECT_NE(text.find("--slice"), std::string::npos) << text;
    const std::string stir =
        refusal_text(study_of({series_of("2", 5, {.inversion_time_ms = 160})}));
    EXPECT_EQ(stir.find("--slice"), std::string::npos) << stir;
}

TEST(ChooseSlice, VerifiesTheOnlySliceOnTheSpine) {
    const Study study = study_of({series_of("2", 1)});
    EXPECT_EQ(choose_slice(classify_study(study), {}, spine_at(6)).level.source,
              LevelSource::sagittal);
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(study), {}, spine_at(60)); }),
              ErrorCode::level_not_covered);
}

TEST(ChooseSlice, TakesTheOnlySliceUnverifiedWhenTheSpineDoesNotShowTheLevel) {
    const Study study = study_of({series_of("2", 1), series_of("3", 2, {.plane = kSagittal})});
    const ChosenSlice chosen = choose_slice(classify_study(study), {.level = "L5"}, spine_at(6));
    EXPECT_EQ(chosen.level.source, LevelSource::single_slice);
    ASSERT_EQ(chosen.flags.size(), 1U);
    EXPECT_EQ(chosen.flags.front().name(), "level_not_verified");
    SpineView in_doubt = spine_at(60);
    in_doubt.spine.doubts = {{"sacrum_not_seen", "the sacrum is not in view"}};
    EXPECT_EQ(choose_slice(classify_study(study), {}, in_doubt).level.source,
              LevelSource::single_slice);
    const Study several = study_of({series_of("2", 5)});
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(several), {.level = "L5"}, spine_at(6)); }),
              ErrorCode::level_not_found);
}

TEST(ChooseSlice, TakesTheOperatorsSliceAgainstTheSpine) {
    const Study study = study_of({series_of("2", 5)});
    const ChosenSlice chosen =
        choose_slice(classify_study(study), {.slice_uid = "2.5"}, spine_at(4));
    EXPECT_EQ(slice_uid(*chosen.slice), "2.5");
    EXPECT_FALSE(chosen.view);
}

TEST(ChooseSlice, MeasuresANamedSliceThatIsNotT2WithAFlag) {
    const Study study =
        study_of({series_of("2", 2, {.echo_time_ms = 10, .repetition_time_ms = 600})});
    const ChosenSlice chosen =
        choose_slice(classify_study(study), {.slice_uid = "2.1"}, std::nullopt);
    ASSERT_EQ(chosen.flags.size(), 1U);
    EXPECT_EQ(chosen.flags.front().name(), "not_t2_weighted");
}

TEST(ChooseSlice, RefusesANamedSliceWhoseFatIsSuppressed) {
    const Study study = study_of({series_of("2", 1, {.inversion_time_ms = 160})});
    EXPECT_EQ(
        refusal([&] { choose_slice(classify_study(study), {.slice_uid = "2.1"}, std::nullopt); }),
        ErrorCode::fat_suppressed);
}

TEST(ChooseSlice, RefusesANamedSliceThatIsNotAxial) {
    const Study study = study_of({series_of("2", 1, {.plane = kCoronal})});
    EXPECT_EQ(
        refusal([&] { choose_slice(classify_study(study), {.slice_uid = "2.1"}, std::nullopt); }),
        ErrorCode::not_axial);
}

TEST(ChooseSlice, RefusesANamedSagittalSliceWhateverItsWeighting) {
    const Study study = study_of(
        {series_of("1", 3, {.plane = kSagittal}),
         series_of("2", 3, {.echo_time_ms = 10, .repetition_time_ms = 600, .plane = kCoronal})});
    EXPECT_EQ(
        refusal([&] { choose_slice(classify_study(study), {.slice_uid = "1.2"}, std::nullopt); }),
        ErrorCode::not_axial);
    EXPECT_EQ(
        refusal([&] { choose_slice(classify_study(study), {.slice_uid = "2.2"}, std::nullopt); }),
        ErrorCode::not_axial);
}

Series without_times(Series series) {
    for (SliceHeader& slice : series.slices) {
        slice.acquisition = {};
    }
    return series;
}

TEST(ChooseSlice, TakesTheOnlySliceOfUnknownWeightingWithAFlag) {
    const Study study = study_of(
        {without_times(series_of("1", 1)), without_times(series_of("2", 3, {.plane = kSagittal}))});
    const ChosenSlice chosen = choose_slice(classify_study(study), {}, std::nullopt);
    EXPECT_EQ(slice_uid(*chosen.slice), "1.1");
    ASSERT_EQ(chosen.flags.size(), 2U);
    EXPECT_EQ(chosen.flags.at(0).name(), "weighting_unknown");
    EXPECT_EQ(chosen.flags.at(1).name(), "level_not_verified");
}

TEST(ChooseSlice, PrefersT2ToUnknownWeighting) {
    const Study study = study_of({without_times(series_of("1", 1)), series_of("2", 1)});
    EXPECT_EQ(slice_uid(*choose_slice(classify_study(study), {}, std::nullopt).slice), "2.1");
}

TEST(ChooseSlice, GivesTheOneFaultOfAStudyWithoutAxialT2) {
    const Study stir = study_of(
        {series_of("1", 11, {.plane = kSagittal}), series_of("2", 5, {.inversion_time_ms = 160})});
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(stir), {}, std::nullopt); }),
              ErrorCode::fat_suppressed);
    const Study mixed = study_of(
        {series_of("2", 5, {.inversion_time_ms = 160}), series_of("3", 5, {.plane = kCoronal})});
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(mixed), {}, std::nullopt); }),
              ErrorCode::no_axial_t2);
    const Study sagittal_only = study_of({series_of("1", 11, {.plane = kSagittal})});
    EXPECT_EQ(refusal([&] { choose_slice(classify_study(sagittal_only), {}, std::nullopt); }),
              ErrorCode::no_axial_t2);
}

}  // namespace
}  // namespace paraspinal
