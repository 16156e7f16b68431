// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// An archive of another make takes our objects and gives them back.
#include "tests/cli/run_program.h"
#include "tests/support/orthanc.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

using Json = nlohmann::json;

// Every element of a DICOM file with its whole value, one a line, but for the file's own header,
// and for lengths, which depend on how sequences are delimited.
std::vector<std::string> elements_of(const std::filesystem::path& file) {
    const ProgramRun dump = run_program("dcmdump", {"+L", "+M", file});
    EXPECT_EQ(dump.exit_code, 0) << dump.err;
    std::vector<std::string> elements;
    for (const std::string& line : lines_of(dump.out)) {
        const bool is_element = line.find('(') != std::string::npos && line.front() != '#';
        const bool is_delimiter = line.find("(fffe,") != std::string::npos;
        if (is_element && !is_delimiter && !line.starts_with("(0002,")) {
            const std::string element = line.substr(0, line.find(" # "));
            elements.push_back(element.find(" SQ ") == std::string::npos
                                   ? element
                                   : element.substr(0, element.find(" SQ ")));
        }
    }
    return elements;
}

// The instances of an Orthanc server, by the name of the file that was sent.
std::string instance_with(const Orthanc& archive, const std::string& sop_instance_uid) {
    const Json found = Json::parse(archive.post("/tools/lookup", sop_instance_uid));
    EXPECT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(0).at("Type"), "Instance");
    return found.at(0).at("ID");
}

std::string value_in(const std::vector<std::string>& elements, const std::string& tag) {
    const auto found = std::ranges::find_if(
        elements, [&tag](const std::string& element) { return element.starts_with(tag); });
    const std::size_t start = found->find('[') + 1;
    return found->substr(start, found->find(']') - start);
}

TEST(DicomObjectsInOrthanc, ComeBackUnchangedInTheStudyOfTheImages) {
    PARASPINAL_REQUIRE_ORTHANC();
    const TemporaryFolder folder;
    const std::filesystem::path images = source_folder() / "sample_dicom" / "patient_b";
    const std::filesystem::path out = folder.path() / "out";
    ASSERT_EQ(
        run_paraspinal({"measure", images, "-o", out, "--write", "seg,sr,sc", "-q"}).exit_code, 0);
    const Orthanc archive;
    const ProgramRun sent = run_program("storescu",
                                        {"+sd",
                                         "+r",
                                         "-R",
                                         "-aec",
                                         "ORTHANC",
                                         "127.0.0.1",
                                         std::to_string(archive.dicom_port()),
                                         images,
                                         out});
    ASSERT_EQ(sent.exit_code, 0) << sent.err;

    std::set<std::string> modalities;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out)) {
        if (entry.path().extension() != ".dcm") {
            continue;
        }
        const std::vector<std::string> ours = elements_of(entry.path());
        const std::string id = instance_with(archive, value_in(ours, "(0008,0018)"));
        const std::filesystem::path back = folder.path() / "back";
        std::ofstream(back, std::ios::binary) << archive.get("/instances/" + id + "/file");
        EXPECT_EQ(elements_of(back), ours) << entry.path();
        modalities.insert(value_in(ours, "(0008,0060)"));
    }
    EXPECT_EQ(modalities, (std::set<std::string>{"MR", "SEG", "SR"}));
    EXPECT_EQ(Json::parse(archive.get("/patients")).size(), 1U);
    EXPECT_EQ(Json::parse(archive.get("/studies")).size(), 1U);
}

}  // namespace
}  // namespace paraspinal::testing
