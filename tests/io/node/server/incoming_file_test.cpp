// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/server/incoming_file.h"

#include "core/error.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kPlenty = 1 << 30;

class IncomingFileTest : public ::testing::Test {
  protected:
    IncomingFileTest() {
        fs::create_directories(receiving_folder(node()));
        fs::create_directories(incoming_folder(node()));
    }
    [[nodiscard]] const fs::path& node() const { return folder_.path(); }

    // Files below the node's folder, with their paths in it.
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(node())) {
            if (entry.is_regular_file()) {
                found.push_back(entry.path().lexically_relative(node()).string());
            }
        }
        return found;
    }

    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): an object and its UID.
    bool keep(const std::string& bytes, const std::string& uid) {
        IncomingFile file(node(), kPlenty);
        file.append(bytes);
        return file.commit(uid);
    }
    std::optional<ErrorCode> refusal(const std::string& bytes, const std::string& uid) {
        return testing::refusal([&] { keep(bytes, uid); });
    }

  private:
    TemporaryFolder folder_;
};

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string object_bytes(const DicomPhantom& phantom) {
    const TemporaryFolder folder;
    write_dicom(folder.path() / "object", phantom);
    return bytes_of(folder.path() / "object");
}

TEST_F(IncomingFileTest, KeepsTheBytesUnderNamesMadeOfHashes) {
    const DicomPhantom phantom;
    const std::string bytes = object_bytes(phantom);
    EXPECT_FALSE(keep(bytes, sop_instance_uid(phantom)));
    ASSERT_EQ(files().size(), 1U) << "nothing stays in `receiving`";
    EXPECT_EQ(bytes_of(node() / files()[0]), bytes);
    EXPECT_TRUE(files()[0].starts_with("incoming/"));
    EXPECT_EQ(files()[0].find(phantom.study_uid), std::string::npos);
}

TEST_F(IncomingFileTest, TakesTheSameObjectTwiceAndLeavesTheFileAlone) {
    const DicomPhantom phantom;
    const std::string bytes = object_bytes(phantom);
    keep(bytes, sop_instance_uid(phantom));
    const auto written = fs::last_write_time(node() / files()[0]);
    EXPECT_TRUE(keep(bytes, sop_instance_uid(phantom)));
    ASSERT_EQ(files().size(), 1U);
    EXPECT_EQ(fs::last_write_time(node() / files()[0]), written);
}

TEST_F(IncomingFileTest, PutsAnotherVersionInPlaceOfTheFirst) {
    DicomPhantom phantom;
    keep(object_bytes(phantom), sop_instance_uid(phantom));
    phantom.series_description = "another";
    EXPECT_FALSE(keep(object_bytes(phantom), sop_instance_uid(phantom)));
    ASSERT_EQ(files().size(), 1U);
    EXPECT_EQ(bytes_of(node() / files()[0]), object_bytes(phantom));
}

TEST_F(IncomingFileTest, StaysInItsFolderWhateverTheUidsSay) {
    DicomPhantom phantom;
    phantom.study_uid = "../../../etc";
    phantom.sop_instance_uid = "../../escape";
    EXPECT_FALSE(keep(object_bytes(phantom), "../../escape"));
    ASSERT_EQ(files().size(), 1U);
    EXPECT_TRUE(files()[0].starts_with("incoming/"));
    EXPECT_EQ(files()[0].find(".."), std::string::npos);
}

TEST_F(IncomingFileTest, RefusesWhatIsNotTheObjectThatWasAnnounced) {
    const DicomPhantom phantom;
    const std::string bytes = object_bytes(phantom);
    EXPECT_EQ(refusal(bytes, "1.2.3"), ErrorCode::malformed_file);
    EXPECT_EQ(refusal("garbage", "1.2.3"), ErrorCode::not_an_image);
    EXPECT_EQ(refusal("", "1.2.3"), ErrorCode::not_an_image);
    EXPECT_TRUE(files().empty());
}

TEST_F(IncomingFileTest, CountsButDoesNotKeepWhatIsTooLarge) {
    IncomingFile file(node(), 10);
    file.append("0123456789");
    EXPECT_FALSE(file.is_too_large());
    file.append("0123456789");
    EXPECT_TRUE(file.is_too_large());
    EXPECT_EQ(file.size_bytes(), 20);
    EXPECT_EQ(fs::file_size(node() / files().at(0)), 10U);
}

TEST_F(IncomingFileTest, TellsAtTheEndThatTheDiskRefused) {
    fs::remove_all(receiving_folder(node()));
    const DicomPhantom phantom;
    EXPECT_EQ(refusal(object_bytes(phantom), sop_instance_uid(phantom)),
              ErrorCode::output_not_writable);
}

}  // namespace
}  // namespace paraspinal::testing
