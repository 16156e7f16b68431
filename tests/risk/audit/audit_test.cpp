// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/audit/audit.h"

#include "core/error.h"
#include "tests/support/shared_data.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace paraspinal {
namespace {

// The finding about `where` whose name starts with `what`.
AuditFinding finding(const PublicationAudit& audit,
                     const std::string& where,
                     const std::string& what = "") {
    for (const AuditFinding& one : audit.findings) {
        if (one.where == where && one.what.starts_with(what)) {
            return one;
        }
    }
    ADD_FAILURE() << "nothing about " << where << ": " << what;
    return {};
}

void expect_contradiction(const AuditFinding& one, const char* printed, const char* recomputed) {
    EXPECT_EQ(one.verdict, AuditVerdict::contradicts) << one.where;
    EXPECT_EQ(one.printed, printed) << one.where;
    EXPECT_EQ(one.recomputed, recomputed) << one.where;
}

class AuditOfYang : public ::testing::Test {
  protected:
    const PublicationAudit audit_ = audit_publication("yang2025");  // NOLINT(*-ref-data-members)
};

TEST_F(AuditOfYang, AgeRowOfTable3ContradictsItself) {
    const std::string age = "Table 3, row Age (year)";
    expect_contradiction(finding(audit_, age, "Wald"), "5.327", "0.799");
    expect_contradiction(finding(audit_, age, "P from"), "0.032", "0.021");
    expect_contradiction(finding(audit_, age, "OR"), "1.519", "1.511");
    expect_contradiction(finding(audit_, age, "lower CI"), "1.046", "0.611");
    expect_contradiction(finding(audit_, age, "upper CI"), "1.852", "3.738");
}

TEST_F(AuditOfYang, LowerBoundOfVertebralBodyIsMisprinted) {
    const std::string vb = "Table 3, row VB (cm²)";
    expect_contradiction(finding(audit_, vb, "lower CI"), "0.501", "0.510");
    EXPECT_EQ(finding(audit_, vb, "upper CI").verdict, AuditVerdict::agrees);
}

TEST_F(AuditOfYang, MostRowsOfTable3AreConsistent) {
    for (const char* row : {"Diabetes", "CSA (cm²)", "BMD (T-score)", "Anti-osteoporosis"}) {
        const std::string where = std::string("Table 3, row ") + row;
        EXPECT_EQ(finding(audit_, where, "Wald").verdict, AuditVerdict::agrees) << row;
        EXPECT_EQ(finding(audit_, where, "P from").verdict, AuditVerdict::agrees) << row;
        EXPECT_EQ(finding(audit_, where, "OR").verdict, AuditVerdict::agrees) << row;
    }
}

TEST_F(AuditOfYang, GroupSizesAreSwappedAndDifferBetweenTables) {
    expect_contradiction(
        finding(audit_, "Abstract, Methods: sizes of the new fracture and the non-fracture group"),
        "186, 64",
        "64, 186");
    expect_contradiction(finding(audit_, "Table 2, header: group sizes"), "44, 106", "64, 186");
    expect_contradiction(
        finding(audit_, "Table 1, row Smoking (Yes/No)", "classes of the non-fracture"),
        "186",
        "184");
}

TEST_F(AuditOfYang, PValuesContradictTheirOwnMomentsAndCounts) {
    expect_contradiction(finding(audit_, "Table 1, row Diabetes (Yes/No)", "P"), "0.032", "0.23");
    expect_contradiction(finding(audit_, "Table 2, row CSA (cm²)"), "0.003", "<0.0001");
    expect_contradiction(finding(audit_, "Table 2, row FDR (%)"), "0.032", "<0.0001");
    expect_contradiction(finding(audit_, "Table 1, row HDL-C (mmol/L)"), "0.107", "0.0007");
}

TEST_F(AuditOfYang, FattyRatioOfTheFractureGroupIsNoMeanOfFatOverArea) {
    const std::string row = "Table 2, row FDR (%): ";
    expect_contradiction(finding(audit_, row + "new fracture group"), "32.32", "34.9 to 36.3");
    EXPECT_EQ(finding(audit_, row + "non-fracture group").verdict, AuditVerdict::agrees);
}

TEST(AuditOfReyhani, BraceAndRemoteFracture) {
    const PublicationAudit audit = audit_publication("reyhani2025");
    const AuditFinding brace = finding(audit, "Table 2, row Patients with remote fracture", "P");
    expect_contradiction(brace, "0.046", "0.25");
    EXPECT_EQ(brace.note, "with Yates' correction 0.53, Fisher's exact test 0.61");
}

TEST(AuditOfReyhani, SpikeAgainstRoundDependsOnTheTest) {
    const AuditFinding spike =
        finding(audit_publication("reyhani2025"), "Table 3, row Patients with AVFs", "P");
    EXPECT_EQ(spike.verdict, AuditVerdict::doubtful);
    EXPECT_EQ(spike.recomputed, "0.039");
    EXPECT_EQ(spike.note, "expected counts below 5 call for Fisher's exact test, which gives 0.11");
}

TEST_F(AuditOfYang, StandardErrorsAreAskedAbout) {
    // R 4.2.2, glm of 40,000 patients simulated from Tables 1 and 2, scaled to 250: 0.034, 0.060,
    // 0.072, 0.59.
    const auto expected = [&](const char* row) {
        return std::stod(finding(audit_, std::string("Table 3, row ") + row, "SE that").recomputed);
    };
    EXPECT_NEAR(expected("Age (year)"), 0.034, 0.002);
    EXPECT_NEAR(expected("FDR (%)"), 0.060, 0.003);
    EXPECT_NEAR(expected("CSA (cm²)"), 0.072, 0.003);
    EXPECT_NEAR(expected("Diabetes"), 0.59, 0.03);
    const auto is_asked = [&](const char* row) {
        return finding(audit_, std::string("Table 3, row ") + row, "SE that").verdict ==
               AuditVerdict::doubtful;
    };
    for (const char* row :
         {"Age (year)", "FDR (%)", "CSA (cm²)", "BMD (T-score)", "25-OH-D3 (nmol/L)"}) {
        EXPECT_TRUE(is_asked(row)) << row;
    }
    for (const char* row : {"Diabetes", "Number of fractured vertebrae", "Exercise regularly"}) {
        EXPECT_FALSE(is_asked(row)) << row;
    }
}

TEST_F(AuditOfYang, AgesMustLieAtTheLimits) {
    const AuditFinding ages =
        finding(audit_, "Table 1, row Age (year): new fracture group", "share of whole numbers");
    EXPECT_EQ(ages.recomputed, "at least 73 %");
    EXPECT_EQ(ages.verdict, AuditVerdict::doubtful);
}

TEST_F(AuditOfYang, CountsThatWouldFitAreNamed) {
    const AuditFinding diabetes = finding(audit_, "Table 1, row Diabetes (Yes/No)", "P of");
    EXPECT_NE(diabetes.note.find("24 / 40 in the new fracture group would give 0.032"),
              std::string::npos)
        << diabetes.note;
}

TEST_F(AuditOfYang, WhatAPersonReadIsAQuestion) {
    const AuditFinding pth =
        finding(audit_, "Abstract, Results: factors associated with new fractures");
    EXPECT_EQ(pth.verdict, AuditVerdict::doubtful);
    EXPECT_TRUE(pth.note.ends_with("?"));
}

TEST(AuditOfReyhani, LevelsAddUp) {
    const PublicationAudit audit = audit_publication("reyhani2025");
    EXPECT_EQ(finding(audit, "Results: treated vertebral bodies").recomputed, "361");
    EXPECT_EQ(finding(audit, "Results: treated vertebral bodies").verdict, AuditVerdict::agrees);
}

TEST(Audit, ComplaintsNameTheField) {
    const auto complaint = [](const std::string& line) -> std::string {
        try {
            audit_printed_tables(R"({"schema":"paraspinal-publication","schema_version":1,)"
                                 R"("name":"x","citation":"y","lines":[)" +
                                 line + "]}");
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file);
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(complaint(R"({"kind":"magic","where":"z"})"),
              "lines[0].kind: is none of the known kinds");
    EXPECT_EQ(complaint(R"({"kind":"percent","where":"z","count":1,"of":0,"printed":"3"})"),
              "lines[0].of: must be above 0");
    EXPECT_EQ(complaint(R"({"kind":"percent","where":"z","count":1,"of":2,"printed":"many"})"),
              "lines[0].printed: must be a printed number such as \"0.413\" or \"< 0.05\"");
    EXPECT_EQ(complaint(R"({"kind":"means","where":"z","sizes":[3]})"),
              "lines[0].sizes: must have two entries");
    EXPECT_EQ(complaint(R"({"kind":"pooled","where":"z","sizes":[3]})"),
              "lines[0].sizes: must have two entries");
}

// docs/audit_*.md are generated: UPDATE_GOLDEN=1 writes them anew.
TEST(Audit, DocumentsAreUpToDate) {
    for (const std::string& name : built_in_publications()) {
        const auto file = testing::source_folder() / "docs" / ("audit_" + name + ".md");
        const std::string expected = audit_markdown(audit_publication(name));
        if (std::getenv("UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
            std::ofstream(file, std::ios::binary) << expected;
        }
        std::ifstream stream(file, std::ios::binary);
        const std::string found{std::istreambuf_iterator<char>(stream), {}};
        EXPECT_TRUE(found == expected) << file << " is stale: rerun with UPDATE_GOLDEN=1";
    }
}

// Shared findings of outside reviewers, recomputed: R 4.2.2 poisson.test(c(0, 9), c(34.1, 462)).
TEST(AuditConsistency, RatesWholeNumbersParityAndGroupSizes) {
    const PublicationAudit reyhani = audit_publication("reyhani2025");
    const auto of =
        [](const PublicationAudit& audit, const std::string& where, const std::string& what) {
            for (const AuditFinding& one : audit.findings) {
                if (one.where == where && one.what.find(what) != std::string::npos) {
                    return one;
                }
            }
            ADD_FAILURE() << where;
            return AuditFinding{};
        };
    const auto rates =
        of(reyhani, "Table 2, row Patients with remote fracture", "rates by patient-years");
    EXPECT_EQ(rates.recomputed, "1.00");
    EXPECT_EQ(rates.verdict, AuditVerdict::doubtful);
    for (const char* const group : {"spike type", "round type"}) {
        const auto pain = of(reyhani, std::string("Table 3, row Pre-op VAS, ") + group, "whole");
        EXPECT_EQ(pain.recomputed, "the mean is possible, not the SD") << group;
        EXPECT_EQ(of(reyhani, std::string("Table 3, row Post-op VAS, ") + group, "whole").verdict,
                  AuditVerdict::agrees)
            << group;
    }
    const PublicationAudit yang = audit_publication("yang2025");
    const auto sizes = of(yang, "Tables 1 and 2, all rows of means", "group sizes");
    EXPECT_EQ(sizes.printed, "64 and 186: 0 of 28 P values");
    EXPECT_EQ(sizes.recomputed, "25 and 25: 25 of 28");
    EXPECT_EQ(sizes.verdict, AuditVerdict::contradicts);
    const auto even = of(yang, "Table 1, first count of each group in each row of counts", "even");
    EXPECT_EQ(even.printed, "21 of 24");
    EXPECT_EQ(even.verdict, AuditVerdict::doubtful);
}

}  // namespace
}  // namespace paraspinal
