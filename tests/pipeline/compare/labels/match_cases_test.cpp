// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/match_cases.h"

#include "core/error.h"
#include "pipeline/compare/labels/read_case.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

class MatchCases : public ::testing::Test {
  protected:
    void touch(const std::string& name) const {
        fs::create_directories((folder() / name).parent_path());
        std::ofstream(folder() / name) << "content of " << name;
    }
    [[nodiscard]] fs::path folder() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(MatchCases, FindsImagesByName) {
    for (const char* const name : {"images/a.png",
                                   "images/hospital/b.dcm",
                                   "images/c/IM1",
                                   "images/1.2.840.5",
                                   "images/a.json",
                                   "masks/a.nii.gz",
                                   "masks/hospital/b.png",
                                   "masks/c.nii",
                                   "masks/1.2.840.5.png",
                                   "masks/lost.png",
                                   "masks/notes.txt"}) {
        touch(name);
    }
    const MatchedCases matched = match_cases(folder() / "images", folder() / "masks");
    ASSERT_EQ(matched.cases.size(), 4U);
    EXPECT_EQ(matched.cases[0].name, "1.2.840.5");
    EXPECT_EQ(matched.cases[1].images, folder() / "images/a.png");
    EXPECT_EQ(matched.cases[1].mask, folder() / "masks/a.nii.gz");
    EXPECT_EQ(matched.cases[2].images, folder() / "images/c");
    EXPECT_EQ(matched.cases[3].name, "hospital/b");
    EXPECT_EQ(matched.unmatched_masks, std::vector<std::string>{"lost"});
}

TEST_F(MatchCases, LetsImageAndMaskLieTogether) {
    touch("both/a.dcm");
    touch("both/a.png");
    const MatchedCases matched = match_cases(folder() / "both", folder() / "both");
    ASSERT_EQ(matched.cases.size(), 1U);
    EXPECT_EQ(matched.cases[0].images, folder() / "both/a.dcm");
}

TEST_F(MatchCases, GivesOneMaskToAllImages) {
    touch("study/IM1");
    touch("mask.nii.gz");
    const MatchedCases matched = match_cases(folder() / "study", folder() / "mask.nii.gz");
    ASSERT_EQ(matched.cases.size(), 1U);
    EXPECT_EQ(matched.cases[0].images, folder() / "study");
    EXPECT_EQ(matched.cases[0].name, "mask");
}

TEST_F(MatchCases, RefusesDoubtAndNothing) {
    touch("images/a.png");
    touch("images/a.dcm");
    touch("masks/a.png");
    touch("other/b.png");
    const auto refusal = [&](const char* masks) {
        try {
            static_cast<void>(match_cases(folder() / "images", folder() / masks));
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::internal;
    };
    EXPECT_EQ(refusal("masks"), ErrorCode::usage);
    EXPECT_EQ(refusal("other"), ErrorCode::input_not_found);
    EXPECT_EQ(refusal("nowhere"), ErrorCode::input_not_found);
}

}  // namespace
}  // namespace paraspinal
