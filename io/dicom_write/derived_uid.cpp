// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom_write/derived_uid.h"

#include "io/digest.h"

#include <algorithm>

namespace paraspinal {
namespace {

// A hexadecimal number in decimal digits; there is no built-in integer of 128 bits.
std::string decimal(std::string_view hexadecimal) {
    std::string digits = "0";  // Least significant first.
    for (const char letter : hexadecimal) {
        int carry = letter <= '9' ? letter - '0' : letter - 'a' + 10;
        for (char& digit : digits) {
            const int value = (digit - '0') * 16 + carry;
            digit = static_cast<char>('0' + value % 10);
            carry = value / 10;
        }
        for (; carry > 0; carry /= 10) {
            digits += static_cast<char>('0' + carry % 10);
        }
    }
    std::ranges::reverse(digits);
    return digits;
}

}  // namespace

std::string derived_uid(std::string_view name) {
    return uid_of_digest(sha256(name));
}

std::string uid_of_digest(std::string_view hexadecimal) {
    constexpr std::size_t kUuidDigits = 32;
    std::string uuid(hexadecimal.substr(0, kUuidDigits));
    uuid[12] = '8';  // Version.
    uuid[16] = 'a';  // Variant 10xx of RFC 9562.
    return "2.25." + decimal(uuid);
}

}  // namespace paraspinal
