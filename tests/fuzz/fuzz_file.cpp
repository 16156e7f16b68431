// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_file.h"

#include "core/error.h"
#include "io/library_messages.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <unistd.h>

namespace paraspinal::fuzz {

std::filesystem::path file_of(const std::uint8_t* bytes, std::size_t size, const char* extension) {
    // In memory where the machine has such a folder: a disk would be the bottleneck.
    const std::filesystem::path memory = "/dev/shm";
    const std::filesystem::path folder =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    const std::filesystem::path file =
        folder / ("paraspinal-fuzz-" + std::to_string(getpid()) + extension);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes),  // NOLINT(*-reinterpret-cast)
               static_cast<std::streamsize>(size));
    return file;
}

void expect_refusals(const std::function<void()>& work) {
    static const bool is_quiet = [] {
        silence_library_messages();
        return true;
    }();
    static_cast<void>(is_quiet);
    try {
        work();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::internal) {
            std::cerr << error.what() << '\n';
            std::abort();
        }
    }
}

}  // namespace paraspinal::fuzz
