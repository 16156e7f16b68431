// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/elements.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/character_set.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace paraspinal::dicom {
namespace {

bool is_plain_ascii(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// The values of SpecificCharacterSet, which the data set names once, at its root.
std::vector<std::string> declared_sets(DcmItem& item) {
    DcmItem* const root = item.getRootItem() != nullptr ? item.getRootItem() : &item;
    OFString names;
    std::vector<std::string> sets;
    if (root->findAndGetOFStringArray(DCM_SpecificCharacterSet, names).good() && !names.empty()) {
        for (std::size_t start = 0; start <= names.size();) {
            const std::size_t end = std::min(names.find('\\', start), names.size());
            sets.emplace_back(trimmed(std::string_view(names).substr(start, end - start)));
            start = end + 1;
        }
    }
    return sets;
}

DecodedText decoded(DcmItem& item, const OFString& value) {
    return is_plain_ascii(value) ? DecodedText{.utf8 = value}
                                 : decode_text(value, declared_sets(item));
}

// DCMTK takes memory for as many bytes as a file says that follow, whether they do or not. The
// longest values that are read here, the points of one contour, stay below a tenth of this.
constexpr Uint32 kMostValueBytes = Uint32{16} << 20U;

DcmElement* element_of(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* element = nullptr;
    const bool found = item.findAndGetElement(tag, element).good();
    return found && element->getLengthField() <= kMostValueBytes ? element : nullptr;
}

bool is_binary_number(DcmEVR vr) {
    return vr == EVR_FD || vr == EVR_FL;
}

// Text of one value to DCMTK, although writers put several into it.
bool is_long_text(DcmEVR vr) {
    return vr == EVR_UT || vr == EVR_LT || vr == EVR_ST;
}

std::string part_of(const std::string& value, unsigned long index) {
    const std::vector<std::string> parts = split(value, '\\');
    return index < parts.size() ? parts[index] : std::string();
}

// DCMTK spells raw bytes as hexadecimal text, which could pass for a number.
bool is_raw(DcmEVR vr) {
    return vr == EVR_UN || vr == EVR_OB || vr == EVR_OW;
}

}  // namespace

std::string text(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* const element = element_of(item, tag);
    OFString value;
    if (element == nullptr || element->getOFStringArray(value).bad()) {
        return {};
    }
    return std::string(trimmed(decoded(item, value).utf8));
}

bool has_assumed_text(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* const element = element_of(item, tag);
    OFString value;
    return element != nullptr && element->getOFStringArray(value).good() &&
           decoded(item, value).is_assumed;
}

bool is_stated(DcmItem& item, const DcmTagKey& tag) {
    DcmElement* const element = element_of(item, tag);
    return element != nullptr && element->getLength() > 0;
}

std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag) {
    // Asked one by one, DCMTK would look for each from the start.
    DcmElement* const element = element_of(item, tag);
    char* value = nullptr;
    if (element == nullptr || element->getString(value).bad()) {
        return {};
    }
    const std::string all = decoded(item, value == nullptr ? "" : value).utf8;
    std::vector<std::string> values;
    for (std::size_t start = 0; start <= all.size();) {
        const std::size_t end = std::min(all.find('\\', start), all.size());
        values.emplace_back(trimmed(std::string_view(all).substr(start, end - start)));
        start = end + 1;
    }
    return values;
}

std::optional<double> number(DcmItem& item, const DcmTagKey& tag, unsigned long index) {
    DcmElement* const element = element_of(item, tag);
    if (element == nullptr || is_raw(element->ident())) {
        return std::nullopt;
    }
    if (is_binary_number(element->ident())) {
        Float64 wide = 0;
        Float32 narrow = 0;
        const bool good = element->ident() == EVR_FD ? element->getFloat64(wide, index).good()
                                                     : element->getFloat32(narrow, index).good();
        const double value = element->ident() == EVR_FD ? wide : static_cast<double>(narrow);
        return good && std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    OFString value;
    const bool is_whole = is_long_text(element->ident());
    if (element->getOFString(value, is_whole ? 0 : index).bad()) {
        return std::nullopt;
    }
    return parse_number(is_whole ? part_of(value, index) : value);
}

std::optional<int> whole_number(DcmItem& item, const DcmTagKey& tag) {
    const std::optional<double> value = number(item, tag);
    if (!value || *value != std::floor(*value) ||
        std::abs(*value) > std::numeric_limits<int>::max()) {
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

std::optional<std::vector<double>> numbers(DcmItem& item,
                                           const DcmTagKey& tag,
                                           unsigned long count) {
    std::vector<double> values;
    for (unsigned long index = 0; index < count; ++index) {
        const std::optional<double> value = number(item, tag, index);
        if (!value) {
            return std::nullopt;
        }
        values.push_back(*value);
    }
    return values;
}

std::vector<DcmItem*> items(DcmItem& item, const DcmTagKey& sequence) {
    std::vector<DcmItem*> found;
    DcmSequenceOfItems* elements = nullptr;
    if (item.findAndGetSequence(sequence, elements).good()) {
        for (DcmObject* object = elements->nextInContainer(nullptr); object != nullptr;
             object = elements->nextInContainer(object)) {
            found.push_back(dynamic_cast<DcmItem*>(object));
        }
    }
    return found;
}

DcmItem* first_item(DcmItem& item, const DcmTagKey& sequence) {
    DcmItem* found = nullptr;
    return item.findAndGetSequenceItem(sequence, found, 0).good() ? found : nullptr;
}

void check(const OFCondition& condition, const std::string& what) {
    if (condition.bad()) {
        throw Error(ErrorCode::internal,
                    "making a DICOM object: " + what + ": " + condition.text());
    }
}

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
    check(item.putAndInsertString(tag, value.c_str()), DcmTag(tag).getTagName());
}

DcmItem& new_item(DcmItem& parent, const DcmTagKey& sequence) {
    constexpr long kAppend = -2;
    DcmItem* item = nullptr;
    check(parent.findOrCreateSequenceItem(sequence, item, kAppend), "reference");
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): `check` throws where there is none.
    return *item;
}

}  // namespace paraspinal::dicom
