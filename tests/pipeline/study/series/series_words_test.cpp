// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/series_words.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

TEST(SeriesWords, TakeNoSuppressionFromANameThatDeniesIt) {
    for (const std::string name : {"T2 AX NO FS",
                                   "T2 ohne FS",
                                   "T2 ax w/o FS",
                                   "T2 TSE WITHOUT FAT SAT",
                                   "T2 tra ohne Fettsaettigung",
                                   "AX T2 non-fat-sat",
                                   "T2 \u65e0\u538b\u8102"}) {
        const SeriesWords words = series_words(name, {});
        EXPECT_FALSE(words.says_fat_suppressed || words.says_stir || words.says_fat_only) << name;
        EXPECT_TRUE(words.says_t2) << name;
    }
    for (const std::string name :
         {"T2 FS no contrast", "T2 no phase wrap FS", "T2 FS w/o gap", "T2 \u538b\u8102"}) {
        EXPECT_TRUE(series_words(name, {}).says_fat_suppressed) << name;
    }
}

}  // namespace
}  // namespace paraspinal
