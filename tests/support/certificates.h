// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <string>

namespace paraspinal::testing {

/// A certificate authority made with the program openssl; its files live as long as it.
class CertificateAuthority {
  public:
    /// PEM files.
    struct Issued {
        std::filesystem::path certificate;
        std::filesystem::path private_key;
    };

    CertificateAuthority();

    [[nodiscard]] const std::filesystem::path& certificate() const { return own_.certificate; }
    /// A certificate for `name`, signed by this authority.
    [[nodiscard]] Issued issue(const std::string& name) const;

  private:
    TemporaryFolder folder_;
    Issued own_;
};

}  // namespace paraspinal::testing
