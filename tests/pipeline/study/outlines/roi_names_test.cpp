// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/roi_names.h"

#include "core/error.h"
#include "io/output_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

TEST(StructureFromName, UnderstandsTheDocumentedNames) {
    for (const char* const name : {"MF R",
                                   "mf_r",
                                   "MFR",
                                   "R MF",
                                   "rmf",
                                   "multifidus right",
                                   "Right Multifidus",
                                   "multifidus_right",
                                   "multifidus-right",
                                   "MF.R",
                                   "MF R-1",
                                   "MF R 2",
                                   "MF R2",
                                   "MFR2",
                                   "L3 MF R",
                                   "M. multifidus right",
                                   "right multifidus muscle CSA",
                                   "  mf  r  "}) {
        EXPECT_EQ(structure_from_name(name), Structure::multifidus_right) << name;
    }
    for (const char* const name :
         {"ES L", "es left", "ESL", "erector spinae left", "left erector", "erector_spinae_left"}) {
        EXPECT_EQ(structure_from_name(name), Structure::erector_spinae_left) << name;
    }
    for (const char* const name : {"VB", "vertebral body", "vertebral_body", "vertebra", "L3 VB"}) {
        EXPECT_EQ(structure_from_name(name), Structure::vertebral_body) << name;
    }
    for (const char* const name : {"psoas l", "Psoas major L", "PS left", "psoas_left", "lpsoas"}) {
        EXPECT_EQ(structure_from_name(name), Structure::psoas_left) << name;
    }
}

TEST(StructureFromName, KnowsTheNamesThatWeWrite) {
    for (const Structure structure : kStructures) {
        EXPECT_EQ(structure_from_name(label_name(structure)), structure);
    }
}

TEST(StructureFromName, KnowsOurFatFromAStructure) {
    EXPECT_TRUE(names_fat("intramuscular_fat"));
    EXPECT_TRUE(names_fat("Intramuscular fat"));
    EXPECT_FALSE(names_fat("fat"));
    EXPECT_FALSE(names_fat("multifidus_right fat"));
}

TEST(StructureFromName, GuessesNothing) {
    for (const char* const name : {"",
                                   "R",
                                   "MF",
                                   "L3",
                                   "MF L3",
                                   "MF ES R",
                                   "MF R L",
                                   "VB R",
                                   "fat MF R",
                                   "QL right",
                                   "0001",
                                   "0012-0034",
                                   "muscle",
                                   "multifidi rechts",
                                   "Smith R",
                                   "M\xC3\xBCller"}) {
        EXPECT_EQ(structure_from_name(name), std::nullopt) << name;
    }
}

class RoiNamesFile : public ::testing::Test {
  protected:
    RoiNames names_in(const std::string& content) {
        write_file(folder_.path() / "names.csv", content);
        return read_roi_names(folder_.path() / "names.csv");
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(RoiNamesFile, SaysWhatNamesMean) {
    const RoiNames names = names_in("structure,name\nMF R, Rechts innen \nignore,QL\nVB,corpus\n");
    const RoiNames expected{{"rechts innen", Structure::multifidus_right},
                            {"ql", std::nullopt},
                            {"corpus", Structure::vertebral_body}};
    EXPECT_EQ(names, expected);
}

TEST_F(RoiNamesFile, IsRefusedWithItsLine) {
    const auto message = [this](const std::string& content) {
        try {
            names_in(content);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file);
            return std::string(error.what());
        }
        return std::string("no error");
    };
    EXPECT_NE(message("name,structure\na,MF R\nb,liver\n").find("line 3"), std::string::npos);
    EXPECT_NE(message("name,structure\na,MF R\nA,MF L\n").find("line 3"), std::string::npos);
    EXPECT_NE(message("name,muscle\na,MF R\n").find("structure"), std::string::npos);
    EXPECT_THROW(read_roi_names("/nowhere.csv"), Error);
}

}  // namespace
}  // namespace paraspinal
