// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/give_back.h"

#include <cstddef>
#include <cstdint>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace paraspinal {

void give_back_pages(std::string_view file_content) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const auto first = reinterpret_cast<std::uintptr_t>(file_content.data());
    const std::size_t before = (page - first % page) % page;
    if (file_content.size() >= before + page) {
        file_content.remove_prefix(before);
        // Where the system refuses, the memory stays as it is.
        madvise(const_cast<char*>(file_content.data()),
                file_content.size() / page * page,
                MADV_DONTNEED);
    }
}

void give_back_freed() {
    malloc_trim(0);
}

}  // namespace paraspinal
