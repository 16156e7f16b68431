// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/archive.h"

#include "core/error.h"
#include "io/digest.h"
#include "tests/io/node/store_scp.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/orthanc.h"

#include <gtest/gtest.h>

#include <optional>

namespace paraspinal {
namespace {

using std::filesystem::path;
using testing::DicomPhantom;
using testing::Orthanc;
using testing::StoreScp;

constexpr const char* kTwice = "TWICE 1";

// An Orthanc with a study of two MR series and a CT series (A1), one without MR (CT1), and two
// under one accession number.
class ArchiveTest : public ::testing::Test {
  protected:
    void SetUp() override {
        PARASPINAL_REQUIRE_ORTHANC();
        node_.emplace();
        node_->start();
        orthanc_.emplace(Orthanc::Options{.node_port = node_->peer().port});
        add("1.2.1", "1.2.1.1", "A1", {.syntax = testing::Syntax::jpeg_lossless});
        add("1.2.1", "1.2.1.2", "A1");
        add("1.2.1", "1.2.1.3", "A1", {}, "CT");
        add("1.2.2", "1.2.2.1", "CT1", {}, "CT");
        add("1.2.4", "1.2.4.1", kTwice);
        add("1.2.3", "1.2.3.1", kTwice);
    }
    void add(const std::string& study,
             const std::string& series,
             const std::string& accession,
             DicomPhantom phantom = {},
             const std::string& modality = "MR") {
        phantom.size = {.rows = 32, .cols = 32};
        phantom.study_uid = study;
        phantom.series_uid = series;
        phantom.accession_number = accession;
        phantom.changes = {{0x0008, 0x0060, modality}};
        for (const path& file :
             write_all(folder_.path() / series, testing::stack_of(phantom, 3, 4))) {
            orthanc_->upload(file);
        }
    }
    Archive archive(const Destination& destination) {
        return {parse_peer(orthanc_->peer()), {}, destination};
    }
    Archive getting() { return archive({.folder = received()}); }
    [[nodiscard]] path received() const { return folder_.path() / "received"; }
    StoreScp& node() { return *node_; }

  private:
    testing::TemporaryFolder folder_;
    std::optional<StoreScp> node_;
    std::optional<Orthanc> orthanc_;
};

std::size_t count_files(const path& folder) {
    std::size_t files = 0;
    for (const auto& item : std::filesystem::recursive_directory_iterator(folder)) {
        files += item.is_regular_file() ? 1 : 0;
    }
    return files;
}

TEST_F(ArchiveTest, FindsStudiesAndTheirMrSeries) {
    Archive archive = getting();
    const ArchiveKey accession = ArchiveKey::accession_number;
    EXPECT_EQ(archive.find_studies(accession, "A1"), std::vector<std::string>{"1.2.1"});
    EXPECT_EQ(archive.find_studies(accession, kTwice),
              (std::vector<std::string>{"1.2.3", "1.2.4"}));
    EXPECT_TRUE(archive.find_studies(accession, "A").empty());
    EXPECT_EQ(archive.find_studies(ArchiveKey::study_uid, "1.2.2"),
              std::vector<std::string>{"1.2.2"});
    const auto series = archive.find_mr_series("1.2.1");
    ASSERT_EQ(series.size(), 2U);
    EXPECT_EQ(series[0].series_uid, "1.2.1.1");
    EXPECT_EQ(series[0].instances, 3);
    EXPECT_TRUE(archive.find_mr_series("1.2.2").empty());
}

TEST_F(ArchiveTest, GetsASeriesIntoAFolder) {
    Archive archive = getting();
    for (const char* series : {"1.2.1.1", "1.2.1.2", "1.2.1.2"}) {
        const Retrieved retrieved = archive.retrieve("1.2.1", series);
        EXPECT_EQ(retrieved.stored, 3) << series;
        EXPECT_EQ(retrieved.failed, 0) << series;
    }
    EXPECT_EQ(count_files(received()), 6U);
    EXPECT_TRUE(exists(received() / uid_name("1.2.1")));
}

TEST_F(ArchiveTest, MovesASeriesToANode) {
    Archive moving = archive({.move_to = "PARASPINAL"});
    EXPECT_EQ(moving.retrieve("1.2.1", "1.2.1.2").stored, 3);
    EXPECT_EQ(node().files().size(), 3U);
}

TEST_F(ArchiveTest, SaysThatTheDestinationIsUnknownOrDown) {
    Archive lost = archive({.move_to = "NOWHERE"});
    EXPECT_THROW(lost.retrieve("1.2.1", "1.2.1.2"), Error);
    node().stop();
    Archive down = archive({.move_to = "PARASPINAL"});
    try {
        const Retrieved retrieved = down.retrieve("1.2.1", "1.2.1.2");
        EXPECT_EQ(retrieved.stored, 0);
        EXPECT_EQ(retrieved.failed, 3);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::transfer_failed);
    }
}

TEST_F(ArchiveTest, SaysThatTheDiskTakesNothing) {
    Archive archive = getting();
    create_directories(received() / uid_name("1.2.1"));
    const path in_the_way = received() / uid_name("1.2.1") / (uid_name("1.2.1.2.1") + ".dcm");
    create_directories(in_the_way / "full");
    try {
        archive.retrieve("1.2.1", "1.2.1.2");
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::output_not_writable);
    }
}

TEST(Archive, RefusesAPeerThatOffersNoQueries) {
    StoreScp storage;
    storage.start();
    try {
        const Archive archive(storage.peer(), {}, {.folder = "unused"});
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::peer_refused);
        EXPECT_NE(std::string(error.what()).find("does not offer us C-FIND"), std::string::npos);
    }
}

TEST(Archive, IsNeverAskedForMoreThanOneStudyNames) {
    for (const char* good : {"A1", "2024-000123", "ab c", "1.2.840.10008"}) {
        EXPECT_TRUE(may_be_asked(good)) << good;
    }
    const std::string too_long(65, '1');
    for (const char* bad : {"", "*", "A?", "A\\B", "\xC3\x84", "a\nb", too_long.c_str()}) {
        EXPECT_FALSE(may_be_asked(bad)) << bad;
    }
}

}  // namespace
}  // namespace paraspinal
