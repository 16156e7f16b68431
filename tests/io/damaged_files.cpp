// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/damaged_files.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

std::vector<std::string> damaged_copies(const std::string& bytes) {
    constexpr std::size_t kCuts = 150;
    constexpr int kChanged = 300;
    std::vector<std::string> copies;
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / kCuts);
    for (std::size_t size = 0; size < bytes.size(); size += step) {
        copies.push_back(bytes.substr(0, size));
    }
    std::mt19937 random(7);  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same on every run.
    for (int i = 0; i < kChanged; ++i) {
        copies.push_back(bytes);
        for (int change = 0; change <= i % 4; ++change) {
            copies.back().at(random() % bytes.size()) = static_cast<char>(random());
        }
    }
    return copies;
}

}  // namespace

void expect_named_errors(const std::filesystem::path& file,
                         const std::function<void(const std::filesystem::path&)>& read) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const TemporaryFolder folder;
    const std::filesystem::path damaged = folder.path() / "damaged";
    int refused = 0;
    for (const std::string& copy : damaged_copies(bytes)) {
        std::ofstream(damaged, std::ios::binary) << copy;
        try {
            read(damaged);
        } catch (const Error& error) {
            EXPECT_NE(error.code(), ErrorCode::internal) << error.what();
            ++refused;
        }
    }
    EXPECT_GT(refused, 100);
}

}  // namespace paraspinal::testing
