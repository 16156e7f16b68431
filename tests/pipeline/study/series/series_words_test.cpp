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

TEST(SeriesWords, KnowSuppressionInTheLanguagesOfTheWorld) {
    for (const std::string name : {"T2 AX SOPPR. ADIPOSA",
                                   "T2 tra vetsuppressie",
                                   "T2 ax fettundertryckt",
                                   "T2 ax fettm\u00e4ttnad",
                                   "T2 wytlumienie tluszczu",
                                   "T2 WYT\u0141UMIENIE T\u0141USZCZU",
                                   "T2 \u03ba\u03b1\u03c4\u03b1\u03c3\u03c4\u03bf\u03bb\u03ae "
                                   "\u03bb\u03af\u03c0\u03bf\u03c5\u03c2",
                                   "T2 \u039a\u0391\u03a4\u0391\u03a3\u03a4\u039f\u039b\u0397 "
                                   "\u039b\u0399\u03a0\u039f\u03a5\u03a3",
                                   "T2 \u0643\u0628\u062a "
                                   "\u0627\u0644\u062f\u0647\u0648\u0646",
                                   "T2 \u062a\u0634\u0628\u0639 "
                                   "\u0627\u0644\u062f\u0647\u0648\u0646",
                                   "T2 \u0416\u0418\u0420\u041e\u041f\u041e\u0414\u0410\u0412"
                                   "\u041b\u0415\u041d\u0418\u0415",
                                   "T2 YA\u011e BASKILI",
                                   "T2 rasvasaturaatio",
                                   "T2 zs\u00edrelnyom\u00e1s",
                                   "T2 AX SAT GR",
                                   "T2 AX F/S",
                                   "T2 F.S. TRA",
                                   "AXT2FS",
                                   "T2 AX PASTA",
                                   "T2 AX WFOP",
                                   "T2 AX F SAT"}) {
        EXPECT_TRUE(series_words(name, {}).says_fat_suppressed) << name;
    }
}

TEST(SeriesWords, KnowSuppressionThatIsRunTogetherWithASequence) {
    for (const std::string name : {"T2STIR",
                                   "SAGSTIR",
                                   "STIR2D",
                                   "STIRTSE",
                                   "stir_sag",
                                   "COR-STIR",
                                   "STIRCOR",
                                   "TIRM2D",
                                   "t2_tirm_tra",
                                   "sSTIR",
                                   "*tir2d1rr13",
                                   "T2-STIR",
                                   "STIRw",
                                   "STIRFSE 4mm"}) {
        EXPECT_TRUE(series_words(name, {}).says_stir) << name;
    }
    for (const std::string name :
         {"T2 FATSAT2",
          "T2 AX SPAIRTRA",
          "T2FATSUP",
          "T2 fat suppressed",
          "T2 suppression of fat",
          "T2 FAT SATURATED",
          "T2 AX yagbaskili",
          "T2 tuku potlaceni",
          "T2 fat min",
          "T2 tra Fett ges\u00e4ttigt",
          "FST2 AX",
          "T2 WATS",
          "T2 \u062a\u0634\u0628\u064a\u0639 \u0627\u0644\u062f\u0647\u0648\u0646",
          "T2 \u0479\u05ac"}) {
        EXPECT_TRUE(series_words(name, {}).says_fat_suppressed) << name;
    }
}

TEST(SeriesWords, TakeNoSuppressionFromLikeWords) {
    for (const std::string name : {"T2 ref/sag",
                                   "T2 half/section",
                                   "T2 AX no F/S",
                                   "T2 GR SAG",
                                   "T2 ax presat band",
                                   "T2 adipose protocol",
                                   "T2 \u039b\u03a3\u03a3",
                                   "T2 bez wyt\u0142umienia t\u0142uszczu",
                                   "T2 FSE",
                                   "T2 TSE STIRLING HOSPITAL",
                                   "Dr Tirmizi T2 ax",
                                   "FATIMA HOSPITAL T2 SUPINE",
                                   "FATMA T2 superior coil",
                                   "VETERANS SUPINE T2 AX",
                                   "YAGMUR T2 minor",
                                   "FATIH BASKENT T2",
                                   "VETERINARY SATURDAY T2",
                                   "Gesundheitszentrum Vetter T2",
                                   "t2 tse tra 320 p2 wet"}) {
        const SeriesWords words = series_words(name, {});
        EXPECT_FALSE(words.says_fat_suppressed || words.says_stir) << name;
    }
}

}  // namespace
}  // namespace paraspinal
