// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificates.h"

#include "tests/support/background_program.h"

#include <stdexcept>
#include <vector>

namespace paraspinal::testing {
namespace {

CertificateAuthority::Issued make_certificate(const std::filesystem::path& folder,
                                              const std::string& name,
                                              const std::vector<std::string>& signed_by) {
    const CertificateAuthority::Issued issued{.certificate = folder / (name + ".pem"),
                                              .private_key = folder / (name + ".key")};
    std::vector<std::string> arguments{"req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"};
    arguments.insert(arguments.end(), {"-pkeyopt", "ec_paramgen_curve:prime256v1"});
    arguments.insert(arguments.end(),
                     {"-subj", "/CN=" + name, "-out", issued.certificate.string()});
    arguments.insert(arguments.end(), {"-keyout", issued.private_key.string()});
    arguments.insert(arguments.end(), signed_by.begin(), signed_by.end());
    if (BackgroundProgram("openssl", arguments, folder / "log").stop(0) != 0) {
        throw std::runtime_error("openssl cannot make a certificate");
    }
    return issued;
}

}  // namespace

CertificateAuthority::CertificateAuthority() : own_(make_certificate(folder_.path(), "ca", {})) {}

CertificateAuthority::Issued CertificateAuthority::issue(const std::string& name) const {
    return make_certificate(
        folder_.path(),
        name,
        {"-CA", own_.certificate.string(), "-CAkey", own_.private_key.string()});
}

}  // namespace paraspinal::testing
