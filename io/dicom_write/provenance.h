// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "io/dicom_write/earlier_objects.h"
#include "io/pseudonyms.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Date and time of an object whose study has none, or must not be told.
inline constexpr const char* kUnknownDate = "19000101";
inline constexpr const char* kUnknownTime = "000000";

/// What the DICOM objects of one measured slice have in common. Their UIDs, dates and versions come
/// from here alone, nothing from the clock or from chance: the same provenance and content give
/// the same bytes.
struct Provenance {
    SliceHeader source;            ///< The image that was measured.
    std::string software_version;  ///< "0.1.0"
    /// Text that differs whenever the result does, so that two results never share a UID.
    std::string result_digest;
    std::string observer;                  ///< A person beside the program; empty: nobody.
    std::string content_date;              ///< YYYYMMDD
    std::string content_time;              ///< HHMMSS
    std::optional<Pseudonyms> pseudonyms;  ///< Given: the objects do not say who it is.
    /// Of a result beside the study's own: what its series descriptions begin with, and how much
    /// higher its series numbers are.
    std::string series_prefix;
    int series_shift = 0;
    std::string frame_of_reference_uid;  ///< Of the source; made up where it names none.
    std::vector<EarlierObject> earlier;  ///< What went out before, see in_place_of.
};

/// The provenance of a result measured on `source`. Date and time are those of the source's study,
/// the unknown ones where it has none. Throws as the reader of the source.
Provenance provenance_of(const SliceHeader& source,
                         const std::string& software_version,
                         const std::string& result_digest);

/// The UID of what `name` calls: "seg", "seg series", "segment multifidus_right" ...
std::string object_uid(const Provenance& provenance, std::string_view name);

}  // namespace paraspinal
