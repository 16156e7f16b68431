// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/network.h"

#include "core/error.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <sys/prctl.h>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 2> kTwo{"background", "body"};
constexpr NetworkLayout kLayout{.grid = {.size = {.rows = 4, .cols = 3}, .pixel_mm = 1.5},
                                .channels = kTwo};
constexpr const char* kCard = R"({"name": "bones", "version": "1.2.3", "sha256": "0123456789abcdef",
    "pixel_mm": 1.5, "grid_rows": 4, "grid_columns": 3, "channels": ["background", "body"]})";

ErrorCode code_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    ADD_FAILURE() << "no error";
    return ErrorCode::usage;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

// The level network that is shipped, read as a file.
std::filesystem::path shipped_file() {
    return testing::source_folder() / "segmentation" / "models" / "vertebrae.onnx";
}
constexpr NetworkGrid kShippedGrid{.size = {.rows = 288, .cols = 224}, .pixel_mm = 1.5};
constexpr std::array<std::string_view, 10> kShippedChannels{
    "background", "s1", "s2_and_below", "l5", "l4", "l3", "l2", "l1", "thoracic", "disc"};

TEST(Network, IsDescribedByItsCard) {
    EXPECT_EQ(Network({.card = kCard}, kLayout).description(), "bones 1.2.3 (01234567)");
}

TEST(Network, RefusesTheCardOfAnotherNetwork) {
    const std::array<std::array<const char*, 2>, 6> changes{{{"1.5", "1.4"},
                                                             {"rows\": 4", "rows\": 5"},
                                                             {"columns\": 3", "columns\": 2"},
                                                             {"body", "disc"},
                                                             {", \"body\"", ""},
                                                             {"name", "title"}}};
    for (const auto& [from, to] : changes) {
        const std::string card = replaced(kCard, from, to);
        EXPECT_EQ(code_of([&] { Network({.card = card}, kLayout); }), ErrorCode::internal) << to;
    }
    EXPECT_EQ(code_of([&] { Network({.card = "{"}, kLayout); }), ErrorCode::internal);
}

TEST(Network, GivesAProbabilityMapForEachChannel) {
    Network network(shipped_file(), {.grid = kShippedGrid, .channels = kShippedChannels});
    EXPECT_EQ(network.description(), "vertebrae.onnx");
    const std::vector<Image<float>> maps = network.run(Image<float>(kShippedGrid.size, 0.1F));
    ASSERT_EQ(maps.size(), kShippedChannels.size());
    const PixelIndex somewhere{.row = 200, .col = 30};
    float sum = 0;
    for (const Image<float>& map : maps) {
        EXPECT_EQ(map.size(), kShippedGrid.size);
        EXPECT_GE(map[somewhere], 0);
        sum += map[somewhere];
    }
    EXPECT_NEAR(sum, 1, 1e-5);
}

// A bright disk on a slope, so that every layer has something to tell apart.
Image<float> drawn_image(ImageSize size) {
    Image<float> image(size);
    for (int row = 0; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            const bool is_bright = std::hypot(row - 150, col - 100) < 40;
            image[{row, col}] = (is_bright ? 0.5F : -0.3F) + 0.001F * static_cast<float>(row);
        }
    }
    return image;
}

// How far the probabilities are from those of OpenCV at most.
float greatest_difference_from_opencv() {
    const Image<float> image = drawn_image(kShippedGrid.size);
    Network network(shipped_file(), {.grid = kShippedGrid, .channels = kShippedChannels});
    static_cast<void>(network.run(Image<float>(kShippedGrid.size)));  // Leaves nothing behind.
    const std::vector<Image<float>> ours = network.run(image);
    cv::Mat input(image.rows, image.cols, CV_32F);
    std::ranges::copy(image.pixels, input.ptr<float>());
    cv::dnn::Net reference = cv::dnn::readNetFromONNX(shipped_file().string());
    reference.setInput(cv::dnn::blobFromImage(input));
    const cv::Mat theirs = reference.forward();
    float greatest = 0;
    for (std::size_t channel = 0; channel < ours.size(); ++channel) {
        const float* expected = theirs.ptr<float>(0, static_cast<int>(channel));
        for (const float probability : ours[channel].pixels) {
            greatest = std::max(greatest, std::abs(probability - *expected++));
        }
    }
    return greatest;
}

TEST(Network, GivesWhatOpenCvGives) {
    EXPECT_LT(greatest_difference_from_opencv(), 1e-5);
}

TEST(Network, RunsWhereNoCodeMayBeMadeAtRunTime) {
    constexpr int kSetMemoryDenyWriteExecute = 65;  // Of Linux 6.3; older ones refuse it.
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            prctl(kSetMemoryDenyWriteExecute, 1UL, 0UL, 0UL, 0UL);
            std::exit(greatest_difference_from_opencv() < 1e-5F ? 0 : 1);
        },
        ::testing::ExitedWithCode(0),
        "");
}

TEST(Network, RefusesImagesAndOutputsOfAnotherLayout) {
    Network network(shipped_file(), {.grid = kShippedGrid, .channels = kShippedChannels});
    EXPECT_EQ(
        code_of([&] { static_cast<void>(network.run(Image<float>({.rows = 224, .cols = 288}))); }),
        ErrorCode::internal);
    Network other(shipped_file(), {.grid = kShippedGrid, .channels = kTwo});
    EXPECT_EQ(code_of([&] { static_cast<void>(other.run(Image<float>(kShippedGrid.size))); }),
              ErrorCode::internal);
}

TEST(Network, SaysWhatIsWrongWithItsFile) {
    const testing::TemporaryFolder folder;
    const Image<float> image(kLayout.grid.size);
    Network absent(folder.path() / "absent.onnx", kLayout);
    EXPECT_EQ(code_of([&] { static_cast<void>(absent.run(image)); }), ErrorCode::input_not_found);
    std::ofstream(folder.path() / "text.onnx") << "no network";
    Network text(folder.path() / "text.onnx", kLayout);
    EXPECT_EQ(code_of([&] { static_cast<void>(text.run(image)); }), ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal
