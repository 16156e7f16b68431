// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/follow/follow_tables.h"
#include "pipeline/follow/vertebra_changes_csv.h"
#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>

namespace paraspinal {
namespace {

using testing::Cells;
using testing::measured_row;

Cells body(const std::string& study_uid,
           const std::string& vertebra,
           double reduction_pct,
           const std::string& grade,
           const std::string& status = "ok") {
    return {{"patient_id", "P1"},
            {"study_uid", study_uid},
            {"vertebra", vertebra},
            {"status", status},
            {"reduction_pct", fixed_text(reduction_pct, 2)},
            {"reduction_low_pct", fixed_text(reduction_pct - 10, 2)},
            {"reduction_high_pct", fixed_text(reduction_pct + 12, 2)},
            {"suspected_grade", grade},
            {"level_offset", ""}};
}

// Two years apart.
FollowUp followed(const std::vector<Cells>& bodies, const Cells& later_changes = {}) {
    const testing::TemporaryFolder folder;
    Cells later = measured_row(
        {{"study_uid", "1.2.2"}, {"study_date", "20260131"}, {"patient_age_years", "72"}});
    for (const auto& [column, cell] : later_changes) {
        later[column] = cell;
    }
    testing::write_run(folder.path(), {measured_row({}), later});
    testing::write_vertebrae(folder.path(), bodies);
    return follow_patients(read_examinations({folder.path()}), {});
}

NewDeformity found(const std::vector<Cells>& bodies, const Cells& later_changes = {}) {
    return followed(bodies, later_changes).pairs.at(0).vertebrae.at(0).deformity;
}

TEST(VertebraChanges, SuspectWhatFellByMoreThanBothErrors) {
    const FollowUp result = followed({body("1.2.1", "L1", 3, "0"), body("1.2.2", "L1", 28, "2")});
    const VertebraChange& change = result.pairs.at(0).vertebrae.at(0);
    EXPECT_EQ(change.vertebra, "L1");
    EXPECT_NEAR(change.smallest_real_increase_pct, std::hypot(10, 12), 1e-9);
    EXPECT_EQ(change.deformity, NewDeformity::yes);
    EXPECT_NE(follow_up_text(result).find("new deformity suspected: L1 (reduction 3"),
              std::string::npos);
    EXPECT_EQ(found({body("1.2.1", "L1", 13, "0"), body("1.2.2", "L1", 28, "2")}), NewDeformity::no)
        << "15 points are within the errors";
    EXPECT_EQ(found({body("1.2.1", "L1", -5, "0"), body("1.2.2", "L1", 18, "0")}), NewDeformity::no)
        << "no deformity yet";
    EXPECT_EQ(found({body("1.2.1", "L1", 50, "3"), body("1.2.2", "L1", 75, "3")}), NewDeformity::no)
        << "it was one";
    EXPECT_EQ(found({body("1.2.1", "L1", 28, "2"), body("1.2.2", "L1", 3, "0")}), NewDeformity::no);
}

TEST(VertebraChanges, DoubtWhatSomethingElseMayHaveMade) {
    EXPECT_EQ(found({body("1.2.1", "L1", 3, "0", "flagged"), body("1.2.2", "L1", 28, "2")}),
              NewDeformity::if_comparable);
    const std::vector<Cells> fallen{body("1.2.1", "L1", 3, "0"), body("1.2.2", "L1", 28, "2")};
    EXPECT_EQ(found(fallen, {{"software_version", "2.0.0"}}), NewDeformity::if_comparable);
    EXPECT_EQ(found(fallen, {{"level_offset", "1"}}), NewDeformity::if_comparable);
    EXPECT_EQ(found(fallen, {{"study_date", "20240131"}, {"patient_age_years", "70"}}),
              NewDeformity::if_comparable)
        << "nobody knows which came first";
}

TEST(VertebraChanges, NeedABodyThatBothMeasured) {
    Cells failed = body("1.2.2", "L1", 28, "2");
    failed["status"] = "failed";
    EXPECT_TRUE(followed({body("1.2.1", "L1", 3, "0"), failed}).pairs.at(0).vertebrae.empty());
    EXPECT_TRUE(followed({body("1.2.1", "L1", 3, "0"), body("1.2.2", "L2", 28, "2")})
                    .pairs.at(0)
                    .vertebrae.empty());
}

TEST(VertebraChanges, AreAdjacentOrRemoteByTheRuleOfClassifyFractures) {
    const FollowUp result = followed({body("1.2.1", "T12", 0, "0"),
                                      body("1.2.1", "L2", 0, "0"),
                                      body("1.2.1", "L4", 0, "0"),
                                      body("1.2.2", "T12", 30, "2"),
                                      body("1.2.2", "L2", 30, "2"),
                                      body("1.2.2", "L4", 5, "0")});
    const std::vector<VertebraChange>& changes = result.pairs.at(0).vertebrae;
    EXPECT_EQ(relations_to_treated(changes, "L3"),
              (std::map<std::string, std::string>{{"T12", "remote"}, {"L2", "adjacent"}}));
    EXPECT_TRUE(relations_to_treated(changes, "NA").empty());
    EXPECT_TRUE(relations_to_treated(changes, "L1-L3").empty()) << "cannot be read";
    const std::string csv =
        vertebra_changes_csv(result, [](const std::string&) { return std::string("L3"); });
    EXPECT_NE(csv.find("T12,0.00,30.00,30.00,15.62,0,2,yes,remote"), std::string::npos) << csv;
    EXPECT_NE(csv.find("L4,0.00,5.00,5.00,15.62,0,0,no,,"), std::string::npos) << csv;
}

// docs/follow.md says what every column is.
TEST(VertebraChanges, AreDocumented) {
    std::ifstream file(testing::source_folder() / "docs/follow.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    const std::string csv = vertebra_changes_csv({}, [](const std::string&) { return ""; });
    for (const std::string& column : split(csv.substr(0, csv.find('\n')), ',')) {
        EXPECT_NE(page.find("`" + column + "`"), std::string::npos) << column;
    }
}

}  // namespace
}  // namespace paraspinal
