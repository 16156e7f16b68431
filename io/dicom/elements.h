// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

class DcmItem;
class DcmTagKey;
class OFCondition;

/// Single DICOM elements. Private to io: where one is read, a tag that is absent, empty, malformed
/// or said to be longer than 16 MiB is a normal answer (empty or nullopt), never an error.
namespace paraspinal::dicom {

/// Text of an element as UTF-8, without padding; see decode_text for bytes that the character set
/// of the data set does not explain.
std::string text(DcmItem& item, const DcmTagKey& tag);

/// True when the character set of that text had to be found by trying.
bool has_assumed_text(DcmItem& item, const DcmTagKey& tag);

/// True for an element that is there and not empty, whatever it says.
bool is_stated(DcmItem& item, const DcmTagKey& tag);

/// The values of an element of several, each without padding.
std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag);

/// Value `index` of an element as a finite number; nullopt for text that is none.
std::optional<double> number(DcmItem& item, const DcmTagKey& tag, unsigned long index = 0);

/// As number, of a whole number that fits an int.
std::optional<int> whole_number(DcmItem& item, const DcmTagKey& tag);

/// All `count` numbers of an element; nullopt when one is missing or malformed.
std::optional<std::vector<double>> numbers(DcmItem& item,
                                           const DcmTagKey& tag,
                                           unsigned long count);

/// The items of a sequence in order; empty when it is absent.
std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& sequence);

/// The first item of a sequence, or nullptr.
DcmItem* first_item(DcmItem& item, const DcmTagKey& sequence);

/// Throws Error internal, saying `what` DCMTK could not do.
void check(const OFCondition& condition, const std::string& what);

/// Sets the element `tag`. Throws Error internal.
void put(DcmItem& item, const DcmTagKey& tag, const std::string& value);

/// One more item at the end of a sequence. Throws Error internal.
DcmItem& new_item(DcmItem& parent, const DcmTagKey& sequence);

}  // namespace paraspinal::dicom
