// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/fat_words_internal.h"
#include "pipeline/study/series/plain_name.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace paraspinal {
namespace {

// The bytes of GB18030 for the two signs "press fat", which are UTF-8 for two other letters.
constexpr std::string_view kFatPressedAsUtf8 = "\u0479\u05ac";

// "t2fs", "t2wfs", "axt2fs", "fst2": the suppression run together with the weighting.
bool is_weighting_with_fs(const std::string& word) {
    return (word.ends_with("fs") && (word.starts_with("pd") || any_part(word, {"t1", "t2"}))) ||
           any_start({word}, {"fst1", "fst2", "fspd"});
}

// Hospitals, people and coils are not meant: supine, Superior, Saturday, Gesundheit, Minor,
// Baskent.
bool begin_as_suppression(const NameWords& words) {
    const bool is_day = any_start(words, {"saturd", "saturn"});
    return any_numbered(words, {"sat", "sats", "sup", "supp", "supr", "ges", "min", "bask"}) ||
           (any_start(words, {"satur"}) && !is_day) ||
           any_start(
               words,
               {"satgr",       "suppr",   "supre",     "supri",     "sopp",      "unterdr",
                "ges\u00e4tt", "gesaett", "gesatt",    "gesupp",    "baski",     "bask\u0131",
                "onderdr",     "null",    "tlum",      "t\u0142um", "wytlum",    "wyt\u0142um",
                "potla",       "potis",   "elim",      "r\u00e9du", "excl",      "eksk",
                "undertr",     "minim",   "anul",      "annul",     "absat",     "verzad",
                "s\u00e4tt",   "saett",   "m\u00e4tt", "m\u00e6t",  "metn",      "elnyom",
                "szupp",       "szat",    "x\u00f3a",  "xo\u00e1",  "tri\u1ec7t"});
}

// "vetsuppressie", "fettundertryckt": fat and what is done to it in one word.
bool is_suppressed_fat(const std::string& word) {
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{
            "fat", "fett", "fedt", "vet", "rasva", "zs\u00edr", "zsir", "yag", "ya\u011f"},
        [&word](std::string_view fat) {
            const std::size_t place = word.find(fat);
            return place != std::string::npos &&
                   begin_as_suppression({word.substr(place + fat.size())});
        });
}

// Fat, and what is done to it, in the languages of the names that were met or are likely: English,
// German, French, Spanish, Italian, Portuguese, Romanian, Dutch, Scandinavian, Finnish, Hungarian,
// Polish, Czech, Croatian, Turkish, Greek, Russian, Ukrainian, Bulgarian, Arabic, Persian, Hebrew,
// Vietnamese, Japanese, Chinese, Korean.
bool names_fat(const std::string& text, const NameWords& words) {
    return any_part(text,
                    {"fett",
                     "graisse",
                     "grasa",
                     "grasso",
                     "gr\u0103sim",
                     "grasim",
                     "adipos",
                     "adipeu",
                     "gordura",
                     "fedt",
                     "tluszcz",
                     "t\u0142uszcz",
                     "rasva",
                     "zs\u00edr",
                     "zsir",
                     "\u0436\u0438\u0440",
                     "\u043c\u0430\u0437\u043d",
                     "\u03bb\u03af\u03c0",
                     "\u03bb\u03b9\u03c0",
                     "\u8102",
                     "\uc9c0\ubc29",
                     "m\u1ee1",
                     "\u0686\u0631\u0628\u06cc",
                     "\u062f\u0647\u0648\u0646",
                     "\u062f\u0647\u0646",
                     "\u0634\u062d\u0645",
                     "\u05e9\u05d5\u05de\u05df"}) ||
           any_compound(words, {"fat", "yag", "ya\u011f", "vet", "tuk", "tuku", "tukem"}) ||
           any_start(words, {"masti", "masno"}) || std::ranges::any_of(words, is_suppressed_fat);
}

bool names_suppression(const std::string& text, const NameWords& words) {
    return begin_as_suppression(words) || std::ranges::any_of(words, is_suppressed_fat) ||
           any_part(text,
                    {"fatsup",
                     "fatsat",
                     "fettsat",
                     "fettsup",
                     "\u043f\u043e\u0434\u0430\u0432",
                     "\u043f\u0440\u0438\u0433\u043d",
                     "\u043d\u0430\u0441\u044b\u0449",
                     "\u043f\u043e\u0442\u0438\u0441",
                     "\u03ba\u03b1\u03c4\u03b1\u03c3\u03c4\u03bf\u03bb",
                     "\u03ba\u03bf\u03c1\u03b5\u03c3",
                     "\u538b",
                     "\u58d3",
                     "\u6291",
                     "\u9971\u548c",
                     "\u98fd\u548c",
                     "\u98fd\u8102",
                     "\uc5b5\uc81c",
                     "\uc18c\uac70",
                     "\u0633\u0631\u06a9\u0648\u0628",
                     "\u062a\u062b\u0628\u064a\u0637",
                     "\u0643\u0628\u062a",
                     "\u0643\u0628\u062d",
                     "\u0642\u0645\u0639",
                     "\u062e\u0645\u0627\u062f",
                     "\u0634\u0628\u0639",
                     "\u0634\u0628\u0627\u0639",
                     "\u0634\u0628\u064a\u0639",
                     "\u062d\u0630\u0641",
                     "\u05d3\u05d9\u05db\u05d5\u05d9"});
}

// What is said not to be ("no fs", "w/o fat sat") is taken out: the word after the denial and,
// where that is fat, what would be done to it.
std::string without_denied(std::string text) {
    for (const std::string_view denied : {"\u65e0\u538b\u8102",
                                          "\u7121\u58d3\u8102",
                                          "\u4e0d\u538b\u8102",
                                          "\u975e\u538b\u8102",
                                          "\u975e\u6291\u8102"}) {
        for (std::size_t at = text.find(denied); at != std::string::npos; at = text.find(denied)) {
            text.replace(at, denied.size(), " ");
        }
    }
    const NameWords words = words_of(text);
    std::string kept = " ";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_w_o = words[i] == "w" && i + 1 < words.size() && words[i + 1] == "o";
        i += is_w_o ? 1 : 0;
        if (is_w_o || any_word({words[i]},
                               {"no",
                                "non",
                                "not",
                                "without",
                                "wo",
                                "ohne",
                                "sans",
                                "sin",
                                "senza",
                                "sem",
                                "zonder",
                                "uden",
                                "utan",
                                "bez",
                                "\u0431\u0435\u0437"})) {
            ++i;
            const bool is_fat = i < words.size() && names_fat(words[i], {words[i]});
            i += is_fat && i + 1 < words.size() && names_suppression(words[i + 1], {words[i + 1]})
                     ? 1
                     : 0;
            continue;
        }
        kept += words[i] + " ";
    }
    return kept;
}

}  // namespace

void read_fat_words(const std::string& name, SeriesWords& said) {
    const std::string text = without_denied(name);
    const NameWords words = words_of(text);
    said.says_stir = any_compound(words, {"stir", "tirm"}) || any_start(words, {"tir2d", "tir3d"});
    said.says_fat_suppressed =
        any_word(words, {"fs",          "sfs",    "spir",   "spair",   "aspir",  "sspir",  "chess",
                         "fatsat",      "fsat",   "fatsup", "chemsat", "proset", "watsel", "wats",
                         "quickfatsat", "specir", "pasta",  "wfop",    "satgr",  "we"}) ||
        (names_fat(text, words) && names_suppression(text, words)) ||
        any_part(
            text,
            {"fatsat",          "satfat",           "fatsep",          "fat sep",
             "fat sat",         "fat sup ",         "water exc",       "waterexc",
             "selective water", "fat null",         "fettges",         "fetts\u00e4tt",
             "fettsaett",       "fettunterdr",      "sat graisse",     " sat gr ",
             " f sat ",         "chem sat",         "wasseranreg",     "\u6c34\u6fc0",
             "sat fat ",        "saturacion grasa", "supresion grasa", "soppressione grasso",
             "vetonderdr",      "\u538b\u8102",     "\u6291\u8102",    "\u8102\u80aa\u6291\u5236",
             kFatPressedAsUtf8}) ||
        any_compound(words, {"spair"}) || std::ranges::any_of(words, is_weighting_with_fs);
    const bool is_dixon = any_part(text, {"dixon"}) || any_word(words, {"ideal", "flex"});
    const bool water = any_word(words, {"water"}) || (is_dixon && any_word(words, {"w"}));
    const bool fat = any_word(words, {"fat"}) || (is_dixon && any_word(words, {"f"}));
    said.says_water_only = water && !fat;
    said.says_fat_only = fat && !water && !said.says_fat_suppressed;
    said.says_opposed_phase =
        any_part(text, {"opp phase", "out phase", "opposed phase", "out of phase"}) ||
        (is_dixon && any_word(words, {"opp", "op", "oop"}));
}

}  // namespace paraspinal
