// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace paraspinal {

/// What a TLS connection of ours needs, as PEM files. Both sides show a certificate.
struct TlsFiles {
    std::filesystem::path certificate;  ///< Ours.
    std::filesystem::path private_key;  ///< Of `certificate`, without a passphrase.
    std::filesystem::path authorities;  ///< Certificates that must have signed the other side's.
    friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

/// Throws Error unreadable_file naming the file that is missing, is no PEM file, does not fit the
/// others or is a certificate that is not valid now; usage for a key that everybody may read.
void check_tls_files(const TlsFiles& files);

/// Whole days until a certificate expires, 0 on the last; nullopt when it cannot be read.
std::optional<int> days_left(const std::filesystem::path& certificate);

}  // namespace paraspinal
