// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/series_words.h"

#include "core/text.h"
#include "pipeline/study/series/fat_words_internal.h"
#include "pipeline/study/series/plain_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

// "t2", "t2w", "t2tse" and, run together with the plane, "axt2", "sagt2fs".
bool names_weighting(const NameWords& words, std::string_view weighting) {
    constexpr std::array<std::string_view, 8> kBefore{
        "", "axial", "ax", "sagittal", "sag", "cor", "tra", "w"};
    return std::ranges::any_of(words, [weighting, &kBefore](const std::string& word) {
        const std::size_t place = word.find(weighting);
        return place != std::string::npos &&
               std::ranges::find(kBefore, std::string_view(word).substr(0, place)) != kBefore.end();
    });
}

// The public release calls series that are one or the other "Sagittal T2/STIR".
bool leaves_stir_open(const std::string& raw) {
    return any_part(lower_case(raw), {"t2/stir", "t2 / stir", "t2 or stir", "stir/t2"});
}

void read_sequence_words(const std::string& text, const NameWords& words, SeriesWords& said) {
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
    const std::string derivation = plain_name(acquisition.derivation);
    const std::string text = plain_name(raw);
    const NameWords words = words_of(text);
    SeriesWords said;
    said.says_t2_star =
        lower_case(raw).find("t2*") != std::string::npos || any_part(text, {"t2star", "t2 star"});
    said.says_t2 = names_weighting(words, "t2") && !said.says_t2_star;
    said.says_t1 = names_weighting(words, "t1");
    said.says_proton_density = names_weighting(words, "pd") || any_part(text, {"proton"});
    read_fat_words(text, said);
    read_sequence_words(text, words, said);
    const NameWords derivation_words = words_of(derivation);
    said.says_derived = said.says_derived || any_word(derivation_words, {"mpr", "mip", "minip"}) ||
                        any_start(derivation_words, {"reformat", "subtract", "project"});
    said.says_stir = said.says_stir && !leaves_stir_open(raw);
    return said;
}

}  // namespace paraspinal
