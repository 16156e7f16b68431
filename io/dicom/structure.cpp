// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/structure.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/byte_source.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal::dicom {
namespace {

constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFF;
constexpr std::uint32_t kItem = 0xFFFEE000;
constexpr std::uint32_t kItemEnd = 0xFFFEE00D;
constexpr std::uint32_t kSequenceEnd = 0xFFFEE0DD;
constexpr std::uint32_t kSeriesUid = 0x0020000E;
constexpr std::uint32_t kPixelData = 0x7FE00010;

// How elements are spelled.
struct Spelling {
    bool has_vr = true;
    bool is_big_endian = false;
};

struct Element {
    std::uint32_t tag = 0;
    std::string vr;
    std::uint32_t length = 0;
};

std::uint32_t number_of(std::span<const unsigned char> bytes, bool is_big_endian) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        number = number << 8U | bytes[is_big_endian ? i : bytes.size() - 1 - i];
    }
    return number;
}

// nullopt where the bytes end, or are no elements.
class ElementReader {
  public:
    explicit ElementReader(ByteSource& source) : source_(&source) {}

    std::optional<Element> read(const Spelling& spelling) {
        const auto group = number(2, spelling);
        const auto element = number(2, spelling);
        if (!group || !element) {
            return std::nullopt;
        }
        Element read{.tag = *group << 16U | *element};
        std::size_t length_bytes = 4;
        if (spelling.has_vr && *group != kItem >> 16U) {
            std::array<unsigned char, 2> letters{};
            if (!source_->read(letters) || !std::ranges::all_of(letters, is_capital)) {
                return std::nullopt;
            }
            read.vr.assign(letters.begin(), letters.end());
            if (!has_long_length(read.vr)) {
                length_bytes = 2;
            } else if (!source_->skip(2)) {
                return std::nullopt;
            }
        }
        const auto length = number(length_bytes, spelling);
        read.length = length.value_or(0);
        return length ? std::optional(read) : std::nullopt;
    }

  private:
    static bool is_capital(unsigned char letter) { return letter >= 'A' && letter <= 'Z'; }

    // PS3.5 7.1.2.
    static bool has_long_length(std::string_view vr) {
        constexpr std::array<std::string_view, 13> kLong{
            "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"};
        return std::ranges::find(kLong, vr) != kLong.end();
    }

    std::optional<std::uint32_t> number(std::size_t bytes, const Spelling& spelling) {
        std::array<unsigned char, 4> read{};
        const std::span used = std::span(read).first(bytes);
        return source_->read(used) ? std::optional(number_of(used, spelling.is_big_endian))
                                   : std::nullopt;
    }

    ByteSource* source_;
};

// A data set, sequence or item that is being read.
struct Level {
    std::optional<std::uint64_t> end;  // Where it ends, when its length is stated.
    Spelling spelling;
    std::uint32_t last_tag = 0;
    int out_of_order = 0;
};

// Of the data set itself, not of the pictures inside its sequences.
enum class Pixels { not_met, plain, compressed };

class Walk {
  public:
    Walk(ByteSource& source, const Spelling& spelling, Extent extent)
        : source_(&source), extent_(extent), levels_{Level{.spelling = spelling}} {}

    void run() {
        ElementReader reader(*source_);
        while (true) {
            leave_what_has_ended();
            const std::uint64_t start = source_->position();
            const std::optional<Element> element = reader.read(levels_.back().spelling);
            if (!element) {
                constexpr std::uint64_t kTagBytes = 4;  // No more is asked for at a proper end.
                is_damaged_ = is_damaged_ || source_->position() - start > kTagBytes;
                return;
            }
            is_damaged_ = false;
            if (!take(*element)) {
                return;
            }
        }
    }

    [[nodiscard]] Pixels pixels() const { return pixels_; }
    [[nodiscard]] bool is_damaged() const { return is_damaged_; }

  private:
    // False: nothing more is to be looked at.
    bool take(const Element& element) {
        if (element.tag == kPixelData && levels_.size() == 1) {
            pixels_ = element.length == kUndefinedLength ? Pixels::compressed : Pixels::plain;
        }
        if (element.tag == kItemEnd || element.tag == kSequenceEnd) {
            if (levels_.size() > 1) {
                levels_.pop_back();
            }
            return true;
        }
        if (element.tag == kItem || is_sequence(element)) {
            enter(element);
            return true;
        }
        if (levels_.size() == 1 && is_end(element.tag)) {
            return false;
        }
        count_order(element.tag);
        if (element.length == kUndefinedLength) {
            return skip_fragments();
        }
        is_damaged_ = !source_->skip(element.length);
        return !is_damaged_;
    }

    // Of encapsulated pixel data: items of bytes, not of elements.
    bool skip_fragments() {
        ElementReader reader(*source_);
        while (const auto fragment = reader.read(levels_.back().spelling)) {
            if (fragment->tag != kItem) {
                return fragment->tag == kSequenceEnd;
            }
            if (!source_->skip(fragment->length)) {
                return false;
            }
        }
        return false;
    }

    [[nodiscard]] bool is_end(std::uint32_t tag) const {
        return (extent_ == Extent::until_series && tag >= kSeriesUid) ||
               (extent_ == Extent::until_pixels && tag >= kPixelData);
    }

    [[nodiscard]] bool is_sequence(const Element& element) const {
        if (element.vr == "SQ") {
            return true;
        }
        if (element.length == kUndefinedLength) {
            return element.tag != kPixelData && (element.vr.empty() || element.vr == "UN");
        }
        const DcmTag known(static_cast<Uint16>(element.tag >> 16U),
                           static_cast<Uint16>(element.tag));
        return !levels_.back().spelling.has_vr && known.getEVR() == EVR_SQ;
    }

    void enter(const Element& element) {
        Level level{.spelling = levels_.back().spelling};
        if (element.length != kUndefinedLength) {
            level.end = source_->position() + element.length;
        } else if (element.vr == "UN") {
            level.spelling = {.has_vr = false};  // PS3.5 6.2.2, note 2.
        }
        if (element.tag != kItem) {
            count_order(element.tag);
        }
        levels_.push_back(level);
        constexpr std::size_t kMostLevels = 1 + 2 * kMostNestedSequences;  // Items lie between.
        if (levels_.size() > kMostLevels) {
            throw Error(ErrorCode::malformed_file,
                        "its header has more than " + std::to_string(kMostNestedSequences) +
                            " sequences inside each other");
        }
    }

    void leave_what_has_ended() {
        while (levels_.size() > 1 && levels_.back().end &&
               source_->position() >= *levels_.back().end) {
            levels_.pop_back();
        }
    }

    void count_order(std::uint32_t tag) {
        Level& level = levels_.back();
        level.out_of_order += tag < level.last_tag ? 1 : 0;
        level.last_tag = tag;
        if (level.out_of_order > kMostElementsOutOfOrder) {
            throw Error(ErrorCode::malformed_file,
                        "its header has more than " + std::to_string(kMostElementsOutOfOrder) +
                            " elements out of order");
        }
    }

    ByteSource* source_;
    Extent extent_;
    std::vector<Level> levels_;
    Pixels pixels_ = Pixels::not_met;
    // It has no element, one that is none, or ends within one.
    bool is_damaged_ = true;
};

// The transfer syntax that the meta header names, if there is one; `source` stands behind it then.
std::string read_meta_header(ByteSource& source) {
    constexpr std::size_t kPreambleBytes = 128;
    constexpr std::uint32_t kTransferSyntax = 0x00020010;
    std::array<unsigned char, 4> prefix{};
    if (!source.skip(kPreambleBytes) || !source.read(prefix) ||
        std::string_view("DICM") != std::string(prefix.begin(), prefix.end())) {
        source.rewind();
    }
    std::string syntax;
    ElementReader reader(source);
    for (std::uint64_t start = source.position();; start = source.position()) {
        const std::optional<Element> element = reader.read({});
        if (!element || element->tag >> 16U != 2) {
            source.rewind();
            source.skip(start);
            return syntax;
        }
        if (element->tag != kTransferSyntax || element->length > 64) {
            source.skip(element->length);
            continue;
        }
        std::vector<unsigned char> value(element->length);
        source.read(value);
        syntax = trimmed(std::string(value.begin(), value.end()));
    }
}

// As DCMTK guesses it of an uncompressed data set, whose meta header may be wrong about it.
Spelling guessed_spelling(ByteSource& source) {
    const std::uint64_t start = source.position();
    std::array<unsigned char, 6> first{};
    source.read(first);
    source.rewind();
    source.skip(start);
    const auto is_capital = [](unsigned char letter) { return letter >= 'A' && letter <= 'Z'; };
    return {.has_vr = is_capital(first[4]) && is_capital(first[5]),
            .is_big_endian = first[0] == 0 && first[1] != 0};
}

}  // namespace

std::string check_structure(const std::filesystem::path& file, Extent extent) {
    ByteSource source(file);
    const std::string syntax = read_meta_header(source);
    constexpr std::array<std::string_view, 4> kUncompressed{"",
                                                            UID_LittleEndianImplicitTransferSyntax,
                                                            UID_LittleEndianExplicitTransferSyntax,
                                                            UID_BigEndianExplicitTransferSyntax};
    const bool is_uncompressed = std::ranges::find(kUncompressed, syntax) != kUncompressed.end();
    const Spelling spelling = is_uncompressed ? guessed_spelling(source) : Spelling{};
    const bool is_deflated = syntax == UID_DeflatedExplicitVRLittleEndianTransferSyntax;
    if (is_deflated) {
        source.inflate_from_here(extent == Extent::until_series ? kMostUnpackedHeaderBytes
                                                                : kMostUnpackedBytes);
    }
    const bool walks_on = extent == Extent::until_pixels && !is_deflated;
    Walk walk(source, spelling, walks_on ? Extent::all : extent);
    walk.run();
    // Of other files DCMTK leaves long values where they are; here it takes memory for what is said
    // to follow.
    if (is_deflated && walk.is_damaged()) {
        throw Error(ErrorCode::malformed_file, "its deflated data set is damaged or cut short");
    }
    const DcmXfer named(syntax.c_str());
    const bool is_known = syntax.empty() || named.getXfer() != EXS_Unknown;
    const Pixels expected = named.isEncapsulated() ? Pixels::compressed : Pixels::plain;
    if (is_known && walk.pixels() != Pixels::not_met && walk.pixels() != expected) {
        throw Error(ErrorCode::malformed_file,
                    std::string("its meta header names a transfer syntax ") +
                        (named.isEncapsulated() ? "for compressed pixels, and they are not"
                                                : "for plain pixels, and they are compressed") +
                        "; export the original images");
    }
    return syntax;
}

}  // namespace paraspinal::dicom
