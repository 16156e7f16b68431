// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// The same image and the same outline in ImageJ and here.
#include "segmentation/fat/threshold_fat.h"
#include "tests/segmentation/fat/fat_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kImagej = "/usr/share/java/ij.jar";

struct Method {
    FatMethod ours;
    const char* theirs;
};
constexpr std::array kMethods{Method{FatMethod::isodata, "Default"},
                              Method{FatMethod::otsu, "Otsu"},
                              Method{FatMethod::li, "Li"},
                              Method{FatMethod::triangle, "Triangle"},
                              Method{FatMethod::yen, "Yen"},
                              Method{FatMethod::maxentropy, "MaxEntropy"}};

struct Answer {
    double threshold = 0;
    double area_pixels = 0;
    double fat_pixels = 0;
};

// A phantom in 256 gray levels, 0 in the air.
testing::FatPhantom gray_phantom(double fat_share) {
    testing::FatPhantom phantom = testing::fat_phantom(
        {.lean = 70, .fat = 190, .noise = 14, .fat_share = fat_share, .seed = 5});
    for (float& value : phantom.slice.intensity.pixels) {
        value = std::clamp(std::round(value), 0.0F, 255.0F);
    }
    return phantom;
}

void write_image(const std::filesystem::path& path, const Image<float>& image) {
    std::ofstream file(path, std::ios::binary);
    file << "P5\n" << image.cols << ' ' << image.rows << "\n255\n";
    for (const float value : image.pixels) {
        file.put(static_cast<char>(static_cast<unsigned char>(value)));
    }
}

// The outline goes to ImageJ as a selection made from a mask image.
std::string macro_for(const std::filesystem::path& folder) {
    std::ostringstream macro;
    macro << "open('" << (folder / "outline.pgm").string() << "');\n"
          << "setThreshold(255, 255); run('Create Selection'); roiManager('Add'); close();\n"
          << "open('" << (folder / "slice.pgm").string() << "');\n";
    for (const Method& method : kMethods) {
        macro << "roiManager('Select', 0); setAutoThreshold('" << method.theirs << " dark');\n"
              << "getThreshold(low, high); getStatistics(area);\n"
              << "run('Set Measurements...', 'area limit redirect=None decimal=3');\n"
              << "run('Clear Results'); run('Measure'); fat = getResult('Area', 0);\n"
              << "print('answer ' + low + ' ' + area + ' ' + fat); resetThreshold();\n";
    }
    std::string text = macro.str();
    std::ranges::replace(text, '\'', '"');
    return text;
}

std::vector<Answer> ask_imagej(const testing::FatPhantom& phantom) {
    const testing::TemporaryFolder folder;
    Image<float> outline(phantom.labels.size());
    std::ranges::transform(phantom.labels.pixels, outline.pixels.begin(), [](Structure label) {
        return is_paraspinal_muscle(label) ? 255.0F : 0.0F;
    });
    write_image(folder.path() / "outline.pgm", outline);
    write_image(folder.path() / "slice.pgm", phantom.slice.intensity);
    std::ofstream(folder.path() / "measure.ijm") << macro_for(folder.path());
    const std::filesystem::path output = folder.path() / "answers.txt";
    const std::string command = "xvfb-run -a java -cp " + std::string(kImagej) +
                                " ij.ImageJ -batch " + (folder.path() / "measure.ijm").string() +
                                " > " + output.string() + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    std::ifstream lines(output);
    std::vector<Answer> answers;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        Answer answer;
        if (words >> first >> answer.threshold >> answer.area_pixels >> answer.fat_pixels &&
            first == "answer") {
            answers.push_back(answer);
        }
    }
    return answers;
}

double count(const Mask& mask) {
    return static_cast<double>(std::ranges::count(mask.pixels, 1));
}

TEST(ImagejParity, SameThresholdAreaAndFatInTheSameOutline) {
    // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe)
    if (!std::filesystem::exists(kImagej) ||
        std::system("command -v xvfb-run java > /dev/null") != 0) {
        GTEST_SKIP() << "needs the Debian packages imagej, xvfb and a Java runtime";
    }
    for (const double fat_share : {0.02, 0.3, 0.7}) {
        const testing::FatPhantom phantom = gray_phantom(fat_share);
        const std::vector<Answer> answers = ask_imagej(phantom);
        ASSERT_EQ(answers.size(), kMethods.size());
        const auto muscle =
            static_cast<double>(std::ranges::count_if(phantom.labels.pixels, is_paraspinal_muscle));
        for (std::size_t i = 0; i < kMethods.size(); ++i) {
            const FatOptions options{.method = kMethods.at(i).ours, .guard = false};
            const FatThreshold ours = threshold_fat(phantom.slice, phantom.labels, options);
            const double fat = count(fat_mask(phantom.slice, phantom.labels, ours));
            EXPECT_EQ(ours.value, answers[i].threshold) << kMethods.at(i).theirs << fat_share;
            EXPECT_EQ(muscle, answers[i].area_pixels);
            EXPECT_EQ(fat, answers[i].fat_pixels) << kMethods.at(i).theirs << fat_share;
        }
    }
}

}  // namespace
}  // namespace paraspinal
