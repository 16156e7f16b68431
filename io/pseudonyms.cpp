// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/pseudonyms.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom_write/derived_uid.h"
#include "io/digest.h"
#include "io/private_file.h"
#include "io/read_file.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kMinKeyBytes = 16;
// Of 32 random bytes all but a few differ, and a sentence has more than 8 letters.
constexpr std::size_t kMinDifferentBytes = 8;
constexpr const char* kHowToMake =
    "; make one with: (umask 077; head -c 32 /dev/urandom > KEYFILE)";
constexpr std::size_t kShownDigits = 32;  // Of 64; 128 bits.

// The kind keeps a patient called like a study from getting the study's name.
std::string pseudonym(const std::string& key, std::string_view kind, std::string_view text) {
    if (text.empty()) {
        return {};
    }
    const std::string input = std::string(kind) + ":" + std::string(text);
    return hmac_sha256(key, input).substr(0, kShownDigits);
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
    constexpr std::size_t kDigits = 8;
    if (text.size() != kDigits || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = [text](std::size_t start, std::size_t count) {
        return static_cast<int>(parse_integer(text.substr(start, count)).value_or(0));
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(4, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(6, 2)))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::string date_text(std::chrono::sys_days days) {
    const std::chrono::year_month_day date(days);
    const auto padded = [](unsigned value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    return std::to_string(static_cast<int>(date.year())) +
           padded(static_cast<unsigned>(date.month())) + padded(static_cast<unsigned>(date.day()));
}

}  // namespace

Pseudonyms::Pseudonyms(std::string key, DateRule dates) : key_(std::move(key)), dates_(dates) {
    if (key_.size() < kMinKeyBytes) {
        throw Error(ErrorCode::usage,
                    "the key for pseudonyms has less than " + std::to_string(kMinKeyBytes) +
                        " bytes" + kHowToMake);
    }
}

std::string Pseudonyms::patient(std::string_view patient_id) const {
    return pseudonym(key_, "patient", patient_id);
}

std::string Pseudonyms::uid(std::string_view uid) const {
    return pseudonym(key_, "uid", uid);
}

std::string Pseudonyms::dicom_uid(std::string_view text) const {
    return text.empty() ? std::string() : uid_of_digest(uid(text));
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): see the header.
std::string Pseudonyms::date(std::string_view date, std::string_view owner) const {
    const auto days = parse_date(date);
    if (!days || dates_ == DateRule::drop) {
        return {};
    }
    constexpr std::size_t kUsedDigits = 8;
    constexpr unsigned long kDaysOfAYear = 365;
    constexpr int kHexadecimal = 16;
    const std::string hash = pseudonym(key_, "date", owner).substr(0, kUsedDigits);
    const unsigned long number = std::stoul(hash, nullptr, kHexadecimal);
    return date_text(*days - std::chrono::days(1 + number % kDaysOfAYear));
}

std::string Pseudonyms::age(std::string_view years) {
    constexpr double kOldestShown = 89;
    const auto number = parse_number(years);
    return number && *number > kOldestShown ? "90" : std::string(years);
}

Pseudonyms read_pseudonyms(const std::filesystem::path& key_file, DateRule dates) {
    require_private(key_file);
    std::optional<std::string> key = read_file(key_file);
    if (!key) {
        throw Error(ErrorCode::input_not_found,
                    "cannot read the key file '" + key_file.string() + "'; check the path");
    }
    const std::set<char> different(key->begin(), key->end());
    if (different.size() < kMinDifferentBytes) {
        throw Error(ErrorCode::usage,
                    "the key for pseudonyms has less than " + std::to_string(kMinDifferentBytes) +
                        " different bytes and could be guessed" + kHowToMake);
    }
    return {std::move(*key), dates};
}

}  // namespace paraspinal
