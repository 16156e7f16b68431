// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/node/client/send_objects.h"
#include "tests/io/node/store_scp.h"
#include "tests/support/certificates.h"
#include "tests/support/dicom_phantom.h"

#include <gtest/gtest.h>

#include <fstream>

#ifdef __SANITIZE_ADDRESS__
// DCMTK 3.6.7 does not free the public key of a certificate whose key size it has looked at: some
// 2 KB a connection (freed in later versions).
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libcrypto.so";
}
#endif

namespace paraspinal {
namespace {

using std::filesystem::path;
using testing::CertificateAuthority;
using testing::StoreScp;

TlsFiles tls_files(const CertificateAuthority::Issued& own, const CertificateAuthority& trusted) {
    return {.certificate = own.certificate,
            .private_key = own.private_key,
            .authorities = trusted.certificate()};
}

class Tls : public ::testing::Test {
  protected:
    Tls() {
        testing::write_dicom(file_, {});
        const auto server = authority_.issue("server");
        peer_.emplace(std::vector<std::string>{"--enable-tls",
                                               server.private_key.string(),
                                               server.certificate.string(),
                                               "--add-cert-file",
                                               authority_.certificate().string()});
        peer_->start();
    }
    SendOutcome send(const std::optional<TlsFiles>& tls) {
        Peer peer = peer_->peer();
        peer.tls = tls;
        const ClientOptions hasty{.connect_timeout_s = 2, .reply_timeout_s = 2};
        return send_objects({file_}, peer, hasty).at(0).outcome;
    }

    CertificateAuthority authority_;
    CertificateAuthority stranger_;

  private:
    testing::TemporaryFolder folder_;
    path file_ = folder_.path() / "image.dcm";
    std::optional<StoreScp> peer_;
};

TEST_F(Tls, PeersThatTrustEachOtherTalk) {
    EXPECT_EQ(send(tls_files(authority_.issue("client"), authority_)), SendOutcome::stored);
}

TEST_F(Tls, NobodyElseIsHeard) {
    EXPECT_EQ(send({}), SendOutcome::not_sent) << "without TLS";
    EXPECT_EQ(send(tls_files(stranger_.issue("client"), authority_)), SendOutcome::not_sent)
        << "our certificate is signed by somebody else";
    EXPECT_EQ(send(tls_files(authority_.issue("client"), stranger_)), SendOutcome::not_sent)
        << "the peer's certificate is signed by somebody else";
}

TEST(TlsFiles, AreCheckedOneByOne) {
    const CertificateAuthority authority;
    const auto client = authority.issue("client");
    const TlsFiles good = tls_files(client, authority);
    EXPECT_NO_THROW(check_tls_files(good));
    const auto refusal = [](const TlsFiles& files) -> std::string {
        try {
            check_tls_files(files);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::unreadable_file);
            return error.what();
        }
        return "accepted";
    };
    TlsFiles files = good;
    files.private_key = "absent.key";
    EXPECT_NE(refusal(files).find("'absent.key' is no private key"), std::string::npos);
    files = good;
    files.certificate = client.private_key;
    EXPECT_NE(refusal(files).find("is no certificate"), std::string::npos);
    files = good;
    files.private_key = authority.issue("other").private_key;
    EXPECT_NE(refusal(files).find("is not the key"), std::string::npos);
    files = good;
    files.authorities = "absent.pem";
    EXPECT_NE(refusal(files).find("'absent.pem' holds no certificates"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal
