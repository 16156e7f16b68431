// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// `pull` as a researcher runs it: a list, an Orthanc, then `batch`.
#include "tests/cli/run_program.h"
#include "tests/support/certificates.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/orthanc.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// An Orthanc with the sample studies under accession numbers.
class Pull : public ::testing::Test {
  protected:
    void SetUp() override { PARASPINAL_REQUIRE_ORTHANC(); }

    void start(const Orthanc::Options& options = {}) {
        orthanc_.emplace(options);
        upload("patient_a", "SECRET-A");
        upload("patient_b", "SECRET-B");
    }
    ProgramRun pull(const std::string& list, const Arguments& more = {}) {
        std::ofstream(folder_.path() / "list.csv") << list;
        Arguments arguments{"pull", (folder_.path() / "list.csv").string()};
        arguments.insert(arguments.end(), {"--from", orthanc_->peer(), "-o", out().string()});
        arguments.insert(arguments.end(), {"--per-minute", "0"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_paraspinal(arguments);
    }
    [[nodiscard]] fs::path out() const { return folder_.path() / "out"; }
    [[nodiscard]] std::string table() const { return content_of(out() / "pull.csv"); }

  private:
    void upload(const std::string& patient, const std::string& accession) {
        const fs::path copy = folder_.path() / patient;
        fs::copy(source_folder() / "sample_dicom" / patient, copy, fs::copy_options::recursive);
        for (const auto& item : fs::recursive_directory_iterator(copy)) {
            if (item.is_regular_file()) {
                change_element(item.path(), {0x0008, 0x0050, accession});
                orthanc_->upload(item.path());
            }
        }
    }

    TemporaryFolder folder_;
    std::optional<Orthanc> orthanc_;
};

TEST_F(Pull, FetchesAListThatBatchThenMeasures) {
    start();
    const std::string list = "accession_number\nSECRET-A\nSECRET-B\nSECRET-C\nSECRET-A\n";
    const ProgramRun run = pull(list);
    EXPECT_EQ(run.exit_code, 8) << run.err;
    EXPECT_NE(run.err.find("3 accession numbers: 2 found, 1 not found"), std::string::npos);
    EXPECT_NE(run.err.find("repeat an earlier one: 1"), std::string::npos);
    EXPECT_EQ(run.err.find("SECRET"), std::string::npos) << "accession numbers in the log";
    EXPECT_EQ(cell(table(), "status", 0), "found");
    EXPECT_EQ(cell(table(), "series", 0), "3");
    EXPECT_EQ(cell(table(), "status", 2), "not_found");

    const std::string before = table();
    const ProgramRun again = pull(list);
    EXPECT_EQ(again.exit_code, 8);
    EXPECT_EQ(table(), before);

    const fs::path results = out() / "results";
    const ProgramRun batch = run_paraspinal(
        {"batch", (out() / "dicom").string(), "-o", results.string(), "--write", "csv"});
    EXPECT_EQ(batch.exit_code, 0) << batch.err;
    const std::string measurements = content_of(results / "measurements.csv");
    EXPECT_EQ(lines_of(measurements).size(), 3U);
    EXPECT_NE(measurements.find(cell(table(), "study_uids", 0)), std::string::npos);
}

TEST_F(Pull, TalksToAnArchiveThatAsksForACertificate) {
    const CertificateAuthority authority;
    const auto server = authority.issue("server");
    const auto client = authority.issue("client");
    start({.more_settings = "\"DicomTlsEnabled\": true, \"DicomTlsCertificate\": \"" +
                            server.certificate.string() + "\", \"DicomTlsPrivateKey\": \"" +
                            server.private_key.string() +
                            "\", \"DicomTlsTrustedCertificates\": \"" +
                            authority.certificate().string() + "\""});
    const std::string list = "study_uid\n1.2.3\n";
    const ProgramRun open = pull(list);
    EXPECT_EQ(open.exit_code, 6) << open.err;
    EXPECT_NE(open.err.find("[peer_unreachable]"), std::string::npos) << open.err;
    const ProgramRun encrypted = pull(list,
                                      {"--tls-cert",
                                       client.certificate.string(),
                                       "--tls-key",
                                       client.private_key.string(),
                                       "--tls-ca",
                                       authority.certificate().string()});
    EXPECT_EQ(encrypted.exit_code, 8) << encrypted.err;
    EXPECT_EQ(cell(table(), "status"), "not_found");
}

TEST_F(Pull, SaysWhatIsWrong) {
    start();
    const std::string list = "accession_number\nSECRET-A\n";
    EXPECT_EQ(pull(list, {"--aet", "SEVENTEEN_LETTERS"}).exit_code, 2);
    EXPECT_EQ(pull(list, {"--tls-cert", "a.pem"}).exit_code, 2);
    EXPECT_EQ(pull("patient\nP1\n").exit_code, 3);
    EXPECT_EQ(pull(list, {"--move-to", "NOWHERE"}).exit_code, 8);
    EXPECT_EQ(cell(table(), "status"), "failed");
    EXPECT_NE(cell(table(), "message").find("does it know the AE title 'NOWHERE'"),
              std::string::npos);
}

}  // namespace
}  // namespace paraspinal::testing
