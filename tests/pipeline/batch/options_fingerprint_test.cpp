// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/options_fingerprint.h"

#include "core/error.h"
#include "pipeline/study/models.h"
#include "pipeline/study/version.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace paraspinal {
namespace {

TEST(OptionsFingerprint, ChangesWithEachPart) {
    const std::string one = options_fingerprint({.software = "a", .options = "{}"});
    EXPECT_EQ(options_fingerprint({.software = "a", .options = "{}"}), one);
    EXPECT_NE(options_fingerprint({.software = "b", .options = "{}"}), one);
    EXPECT_NE(options_fingerprint({.software = "a", .options = "{} "}), one);
    EXPECT_NE(options_fingerprint({.software = "a{", .options = "}"}), one);
}

TEST(OptionsFingerprint, ChangesWithTheContentOfFilesWhereverTheyLie) {
    const testing::TemporaryFolder folder;
    const auto fingerprint_of = [&folder](const char* name, const char* content) {
        std::ofstream(folder.path() / name) << content;
        return options_fingerprint({.files = {folder.path() / name}});
    };
    const std::string one = fingerprint_of("one.csv", "patient_id\n");
    EXPECT_EQ(fingerprint_of("other.csv", "patient_id\n"), one);
    EXPECT_NE(fingerprint_of("one.csv", "patient_id\nP1\n"), one);
    EXPECT_NE(options_fingerprint({}), one);
    EXPECT_THROW(options_fingerprint({.files = {folder.path() / "absent"}}), Error);
}

// A renewed network has another description, and must measure again.
TEST(OptionsFingerprint, ChangesWithEitherNetwork) {
    const Models models;
    const std::string software = version_text();
    for (const std::string& description :
         {models.outline.description(), models.vertebrae.description()}) {
        const std::size_t at = software.find(description);
        ASSERT_NE(at, std::string::npos) << "--version does not name " << description;
        std::string renewed = software;
        renewed.replace(at, description.size(), "renewed 1.0.0 (01234567)");
        EXPECT_NE(options_fingerprint({.software = renewed}),
                  options_fingerprint({.software = software}));
    }
}

}  // namespace
}  // namespace paraspinal
