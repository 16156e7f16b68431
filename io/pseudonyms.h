// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paraspinal {

/// What happens to dates under pseudonyms.
enum class DateRule {
    shift,  ///< Back by 1 to 365 days, the same for all dates of a patient: intervals stay.
    drop,   ///< Empty.
};

/// Names that only the owner of a key can tell from the true ones, the same for the same key:
/// HMAC-SHA-256 (RFC 2104), of which 128 bits are kept, enough to keep 10^9 studies apart.
/// Text that is empty stays empty.
class Pseudonyms {
  public:
    /// Throws Error usage for a key of less than 16 bytes, which could be guessed.
    Pseudonyms(std::string key, DateRule dates);

    [[nodiscard]] std::string patient(std::string_view patient_id) const;
    /// For study, series and instance UIDs in tables.
    [[nodiscard]] std::string uid(std::string_view uid) const;
    /// The same as a UID, for DICOM objects: uid_of_digest of what `uid` gives.
    [[nodiscard]] std::string dicom_uid(std::string_view text) const;
    /// `date` is YYYYMMDD; anything else is dropped. `owner` is the patient's ID, or the study's
    /// UID where that is unknown.
    /// The other way round nothing leaks: an ID is no date and is dropped.
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters)
    [[nodiscard]] std::string date(std::string_view date, std::string_view owner) const;
    /// Years; all above 89 become 90. Source: 45 CFR 164.514(b)(2)(i)(C).
    static std::string age(std::string_view years);
    friend bool operator==(const Pseudonyms&, const Pseudonyms&) = default;

  private:
    std::string key_;
    DateRule dates_;
};

/// Pseudonyms by the key that is the content of a file.
/// Throws Error input_not_found, and usage for a key that is too short, repeats less than 8
/// different bytes, or is open to everybody on this machine.
Pseudonyms read_pseudonyms(const std::filesystem::path& key_file, DateRule dates);

}  // namespace paraspinal
