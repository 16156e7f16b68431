// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/label_table.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace paraspinal {
namespace {

LabelTable table_of(const std::string& text) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "labels.csv";
    std::ofstream(file) << text;
    return read_label_table(file);
}

TEST(LabelTable, IsOursByDefault) {
    EXPECT_EQ(default_label_table().size(), 7U);
    EXPECT_EQ(default_label_table().at(5), Structure::vertebral_body);
}

TEST(LabelTable, NamesSomeStructures) {
    const LabelTable table = table_of(
        "structure,value\nErector_Spinae_Left,200\n"
        "multifidus_right,100\nbackground,7\nmultifidus_right,101\n");
    EXPECT_EQ(table.at(200), Structure::erector_spinae_left);
    EXPECT_EQ(table.at(7), Structure::background);
    EXPECT_EQ(structures_of(table),
              (std::vector{Structure::multifidus_right, Structure::erector_spinae_left}));
}

TEST(LabelTable, RefusesWhatItCannotMean) {
    for (const char* const text : {"value,structure\n1,liver\n",
                                   "value,structure\n1.5,multifidus_left\n",
                                   "value,structure\n70000,multifidus_left\n",
                                   "value,structure\n1,multifidus_left\n1,psoas_left\n",
                                   "value,structure\n1,background\n",
                                   "value,name\n1,multifidus_left\n"}) {
        try {
            static_cast<void>(table_of(text));
            FAIL() << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file) << text;
        }
    }
}

}  // namespace
}  // namespace paraspinal
