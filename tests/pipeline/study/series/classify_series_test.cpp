// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/classify_series.h"

#include "pipeline/study/series/split_stacks.h"
#include "tests/pipeline/study/plain_series.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

using testing::axial;
using testing::plain_slice;
using testing::series_of;

const ImagePlane kSagittal{.along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
const ImagePlane kCoronal{.along_columns = {1, 0, 0}, .along_rows = {0, 0, -1}};

Classification classified(const Series& series) {
    const std::vector<Stack> stacks = split_stacks(series);
    EXPECT_EQ(stacks.size(), 1U);
    return classify(series, stacks.at(0));
}

using Change = std::function<void(SliceHeader&)>;

Classification after(const Change& change, std::string description = "") {
    SliceHeader slice = plain_slice();
    change(slice);
    return classified(series_of(std::move(slice), std::move(description)));
}

Classification named(const std::string& description) {
    return after([](SliceHeader&) {}, description);
}

// As anonymizers leave it.
Classification named_without_numbers(const std::string& description) {
    return after(
        [](SliceHeader& slice) {
            slice.acquisition = Acquisition{};
            slice.acquisition.modality = "MR";
        },
        description);
}

void expect_other(const Classification& actual, ErrorCode code, const std::string& reason) {
    EXPECT_EQ(actual.kind, SeriesKind::other) << actual.evidence;
    EXPECT_EQ(error_name(actual.code), error_name(code)) << actual.reason;
    EXPECT_NE(actual.reason.find(reason), std::string::npos) << actual.reason;
    EXPECT_TRUE(actual.evidence.empty());
}

TEST(ClassifySeries, AcceptsAxialAndSagittalT2) {
    const Classification axial_t2 = named("T2_TSE_TRA");
    EXPECT_EQ(axial_t2.kind, SeriesKind::axial_t2);
    EXPECT_EQ(axial_t2.evidence, "TR 4000 ms, TE 100 ms, tilt 0 degrees");
    EXPECT_TRUE(axial_t2.reason.empty());
    EXPECT_EQ(after([](SliceHeader& slice) { slice.plane = kSagittal; }).kind,
              SeriesKind::sagittal_t2);
}

TEST(ClassifySeries, AcceptsTiltUpToTheLimit) {
    EXPECT_EQ(after([](SliceHeader& slice) { slice.plane = axial(29.5); }).kind,
              SeriesKind::axial_t2);
    expect_other(after([](SliceHeader& slice) { slice.plane = axial(36); }),
                 ErrorCode::not_axial,
                 "36 degrees off axial");
    expect_other(
        after([](SliceHeader& slice) { slice.plane = kCoronal; }), ErrorCode::not_axial, "coronal");
}

TEST(ClassifySeries, NamesTheWeightingByItsTimes) {
    const auto with_times = [](double repetition_ms, double echo_ms) {
        return after([=](SliceHeader& slice) {
            slice.acquisition.repetition_time_ms = repetition_ms;
            slice.acquisition.echo_time_ms = echo_ms;
        });
    };
    expect_other(
        with_times(550, 10), ErrorCode::not_t2_weighted, "T1-weighted (TR 550 ms, TE 10 ms)");
    expect_other(with_times(3000, 30), ErrorCode::not_t2_weighted, "proton-density-weighted");
    expect_other(with_times(600, 90), ErrorCode::not_t2_weighted, "not T2-weighted (TR 600 ms");
    expect_other(with_times(8000, 800), ErrorCode::not_t2_weighted, "TE 800 ms");
    EXPECT_EQ(with_times(kMinT2RepetitionTimeMs, kMinT2EchoTimeMs).kind, SeriesKind::axial_t2);
    expect_other(with_times(kMinT2RepetitionTimeMs - 1, kMinT2EchoTimeMs),
                 ErrorCode::not_t2_weighted,
                 "not T2");
    expect_other(with_times(kMinT2RepetitionTimeMs, kMinT2EchoTimeMs - 1),
                 ErrorCode::not_t2_weighted,
                 "proton");
}

TEST(ClassifySeries, NamesContrastEnhancedT1) {
    expect_other(after([](SliceHeader& slice) {
                     slice.acquisition.repetition_time_ms = 600;
                     slice.acquisition.echo_time_ms = 12;
                     slice.acquisition.contrast_agent = "GADOVIST";
                 }),
                 ErrorCode::not_t2_weighted,
                 "contrast-enhanced T1-weighted");
}

TEST(ClassifySeries, LetsNumbersRuleOverNamesAndSaysSo) {
    const Classification t2 = named("T1_TSE_TRA");
    EXPECT_EQ(t2.kind, SeriesKind::axial_t2);
    EXPECT_NE(t2.evidence.find("its name says T1; the numbers rule"), std::string::npos);
    expect_other(after([](SliceHeader& slice) { slice.acquisition.echo_time_ms = 10; }, "T2_TSE"),
                 ErrorCode::not_t2_weighted,
                 "although its name says T2");
}

TEST(ClassifySeries, LetsNamesDecideWhereNumbersAreMissing) {
    for (const char* const name : {"T2_TSE_TRA",
                                   "ax t2w",
                                   "AXT2",
                                   "t2tse tra 384",
                                   "Sag T2 FRFSE",
                                   "T2 ax L3/4",
                                   "sagT2w",
                                   "sub-01_T2w"}) {
        const Classification classification = named_without_numbers(name);
        EXPECT_EQ(classification.kind, SeriesKind::axial_t2) << name << classification.reason;
        EXPECT_EQ(classification.evidence,
                  "named T2 (TR not stated, TE not stated), tilt 0 degrees");
    }
    for (const char* const name : {"T1_TSE_TRA", "PD ax", "T1 T2 mixed"}) {
        expect_other(named_without_numbers(name), ErrorCode::not_t2_weighted, "named T1- or");
    }
    for (const char* const name : {"", "axial", "L3", "Part2 axial"}) {
        expect_other(
            named_without_numbers(name), ErrorCode::weighting_unknown, "weighting unknown");
    }
}

TEST(ClassifySeries, NeverOverrulesTheOneNumberThereIs) {
    expect_other(after(
                     [](SliceHeader& slice) {
                         slice.acquisition.repetition_time_ms.reset();
                         slice.acquisition.echo_time_ms = 10;
                     },
                     "T2"),
                 ErrorCode::not_t2_weighted,
                 "TE 10 ms");
}

TEST(ClassifySeries, RefusesFatSuppressionByAnySign) {
    expect_other(after([](SliceHeader& slice) { slice.acquisition.inversion_time_ms = 160; }),
                 ErrorCode::fat_suppressed,
                 "STIR, TI 160 ms");
    for (const char* const option : {"FS", "SFS", "SPIR", "SPAIR", "FAT_SAT"}) {
        expect_other(after([option](SliceHeader& slice) {
                         slice.acquisition.scan_options = {"PFP", option};
                     }),
                     ErrorCode::fat_suppressed,
                     "scan options");
    }
    for (const char* const name : {"T2 STIR",
                                   "t2_tirm_sag",
                                   "T2 FS",
                                   "T2FS AX",
                                   "t2wfs",
                                   "T2 fat sat",
                                   "T2_FatSat",
                                   "T2 SPAIR",
                                   "T2 mit Fetts\u00e4ttigung",
                                   "T2 FSat",
                                   "T2 sat graisse",
                                   "T2 saturacion grasa",
                                   "T2 \u538b\u8102"}) {
        expect_other(named(name), ErrorCode::fat_suppressed, "fat-suppressed");
    }
    expect_other(after([](SliceHeader& slice) { slice.acquisition.sequence_name = "*tir2d1_11"; }),
                 ErrorCode::fat_suppressed,
                 "STIR");
}

TEST(ClassifySeries, TellsTheImagesOfDixonApart) {
    const auto with_type = [](const char* type) {
        return after([type](SliceHeader& slice) { slice.acquisition.image_type.push_back(type); });
    };
    expect_other(with_type("W"), ErrorCode::fat_suppressed, "Dixon water");
    expect_other(with_type("WATER"), ErrorCode::fat_suppressed, "Dixon water");
    expect_other(with_type("FAT"), ErrorCode::not_t2_weighted, "Dixon fat");
    expect_other(with_type("OPP_PHASE"), ErrorCode::not_t2_weighted, "opposed-phase");
    EXPECT_EQ(with_type("IN_PHASE").kind, SeriesKind::axial_t2);
    expect_other(named("t2_tse_dixon_tra_W"), ErrorCode::fat_suppressed, "Dixon water");
    expect_other(named("t2_tse_dixon_tra_F"), ErrorCode::not_t2_weighted, "Dixon fat");
    EXPECT_EQ(named("t2_tse_dixon_tra_in").kind, SeriesKind::axial_t2);
}

TEST(ClassifySeries, RefusesLocalizers) {
    for (const char* const name : {"LOCALIZER",
                                   "3-plane loc",
                                   "Scout",
                                   "SURVEY",
                                   "localisateur",
                                   "Lokalizer",
                                   "T2 HASTE loc",
                                   "AAHScout",
                                   "\u5b9a\u4f4d\u50cf"}) {
        expect_other(named(name), ErrorCode::not_t2_weighted, "localizer");
    }
    expect_other(after([](SliceHeader& slice) {
                     slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
                 }),
                 ErrorCode::not_t2_weighted,
                 "localizer");
}

TEST(ClassifySeries, TakesThreePlanesInOneSeriesForALocalizer) {
    Series series = series_of(plain_slice());
    for (const ImagePlane& plane : {kSagittal, kCoronal}) {
        series.slices.push_back(plain_slice());
        series.slices.back().plane = plane;
    }
    const std::vector<Stack> stacks = split_stacks(series);
    ASSERT_EQ(stacks.size(), 3U);
    for (const Stack& stack : stacks) {
        expect_other(classify(series, stack), ErrorCode::not_t2_weighted, "localizer");
    }
}

TEST(ClassifySeries, RefusesOtherKindsOfImages) {
    const auto with_type = [](std::vector<std::string> type) {
        return after([&type](SliceHeader& slice) { slice.acquisition.image_type = type; });
    };
    expect_other(with_type({"DERIVED", "SECONDARY", "MPR"}), ErrorCode::not_t2_weighted, "derived");
    expect_other(with_type({"DERIVED", "PRIMARY", "DIFFUSION", "ADC"}),
                 ErrorCode::not_t2_weighted,
                 "parameter map");
    expect_other(
        with_type({"ORIGINAL", "PRIMARY", "P", "ND"}), ErrorCode::not_t2_weighted, "phase");
    EXPECT_EQ(with_type({"DERIVED", "PRIMARY", "M", "NORM"}).kind, SeriesKind::axial_t2);
    EXPECT_EQ(with_type({"DERIVED", "SECONDARY", "COMPOSED"}).kind, SeriesKind::axial_t2);
    // As a maker of 0.3 T scanners writes it on its originals.
    EXPECT_EQ(with_type({"DERIVED", "SECONDARY", "OTHER", "AI"}).kind, SeriesKind::axial_t2);
    expect_other(named("T2 MPR"), ErrorCode::not_t2_weighted, "derived");
}

TEST(ClassifySeries, RefusesOtherSequences) {
    expect_other(after([](SliceHeader& slice) { slice.acquisition.b_value_s_mm2 = 800; }),
                 ErrorCode::not_t2_weighted,
                 "diffusion (b 800)");
    expect_other(named("ep2d_diff_tra"), ErrorCode::not_t2_weighted, "diffusion");
    expect_other(after([](SliceHeader& slice) { slice.acquisition.scanning_sequence = {"EP"}; }),
                 ErrorCode::not_t2_weighted,
                 "echo planar");
    expect_other(after([](SliceHeader& slice) { slice.acquisition.scanning_sequence = {"GR"}; }),
                 ErrorCode::not_t2_weighted,
                 "gradient echo");
    expect_other(named("T2* tra"), ErrorCode::not_t2_weighted, "gradient echo");
    expect_other(after([](SliceHeader& slice) {
                     slice.acquisition.scanning_sequence = {};
                     slice.acquisition.sequence_name = "*me2d1r3";
                 }),
                 ErrorCode::not_t2_weighted,
                 "gradient echo");
    expect_other(after([](SliceHeader& slice) { slice.acquisition.inversion_time_ms = 2200; }),
                 ErrorCode::not_t2_weighted,
                 "FLAIR");
    expect_other(after([](SliceHeader& slice) { slice.acquisition.inversion_time_ms = 800; }),
                 ErrorCode::not_t2_weighted,
                 "inversion recovery");
    EXPECT_EQ(after([](SliceHeader& slice) { slice.acquisition.inversion_time_ms = 0; }).kind,
              SeriesKind::axial_t2);
    expect_other(after([](SliceHeader& slice) { slice.acquisition.slice_thickness_mm = 40; }),
                 ErrorCode::not_t2_weighted,
                 "thick slab");
    expect_other(named("Myelographie T2"), ErrorCode::not_t2_weighted, "myelography");
}

TEST(ClassifySeries, RefusesWhatHasNoGeometry) {
    expect_other(after([](SliceHeader& slice) { slice.plane.reset(); }),
                 ErrorCode::missing_geometry,
                 "no position");
    expect_other(after([](SliceHeader& slice) { slice.spacing.reset(); }),
                 ErrorCode::missing_pixel_spacing,
                 "no pixel spacing");
}

TEST(ClassifySeries, NeverQuotesTheDescription) {
    for (const char* const name : {"DOE^JANE LOCALIZER", "DOE^JANE T2 FS", "DOE^JANE T1"}) {
        const Classification classification = named(name);
        EXPECT_EQ((classification.reason + classification.evidence).find("DOE"), std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal
