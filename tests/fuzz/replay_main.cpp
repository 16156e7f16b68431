// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz target on the files and folders that are named, without libFuzzer: seeds, and what
// once crashed it, in every build.
#include "tests/fuzz/fuzz_file.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

int run_file(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
    // NOLINTNEXTLINE(*-reinterpret-cast)
    return LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                  bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<fs::path> paths(argv + 1, argv + argc);
    int files = 0;
    for (const fs::path& path : paths) {
        if (fs::is_regular_file(path)) {
            files += run_file(path) + 1;
        }
        for (const auto& entry : fs::is_directory(path) ? fs::recursive_directory_iterator(path)
                                                        : fs::recursive_directory_iterator()) {
            files += entry.is_regular_file() ? run_file(entry.path()) + 1 : 0;
        }
    }
    std::cout << files << " files\n";
    return files == 0 ? 1 : 0;
}
