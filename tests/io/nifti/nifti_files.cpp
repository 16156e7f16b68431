// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/nifti/nifti_files.h"

#include "io/find_studies.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <zlib.h>

namespace paraspinal::testing {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string unzipped(const std::filesystem::path& file) {
    std::string content(1 << 20, '\0');
    gzFile stream = gzopen(file.c_str(), "rb");
    content.resize(static_cast<std::size_t>(
        gzread(stream, content.data(), static_cast<unsigned int>(content.size()))));
    gzclose(stream);
    return content;
}

LabelMap some_labels() {
    LabelMap labels({.rows = 40, .cols = 50});
    labels[{.row = 3, .col = 7}] = Structure::multifidus_left;
    labels[{.row = 39, .col = 49}] = Structure::psoas_left;
    return labels;
}

SliceHeader only_slice(const std::filesystem::path& file) {
    const StudyIndex index = find_studies({file});
    EXPECT_EQ(index.studies.at(0).series.at(0).slices.size(), 1U);
    return index.studies.at(0).series.at(0).slices.at(0);
}

}  // namespace paraspinal::testing
