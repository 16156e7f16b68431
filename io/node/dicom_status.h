// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace paraspinal {

// Answers to C-STORE. Source: DICOM PS3.7 annex C, PS3.4 table B.2-1.
inline constexpr std::uint16_t kDuplicateInstance = 0x0111;
inline constexpr std::uint16_t kSopClassNotSupported = 0x0122;

/// True for success, warnings, and for an object that the peer has had before.
constexpr bool means_stored(std::uint16_t status) {
    constexpr std::uint16_t kWarning = 0x0001;
    constexpr std::uint16_t kWarningClass = 0xB;
    return status == 0 || status == kWarning || status == kDuplicateInstance ||
           status >> 12U == kWarningClass;
}

/// True when the peer has no room for anything now (0xA7xx).
constexpr bool means_full(std::uint16_t status) {
    constexpr std::uint16_t kOutOfResources = 0xA7;
    return status >> 8U == kOutOfResources;
}

/// "0xA700 (out of resources)", or the number alone when it is not common.
std::string status_text(std::uint16_t status);

}  // namespace paraspinal
