// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/bland_altman_svg.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

ColumnAgreement column(const std::string& name,
                       const std::vector<double>& first,
                       const std::vector<double>& second) {
    return {.column = name,
            .first = first,
            .second = second,
            .agreement = measure_agreement({.first = first, .second = second})};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

TEST(BlandAltmanSvg, ShowsEachPairTheBiasAndBothLimits) {
    const std::string svg = bland_altman_svg(column("csa_cm2", {10, 20, 30, NAN}, {12, 19, 33, 5}));
    EXPECT_EQ(count(svg, "<circle"), 3U);
    EXPECT_EQ(count(svg, "stroke-dasharray"), 2U);
    EXPECT_NE(svg.find(">bias -1.33<"), std::string::npos) << svg;
    EXPECT_NE(svg.find("n = 3,"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST(BlandAltmanSvg, NamesBothReaders) {
    ColumnAgreement one = column("csa_cm2", {10, 20, 30}, {12, 19, 33});
    one.difference = "anna - ben";
    EXPECT_NE(bland_altman_svg(one).find(">anna - ben, cm²<"), std::string::npos);
    one.difference.assign(60, 'x').append(" - ben");
    EXPECT_NE(bland_altman_svg(one).find(">first - second, cm²<"), std::string::npos);
    EXPECT_NE(bland_altman_svg(one).find(">" + one.difference + "<"), std::string::npos);
}

TEST(BlandAltmanSvg, HasNoAttributeTwice) {
    const std::string svg = bland_altman_svg(column("csa_cm2", {10, 20, 30}, {12, 19, 33}));
    std::istringstream tags(svg);
    for (std::string tag; std::getline(tags, tag, '<');) {
        std::set<std::string> names;
        std::istringstream words(tag.substr(0, tag.find('>')));
        for (std::string word; words >> word;) {
            if (word.find('=') != std::string::npos) {
                EXPECT_TRUE(names.insert(word.substr(0, word.find('='))).second) << tag;
            }
        }
    }
}

TEST(BlandAltmanSvg, HoldsMarkupAndControlCharactersBack) {
    const std::string svg = bland_altman_svg(column("<b>&\n", {1, 2, 3}, {1, 2, 4}));
    EXPECT_NE(svg.find("&lt;b&gt;&amp;?"), std::string::npos);
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
}

TEST(BlandAltmanSvg, DrawsDegenerateColumns) {
    for (const double value : {0.0, 5.0, -3e-9, 4e12}) {
        const std::vector<double> constant(4, value);
        const std::string svg = bland_altman_svg(column("same", constant, constant));
        EXPECT_EQ(count(svg, "<circle"), 4U) << value;
        EXPECT_EQ(count(svg, "=''"), 0U) << "a place that is not a number, at " << value;
        EXPECT_LT(svg.size(), 20000U) << "too many ticks at " << value;
    }
    EXPECT_EQ(bland_altman_svg(column("few", {1, 2}, {1, 2})), "");
}

TEST(BlandAltmanSvg, IsWrittenUnderAPlainName) {
    EXPECT_EQ(bland_altman_file_name("csa_cm2"), "bland_altman_csa_cm2.svg");
    EXPECT_EQ(bland_altman_file_name("../a b"), "bland_altman____a_b.svg");
}

}  // namespace
}  // namespace paraspinal
