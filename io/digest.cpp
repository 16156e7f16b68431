// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/digest.h"

#include "core/error.h"

#include <array>
#include <cstddef>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace paraspinal {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

// OpenSSL takes unsigned char.
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(  // NOLINT(*-reinterpret-cast)
        text.data());
}

std::string hexadecimal(const Digest& digest, std::size_t length) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += kDigits[digest.at(i) / kDigits.size()];
        text += kDigits[digest.at(i) % kDigits.size()];
    }
    return text;
}

[[noreturn]] void refuse() {
    throw Error(ErrorCode::internal, "OpenSSL cannot compute SHA-256 here");
}

}  // namespace

std::string sha256(std::string_view bytes) {
    Digest digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        refuse();
    }
    return hexadecimal(digest, length);
}

std::string uid_name(std::string_view uid) {
    constexpr std::size_t kDigits = 32;
    return sha256(uid).substr(0, kDigits);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned int length = 0;
    if (HMAC(EVP_sha256(),
             key.data(),
             static_cast<int>(key.size()),
             bytes_of(bytes),
             bytes.size(),
             digest.data(),
             &length) == nullptr) {
        refuse();
    }
    return hexadecimal(digest, length);
}

}  // namespace paraspinal
