// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/series_words.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

using Words = std::vector<std::string>;

// Lower case with one blank for whatever is neither letter, digit nor a byte of a longer character;
// a blank at either end.
std::string plain(const std::string& name) {
    std::string text = " ";
    for (const char byte : lower_case(name)) {
        const bool kept = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                          static_cast<unsigned char>(byte) >= 0x80;
        if (kept) {
            text += byte;
        } else if (text.back() != ' ') {
            text += ' ';
        }
    }
    return text.back() == ' ' ? text : text + ' ';
}

Words words_of(const std::string& plain_text) {
    Words words;
    std::size_t start = 1;
    for (std::size_t end = plain_text.find(' ', start); end != std::string::npos;
         end = plain_text.find(' ', start)) {
        words.push_back(plain_text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

using Patterns = std::initializer_list<std::string_view>;

bool any_part(const std::string& text, Patterns patterns) {
    return std::ranges::any_of(
        patterns, [&text](auto pattern) { return text.find(pattern) != std::string::npos; });
}

bool any_word(const Words& words, Patterns patterns) {
    return std::ranges::any_of(patterns, [&words](auto pattern) {
        return std::ranges::find(words, pattern) != words.end();
    });
}

bool any_start(const Words& words, Patterns patterns) {
    return std::ranges::any_of(patterns, [&words](auto pattern) {
        return std::ranges::any_of(
            words, [pattern](const std::string& word) { return word.starts_with(pattern); });
    });
}

// "t2", "t2w", "t2tse" and, run together with the plane, "axt2", "sagt2fs".
bool names_weighting(const Words& words, std::string_view weighting) {
    constexpr std::array<std::string_view, 8> kBefore{
        "", "axial", "ax", "sagittal", "sag", "cor", "tra", "w"};
    return std::ranges::any_of(words, [weighting, &kBefore](const std::string& word) {
        const std::size_t place = word.find(weighting);
        return place != std::string::npos &&
               std::ranges::find(kBefore, std::string_view(word).substr(0, place)) != kBefore.end();
    });
}

// "t2fs", "t2wfs": the suppression run together with the weighting.
bool is_weighting_with_fs(const std::string& word) {
    return word.ends_with("fs") &&
           (word.starts_with("t1") || word.starts_with("t2") || word.starts_with("pd"));
}

// Fat, and what is done to it, in the languages of the names that were met: English, German,
// French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech, Turkish, Russian,
// Japanese, Chinese, Korean, Persian, Arabic.
bool names_fat(const std::string& text, const Words& words) {
    return any_part(text,
                    {"fat",
                     "fett",
                     "graisse",
                     "grasa",
                     "grasso",
                     "gordura",
                     "fedt",
                     "tluszcz",
                     "t\u0142uszcz",
                     "\u0436\u0438\u0440",
                     "\u0416\u0438\u0440",
                     "\u0416\u0418\u0420",
                     "\u8102",
                     "\uc9c0\ubc29",
                     "\u0686\u0631\u0628\u06cc",
                     "\u062f\u0647\u0648\u0646"}) ||
           any_start(words, {"yag", "ya\u011f", "YA\u011e", "ya\u011e", "vet", "tuk"});
}

bool names_suppression(const std::string& text, const Words& words) {
    return any_start(words, {"sat",     "supp",      "supr",      "sup",      "sopp",
                             "unterdr", "ges",       "bask",      "onderdr",  "null",
                             "tlum",    "t\u0142um", "potla",     "elim",     "r\u00e9du",
                             "excl",    "eksk",      "undertr",   "min",      "anul",
                             "annul",   "absat",     "baskilama", "supresja", "supress"}) ||
           any_part(text,
                    {"fatsup",
                     "fatsat",
                     "fettsat",
                     "fettsup",
                     "\u043f\u043e\u0434\u0430\u0432",
                     "\u041f\u043e\u0434\u0430\u0432",
                     "\u041f\u041e\u0414\u0410\u0412",
                     "\u538b",
                     "\u58d3",
                     "\u6291",
                     "\u9971\u548c",
                     "\u98fd\u548c",
                     "\u98fd\u8102",
                     "\uc5b5\uc81c",
                     "\uc18c\uac70",
                     "\u0633\u0631\u06a9\u0648\u0628",
                     "\u062a\u062b\u0628\u064a\u0637"});
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
    const Words words = words_of(text);
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

// The public release calls series that are one or the other "Sagittal T2/STIR".
bool leaves_stir_open(const std::string& raw) {
    return any_part(lower_case(raw), {"t2/stir", "t2 / stir", "t2 or stir", "stir/t2"});
}

void read_fat_words(const std::string& text, const Words& words, SeriesWords& said) {
    said.says_stir = any_part(text, {"stir", "tirm"}) || any_start(words, {"tir2d", "tir3d"});
    said.says_fat_suppressed = any_word(words,
                                        {"fs",
                                         "sfs",
                                         "spir",
                                         "spair",
                                         "aspir",
                                         "sspir",
                                         "chess",
                                         "fatsat",
                                         "fsat",
                                         "fatsup",
                                         "chemsat",
                                         "proset",
                                         "watsel",
                                         "quickfatsat",
                                         "we"}) ||
                               (names_fat(text, words) && names_suppression(text, words)) ||
                               any_part(text,
                                        {"fatsat",
                                         "fat sat",
                                         "fat sup",
                                         "water exc",
                                         "waterexc",
                                         "selective water",
                                         "fat null",
                                         "spair",
                                         "fettges",
                                         "fetts\u00e4tt",
                                         "fettsaett",
                                         "fettunterdr",
                                         "sat graisse",
                                         "sat fat",
                                         "saturacion grasa",
                                         "supresion grasa",
                                         "soppressione grasso",
                                         "vetonderdr",
                                         "\u538b\u8102",
                                         "\u6291\u8102",
                                         "\u8102\u80aa\u6291\u5236"}) ||
                               std::ranges::any_of(words, is_weighting_with_fs);
    const bool is_dixon = any_part(text, {"dixon"}) || any_word(words, {"ideal", "flex"});
    const bool water = any_word(words, {"water"}) || (is_dixon && any_word(words, {"w"}));
    const bool fat = any_word(words, {"fat"}) || (is_dixon && any_word(words, {"f"}));
    said.says_water_only = water && !fat;
    said.says_fat_only = fat && !water && !said.says_fat_suppressed;
    said.says_opposed_phase =
        any_part(text, {"opp phase", "out phase", "opposed phase", "out of phase"}) ||
        (is_dixon && any_word(words, {"opp", "op", "oop"}));
}

void read_sequence_words(const std::string& text, const Words& words, SeriesWords& said) {
    said.says_flair = any_part(text, {"flair"});
    said.says_diffusion =
        any_word(words, {"diff"}) || any_start(words, {"dwi", "dti", "diffusion", "adc", "trace"});
    said.says_localizer = any_part(text,
                                   {"localiz",
                                    "localis",
                                    "lokali",
                                    "localizador",
                                    "scout",
                                    "survey",
                                    "topogram",
                                    "3 plane",
                                    "3plane",
                                    "three plane",
                                    "rep\u00e9rage",
                                    "reperage",
                                    "\u5b9a\u4f4d"}) ||
                          any_word(words, {"loc", "pilot", "surv"});
    said.says_myelography = any_word(words, {"myelo"}) || any_start(words, {"myelogr", "mielogr"});
    // The Siemens names begin with '*', which is gone here: "*fl2d1" is FLASH, "*fi3d1" FISP.
    said.says_gradient_echo =
        any_start(words, {"fl2d",  "fl3d", "fi2d", "fi3d",   "tfi2d",  "tfi3d", "tfl2d", "tfl3d",
                          "me2d",  "me3d", "de3d", "medic",  "fiesta", "trufi", "ciss",  "spgr",
                          "fspgr", "vibe", "lava", "thrive", "gre",    "ffe"}) ||
        any_word(words, {"merge"});
    said.says_echo_planar = any_start(words, {"ep2d", "epfid", "epse", "ep b", "epi"});
    said.says_derived =
        any_word(words, {"mpr", "mip", "minip", "subtraction", "t2map", "t1map", "map"}) ||
        any_start(words, {"reformat"});
}

}  // namespace

SeriesWords series_words(const std::string& description, const Acquisition& acquisition) {
    const std::string raw =
        description + " | " + acquisition.protocol_name + " | " + acquisition.sequence_name;
    const std::string derivation = plain(acquisition.derivation);
    const std::string text = plain(raw);
    const Words words = words_of(text);
    SeriesWords said;
    said.says_t2_star =
        lower_case(raw).find("t2*") != std::string::npos || any_part(text, {"t2star", "t2 star"});
    said.says_t2 = names_weighting(words, "t2") && !said.says_t2_star;
    said.says_t1 = names_weighting(words, "t1");
    said.says_proton_density = names_weighting(words, "pd") || any_part(text, {"proton"});
    const std::string claimed = without_denied(text);
    read_fat_words(claimed, words_of(claimed), said);
    read_sequence_words(text, words, said);
    const Words derivation_words = words_of(derivation);
    said.says_derived = said.says_derived || any_word(derivation_words, {"mpr", "mip", "minip"}) ||
                        any_start(derivation_words, {"reformat", "subtract", "project"});
    said.says_stir = said.says_stir && !leaves_stir_open(raw);
    return said;
}

}  // namespace paraspinal
