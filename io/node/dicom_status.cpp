// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/dicom_status.h"

#include <string_view>

namespace paraspinal {
namespace {

// Source: DICOM PS3.7 annex C; PS3.4 tables B.2-1, C.4-1, C.4-2 and C.4-3.
std::string_view meaning(std::uint16_t status) {
    constexpr unsigned kLowByte = 8;
    constexpr unsigned kLowDigits = 12;
    switch (status) {
        case 0x0110: return "processing failure";
        case kDuplicateInstance: return "duplicate SOP instance";
        case kSopClassNotSupported: return "SOP class not supported";
        case 0x0124: return "not authorized";
        case 0xA702: return "out of resources to send";
        case 0xA801: return "move destination unknown";
        case 0xB000: return "some objects failed";
        case 0xFE00: return "canceled";
        default: break;
    }
    switch (status >> kLowByte) {
        case 0xA7: return "out of resources";
        case 0xA9: return "identifier or data set does not match the SOP class";
        default: return status >> kLowDigits == 0xC ? "cannot be understood or processed" : "";
    }
}

}  // namespace

std::string status_text(std::uint16_t status) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr unsigned kDigitBits = 4;
    constexpr unsigned kDigitMask = 0xF;
    std::string text = "0x";
    for (int digit = 3; digit >= 0; --digit) {
        text += kDigits[(status >> (kDigitBits * static_cast<unsigned>(digit))) & kDigitMask];
    }
    const std::string_view words = meaning(status);
    return words.empty() ? text : text + " (" + std::string(words) + ")";
}

}  // namespace paraspinal
