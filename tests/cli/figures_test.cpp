// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Figures that the program writes are XML that a strict parser takes, whatever columns are called.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNames[] = {  // NOLINT(*-avoid-c-arrays)
    "<&\">",
    "it's ]]> <!--",
    "cm² of the left side",
    "P1NP <60 & β-CTX"};

class Figures : public ::testing::Test {
  protected:
    void SetUp() override {
        if (run_program("python3", {"-c", "import xml.sax"}).exit_code != 0) {
            GTEST_SKIP() << "no python3 to parse XML with";
        }
    }

    [[nodiscard]] fs::path path(const std::string& name) const { return folder_.path() / name; }

    // Ten patients, a column for each name; `shift` is added to the odd ones.
    [[nodiscard]] std::string table(const std::string& name, int shift) const {
        std::ofstream stream(path(name), std::ios::binary);
        stream << "patient_id,new_fracture";
        for (const std::string column : kNames) {
            stream << ",\"";
            for (const char letter : column) {
                stream << (letter == '"' ? "\"\"" : std::string(1, letter));
            }
            stream << '"';
        }
        for (int i = 0; i < 10; ++i) {
            stream << "\nP" << i << ',' << (i % 3 == 0 ? 1 : 0);
            for (int k = 0; k < 4; ++k) {
                stream << ',' << (i * (7 + 2 * k)) % 10 + shift * (i % 2);
            }
        }
        stream << '\n';
        return path(name).string();
    }

    static void expect_xml(const fs::path& file) {
        const ProgramRun run = run_program(
            "python3",
            {"-c",
             "import sys, xml.sax; xml.sax.parse(sys.argv[1], xml.sax.ContentHandler())",
             file.string()});
        EXPECT_EQ(run.exit_code, 0) << file << run.err << content_of(file);
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(Figures, RocCurvesOfAnyColumns) {
    const std::string names =
        std::string(kNames[0]) + "," + kNames[1] + "," + kNames[2] + "," + kNames[3];
    const ProgramRun run = run_paraspinal({"cohort",
                                           "roc",
                                           table("a.csv", 0),
                                           "--factors",
                                           names,
                                           "--picture",
                                           path("roc.svg").string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    expect_xml(path("roc.svg"));
    EXPECT_NE(content_of(path("roc.svg")).find("&lt;&amp;&quot;&gt;: "), std::string::npos);
}

// More curves than one plot can hold apart: a plot each.
TEST_F(Figures, ManyRocCurves) {
    std::ofstream stream(path("many.csv"));
    stream << "patient_id,new_fracture";
    std::string factors;
    for (int k = 0; k < 13; ++k) {
        stream << ",f" << k << "_mm";
        factors += "f" + std::to_string(k) + "_mm,";
    }
    for (int i = 0; i < 20; ++i) {
        stream << "\nP" << i << ',' << (i % 3 == 0 ? 1 : 0);
        for (int k = 0; k < 13; ++k) {
            stream << ',' << (i * (3 + 2 * k)) % 17 << ".5";
        }
    }
    stream.close();
    const ProgramRun run = run_paraspinal({"cohort",
                                           "roc",
                                           path("many.csv").string(),
                                           "--factors",
                                           factors,
                                           "--bootstrap",
                                           "2",
                                           "--picture",
                                           path("roc.svg").string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    expect_xml(path("roc.svg"));
    const std::string svg = content_of(path("roc.svg"));
    std::size_t panels = 0;
    for (std::size_t at = 0; (at = svg.find(">sensitivity<", at)) != std::string::npos; ++at) {
        ++panels;
    }
    EXPECT_EQ(panels, 13U);
}

TEST_F(Figures, ForestAndBoxesOfAnyColumns) {
    const std::string cohort = table("a.csv", 0);
    const std::string names = std::string(kNames[0]) + "," + kNames[3];
    const ProgramRun forest = run_paraspinal({"cohort",
                                              "logistic",
                                              cohort,
                                              "--predictors",
                                              names,
                                              "--picture",
                                              path("forest.svg").string()});
    EXPECT_EQ(forest.exit_code, 0) << forest.err;
    expect_xml(path("forest.svg"));
    const ProgramRun boxes = run_paraspinal({"cohort",
                                             "compare",
                                             cohort,
                                             "--by",
                                             "new_fracture",
                                             "--picture",
                                             path("boxes.svg").string()});
    EXPECT_EQ(boxes.exit_code, 0) << boxes.err;
    expect_xml(path("boxes.svg"));
    EXPECT_NE(content_of(path("boxes.svg")).find("yes (4)"), std::string::npos);
    EXPECT_EQ(run_paraspinal({"cohort",
                              "compare",
                              cohort,
                              "--by",
                              "new_fracture",
                              "--picture",
                              path("boxes.jpg").string()})
                  .exit_code,
              2);
}

TEST_F(Figures, PixelsAndWordDocumentsComeFromOthers) {
    const std::string cohort = table("a.csv", 0);
    const std::vector<std::string> png{"cohort",
                                       "compare",
                                       cohort,
                                       "--by",
                                       "new_fracture",
                                       "--picture",
                                       path("boxes.png").string()};
    const std::vector<std::string> word{
        "cohort", "describe", cohort, "--format", "docx", "-o", path("t.docx").string()};
    const auto without_tools = [&](const std::vector<std::string>& arguments) {
        std::vector<std::string> all{"PATH=/nonexistent", PARASPINAL_BINARY};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return run_program("/usr/bin/env", all);
    };
    for (const auto& [arguments, package] : {std::pair{png, "apt-get install librsvg2-bin"},
                                             std::pair{word, "apt-get install pandoc"}}) {
        const ProgramRun run = without_tools(arguments);
        EXPECT_EQ(run.exit_code, 2);
        EXPECT_NE(run.err.find(package), std::string::npos) << run.err;
    }
    EXPECT_FALSE(fs::exists(path("boxes.png")) || fs::exists(path("t.docx")));
    const auto is_there = [](const char* tool) {
        return run_program("/bin/sh", {"-c", std::string("command -v ") + tool}).exit_code == 0;
    };
    if (is_there("rsvg-convert")) {
        EXPECT_EQ(run_paraspinal(png).exit_code, 0);
        EXPECT_TRUE(content_of(path("boxes.png")).starts_with("\x89PNG"));
    }
    if (!is_there("pandoc")) {
        GTEST_SKIP() << "no pandoc to write Word documents with";
    }
    EXPECT_EQ(run_paraspinal(word).exit_code, 0);
    const ProgramRun text =
        run_program("pandoc", {path("t.docx").string(), "-t", "plain", "--columns", "400"});
    EXPECT_NE(text.out.find("Cohort"), std::string::npos) << text.out;
    // No line ends within an interval.
    EXPECT_NE(text.out.find("median [Q1,\u00a0Q3]"), std::string::npos) << text.out;
}

TEST_F(Figures, BlandAltmanPlotsOfAnyColumns) {
    const ProgramRun run =
        run_paraspinal({"agree", table("a.csv", 0), table("b.csv", 1), "-o", path("out").string()});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    int plots = 0;
    for (const auto& entry : fs::directory_iterator(path("out"))) {
        if (entry.path().extension() == ".svg") {
            ++plots;
            expect_xml(entry.path());
        }
    }
    EXPECT_GE(plots, 4);
}

TEST_F(Figures, ValidationAndContributions) {
    const fs::path cohort = source_folder() / "tests" / "risk" / "reference" / "cohort250.csv";
    EXPECT_EQ(run_paraspinal({"model",
                              "validate",
                              cohort.string(),
                              "--model",
                              "yang2025",
                              "--picture",
                              path("fit.svg").string()})
                  .exit_code,
              0);
    expect_xml(path("fit.svg"));
    std::ofstream(path("p.json")) << R"({"age_years":74,"csa_cm2":31.2})";
    EXPECT_EQ(
        run_paraspinal(
            {"risk", "--clinical", path("p.json").string(), "--picture", path("risk.svg").string()})
            .exit_code,
        0);
    expect_xml(path("risk.svg"));
}

}  // namespace
}  // namespace paraspinal::testing
