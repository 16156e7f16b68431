// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/node/tls_layer_internal.h"
#include "io/private_file.h"

#include <cstdio>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string>

namespace paraspinal {
namespace {

void check(bool is_good, const std::filesystem::path& file, const std::string& why) {
    if (!is_good) {
        throw Error(ErrorCode::unreadable_file,
                    "TLS file '" + file.string() + "' " + why +
                        "; give a certificate, its key without a passphrase, and the certificates "
                        "of the authorities, as PEM files");
    }
}

// Null where there is none.
std::unique_ptr<X509, void (*)(X509*)> read_certificate(const std::filesystem::path& certificate) {
    const std::unique_ptr<std::FILE, void (*)(std::FILE*)> file(
        std::fopen(certificate.c_str(), "rb"), [](std::FILE* open) { std::fclose(open); });
    return {file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr, &X509_free};
}

// Nobody would take it; said at the start, not by each peer.
void require_valid_now(const std::filesystem::path& certificate) {
    // What cannot be read is said below.
    if (const auto read = read_certificate(certificate)) {
        check(
            X509_cmp_current_time(X509_get0_notAfter(read.get())) > 0, certificate, "has expired");
        check(X509_cmp_current_time(X509_get0_notBefore(read.get())) < 0,
              certificate,
              "is not valid yet");
    }
}

}  // namespace

void check_tls_files(const TlsFiles& files) {
    make_tls_layer(files, NET_REQUESTOR);
}

std::optional<int> days_left(const std::filesystem::path& certificate) {
    const auto read = read_certificate(certificate);
    int days = 0;
    int seconds = 0;
    if (!read || ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(read.get())) == 0) {
        return std::nullopt;
    }
    return days;
}

std::unique_ptr<DcmTLSTransportLayer> make_tls_layer(const TlsFiles& files,
                                                     T_ASC_NetworkRole role) {
    require_private(files.private_key);
    require_valid_now(files.certificate);
    auto layer = std::make_unique<DcmTLSTransportLayer>(role, nullptr, OFTrue);
    // An empty passphrase, so that a key with one is refused instead of asked about.
    layer->setPrivateKeyPasswd("");
    check(layer->setPrivateKeyFile(files.private_key.c_str(), DCF_Filetype_PEM).good(),
          files.private_key,
          "is no private key");
    check(layer->setCertificateFile(files.certificate.c_str(), DCF_Filetype_PEM).good(),
          files.certificate,
          "is no certificate");
    check(layer->checkPrivateKeyMatchesCertificate(),
          files.private_key,
          "is not the key of the certificate");
    check(layer->addTrustedCertificateFile(files.authorities.c_str(), DCF_Filetype_PEM).good(),
          files.authorities,
          "holds no certificates");
    layer->setCertificateVerification(DCV_requireCertificate);
    if (layer->setTLSProfile(TSP_Profile_BCP195_ND).bad() || layer->activateCipherSuites().bad()) {
        throw Error(ErrorCode::internal,
                    "this DCMTK has no TLS by the non-downgrading BCP 195 profile");
    }
    return layer;
}

}  // namespace paraspinal
