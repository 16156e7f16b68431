// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// ROIs between paraspinal and the real ImageJ, both ways, equal to the pixel.
#include "core/measurement.h"
#include "io/find_studies.h"
#include "io/imagej/archive.h"
#include "io/imagej/roi.h"
#include "io/imagej/roi_mask.h"
#include "io/imagej/trace_outline.h"
#include "io/read_slice.h"
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

constexpr const char* kImageJ = "/usr/share/java/ij.jar";
constexpr ImageSize kBlank{.rows = 180, .cols = 200};  // As in the macros.

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): GTEST_SKIP must return from the test itself.
#define REQUIRE_IMAGEJ()                                                                         \
    if (!std::filesystem::exists(kImageJ) || run_program("java", {"-version"}).exit_code != 0 || \
        run_program("xvfb-run", {"--help"}).exit_code != 0)                                      \
    GTEST_SKIP() << "needs ImageJ, java and xvfb-run (scripts/install_deps test)"

void run_macro(const char* macro, const std::string& argument) {
    const std::string file = (source_folder() / "tests" / "cli" / macro).string();
    // ImageJ shows an error in a window and waits; the limit ends that.
    const ProgramRun run = run_program(
        "timeout",
        {"120", "xvfb-run", "-a", "java", "-cp", kImageJ, "ij.ImageJ", "-batch", file, argument});
    ASSERT_EQ(run.exit_code, 0) << run.err;
}

std::int64_t pixels(const Mask& mask) {
    return std::accumulate(mask.pixels.begin(), mask.pixels.end(), std::int64_t{0});
}

TEST(ImageJ, CountsThePixelsOfItsRoisAsWeDo) {
    REQUIRE_IMAGEJ();
    const TemporaryFolder folder;
    run_macro("draw_rois.ijm", folder.path().string());
    const std::string table = content_of(folder.path() / "areas.csv");
    const int rois = static_cast<int>(lines_of(table).size()) - 1;
    ASSERT_EQ(rois, 25 * 16);
    for (int row = 0; row < rois; ++row) {
        const std::string name = cell(table, "file", row);
        const ImageJRoi roi = read_imagej_rois(folder.path() / name).at(0);
        EXPECT_EQ(pixels(roi_mask(roi, kBlank)), std::stoi(cell(table, "pixels", row))) << name;
    }
    std::cout << "  " << rois << " ROIs of ImageJ have the same area\n";
}

TEST(ImageJ, CountsThePixelsOfOurRoisAsWeDo) {
    REQUIRE_IMAGEJ();
    const TemporaryFolder folder;
    std::mt19937 random(11);  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same on every run.
    std::vector<ImageJRoi> rois;
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 20; ++i) {  // Noise: many parts, holes, and pixels that touch in corners.
        Mask mask(kBlank);
        for (auto& pixel : mask.pixels) {
            pixel = random() % 20 < static_cast<unsigned int>(i) ? 1 : 0;
        }
        mask.pixels[0] = 1;
        rois.push_back({.name = "noise" + std::to_string(i), .shape = trace_outline(mask)});
        expected.push_back(pixels(mask));
    }
    write_imagej_rois(folder.path() / "rois.zip", rois);
    run_macro("measure_rois.ijm",
              "blank|" + (folder.path() / "rois.zip").string() + "|" + folder.path().string());
    const std::string table = content_of(folder.path() / "measured.csv");
    ASSERT_EQ(lines_of(table).size(), rois.size() + 1);
    for (std::size_t i = 0; i < rois.size(); ++i) {
        const int row = static_cast<int>(i);
        EXPECT_EQ(cell(table, "name", row), rois[i].name);
        EXPECT_EQ(std::stoi(cell(table, "pixels", row)), expected[i]) << rois[i].name;
    }
}

std::filesystem::path only(const std::filesystem::path& folder, const std::string& name) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().filename() == name) {
            return entry.path();
        }
    }
    return {};
}

double mean_inside(const Mask& mask, const ImageSlice& slice) {
    double sum = 0;
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        sum += mask.pixels[i] != 0 ? static_cast<double>(slice.intensity.pixels[i]) : 0;
    }
    return sum / static_cast<double>(pixels(mask));
}

// The whole way: measured, written, opened in ImageJ on the same DICOM file, saved there, measured.
TEST(ImageJ, MeasuresOurOutlinesOnOurImage) {
    REQUIRE_IMAGEJ();
    const TemporaryFolder out;
    const std::string study = (source_folder() / "sample_dicom" / "patient_b").string();
    const ProgramRun ours = run_paraspinal({"measure",
                                            study,
                                            "-q",
                                            "--format",
                                            "csv",
                                            "--write",
                                            "csv,roi",
                                            "-o",
                                            out.path().string()});
    ASSERT_EQ(ours.exit_code, 0) << ours.err;
    const std::filesystem::path zip = only(out.path(), "rois.zip");

    const StudyIndex index = find_studies({study});
    SliceHeader header;
    for (const Series& series : index.studies.at(0).series) {
        for (const SliceHeader& slice : series.slices) {
            header = slice.sop_instance_uid == cell(ours.out, "sop_instance_uid") ? slice : header;
        }
    }
    const ImageSlice slice = read_slice(header);
    run_macro("measure_rois.ijm",
              header.file.string() + "|" + zip.string() + "|" + out.path().string());
    const std::string theirs = content_of(out.path() / "measured.csv");
    const std::string muscles = content_of(out.path() / "muscles.csv");
    const std::vector<ImageJRoi> rois = read_imagej_rois(zip);
    ASSERT_EQ(rois.size(), kStructures.size());
    for (std::size_t i = 0; i < rois.size(); ++i) {
        const int row = static_cast<int>(i);
        EXPECT_EQ(cell(theirs, "name", row), label_name(kStructures.at(i)));
        EXPECT_EQ(cell(theirs, "pixels", row), cell(muscles, "pixels", row));
        EXPECT_NEAR(std::stod(cell(theirs, "area", row)),
                    100 * std::stod(cell(muscles, "area_cm2", row)),
                    0.06);  // Three decimals of a cm2.
        EXPECT_NEAR(std::stod(cell(theirs, "mean", row)),
                    mean_inside(roi_mask(rois[i], slice.intensity.size()), slice),
                    1e-3)
            << "ImageJ puts " << rois[i].name << " elsewhere";
    }
    const ProgramRun again = run_paraspinal({"measure",
                                             study,
                                             "-q",
                                             "--format",
                                             "csv",
                                             "--outlines",
                                             (out.path() / "saved_again.zip").string()});
    ASSERT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(cell(again.out, "csa_cm2"), cell(ours.out, "csa_cm2"));
    EXPECT_EQ(cell(again.out, "fa_cm2"), cell(ours.out, "fa_cm2"));
    EXPECT_EQ(read_imagej_rois(out.path() / "saved_again.zip").at(0).slice_uid,
              cell(ours.out, "sop_instance_uid"));
}

}  // namespace
}  // namespace paraspinal::testing
