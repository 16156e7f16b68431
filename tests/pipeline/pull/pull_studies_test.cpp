// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_studies.h"

#include "core/error.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/orthanc.h"

#include <gtest/gtest.h>

#include <optional>

namespace paraspinal {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::filesystem::path;
using testing::Orthanc;

// An archive with a study A1 and two called B1, and a clock that only waiting moves.
class PullStudies : public ::testing::Test {
  protected:
    void SetUp() override {
        PARASPINAL_REQUIRE_ORTHANC();
        orthanc_.emplace();
        add("1.2.1", "A1", "MR");
        add("1.2.2", "B1", "MR");
        add("1.2.3", "B1", "MR");
        add("1.2.4", "C1", "CT");
    }
    void add(const std::string& study, const std::string& accession, const std::string& modality) {
        testing::DicomPhantom phantom;
        phantom.size = {.rows = 32, .cols = 32};
        phantom.study_uid = study;
        phantom.series_uid = study + ".1";
        phantom.accession_number = accession;
        phantom.changes = {{0x0008, 0x0060, modality}};
        for (const path& file :
             write_all(folder_.path() / study, testing::stack_of(phantom, 2, 4))) {
            orthanc_->upload(file);
        }
    }
    [[nodiscard]] PullOptions options() const {
        return {.peer = parse_peer(orthanc_->peer()),
                .client = {.connect_timeout_s = 1, .reply_timeout_s = 5},
                .destination = {.folder = folder_.path() / "dicom"},
                .interval = seconds(2)};
    }
    PullHooks hooks() {
        return {.row_done = [this] { ++rows_done_; },
                .say = [this](const std::string& text) { said_.push_back(text); },
                .should_stop = [this] { return rows_done_ >= stop_after_; },
                .wait =
                    [this](milliseconds time) {
                        now_ += time;
                        if (back_after_ && now_ >= *back_after_) {
                            back_after_.reset();
                            orthanc_->start();
                        }
                    },
                .clock = [this] { return now_; }};
    }
    static std::vector<PullRow> rows(const std::vector<std::string>& values) {
        return pull_rows({.values = values}, "absent.csv");
    }

    std::optional<Orthanc> orthanc_;
    milliseconds now_{0};
    std::optional<milliseconds> back_after_;  // When the archive is started again.
    int rows_done_ = 0;
    int stop_after_ = 1000;
    std::vector<std::string> said_;

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(PullStudies, AccountsForEveryNumber) {
    std::vector<PullRow> rows = this->rows({"A1", "B1", "C1", "ABSENT", "*", "A?"});
    pull_studies(rows, options(), hooks());
    EXPECT_EQ(rows[0],
              (PullRow{.value = "A1",
                       .status = PullStatus::found,
                       .series = 1,
                       .images = 2,
                       .study_uids = {"1.2.1"}}));
    EXPECT_EQ(rows[1],
              (PullRow{.value = "B1",
                       .status = PullStatus::several,
                       .series = 2,
                       .images = 4,
                       .study_uids = {"1.2.2", "1.2.3"}}));
    EXPECT_EQ(rows[2].status, PullStatus::no_mr);
    EXPECT_EQ(rows[3].status, PullStatus::not_found);
    EXPECT_EQ(rows[4].status, PullStatus::invalid);
    EXPECT_EQ(rows[5].status, PullStatus::invalid);
    EXPECT_EQ(rows_done_, 6);
    EXPECT_EQ(now_, seconds(10)) << "the interval was not kept";
}

TEST_F(PullStudies, GoesOnWhereItWasStopped) {
    std::vector<PullRow> rows = this->rows({"A1", "ABSENT", "B1"});
    stop_after_ = 2;
    pull_studies(rows, options(), hooks());
    EXPECT_EQ(rows[2].status, PullStatus::not_tried);
    stop_after_ = 1000;
    rows[0].images = 77;  // To see that it is left alone.
    pull_studies(rows, options(), hooks());
    EXPECT_EQ(rows[0].images, 77);
    EXPECT_EQ(rows[2].status, PullStatus::several);
    EXPECT_EQ(rows_done_, 3);
    add("1.2.9", "ABSENT", "MR");
    PullOptions again = options();
    again.retry = true;
    pull_studies(rows, again, hooks());
    EXPECT_EQ(rows[1].status, PullStatus::found);
    EXPECT_EQ(rows_done_, 4);
}

TEST_F(PullStudies, WaitsForAnArchiveThatRestarts) {
    std::vector<PullRow> rows = this->rows({"A1", "B1"});
    stop_after_ = 1;
    PullHooks hooks = this->hooks();
    hooks.row_done = [this] {
        if (++rows_done_ == 1) {
            stop_after_ = 1000;
            orthanc_->stop();
            back_after_ = minutes(10);
        }
    };
    pull_studies(rows, options(), hooks);
    EXPECT_EQ(rows[0].status, PullStatus::found);
    EXPECT_EQ(rows[1].status, PullStatus::several);
    EXPECT_GE(now_, minutes(10));
    EXPECT_FALSE(said_.empty());
}

TEST_F(PullStudies, GivesUpAtOnceWhenTheArchiveWasNeverThere) {
    std::vector<PullRow> rows = this->rows({"A1"});
    orthanc_->stop();
    EXPECT_THROW(pull_studies(rows, options(), hooks()), Error);
    EXPECT_EQ(now_, milliseconds(0));
    EXPECT_EQ(rows[0].status, PullStatus::not_tried);
}

TEST_F(PullStudies, GivesUpWhenEverythingFails) {
    std::vector<std::string> values;
    for (int number = 0; number <= PullOptions::kMostFailuresOnEnd; ++number) {
        values.push_back("D" + std::to_string(number));
        add("1.3." + std::to_string(number), values.back(), "MR");
    }
    std::vector<PullRow> rows = this->rows(values);
    PullOptions to_nobody = options();
    to_nobody.destination = {.move_to = "PARASPINAL"};
    EXPECT_THROW(pull_studies(rows, to_nobody, hooks()), Error);
    const PullRow& last = rows.at(PullOptions::kMostFailuresOnEnd - 1);
    EXPECT_EQ(last.status, PullStatus::failed);
    EXPECT_EQ(last.reason, "transfer_failed");
    EXPECT_NE(last.message.find("'PARASPINAL'"), std::string::npos) << last.message;
    EXPECT_EQ(rows.back().status, PullStatus::not_tried);
}

TEST_F(PullStudies, GivesUpWhenTheArchiveStaysAway) {
    std::vector<PullRow> rows = this->rows({"A1", "B1"});
    PullHooks hooks = this->hooks();
    hooks.row_done = [this] { orthanc_->stop(); };
    try {
        pull_studies(rows, options(), hooks);
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::peer_unreachable);
    }
    EXPECT_GE(now_, PullOptions::kPatience);
    EXPECT_LE(now_, PullOptions::kPatience + minutes(2));
    EXPECT_EQ(rows[1].status, PullStatus::not_tried);
}

}  // namespace
}  // namespace paraspinal
