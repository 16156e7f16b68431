// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/structure.h"

#include "core/error.h"
#include "io/dicom/byte_source.h"
#include "io/dicom/element_head.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal::dicom {
namespace {

constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFF;
constexpr std::uint32_t kItemEnd = 0xFFFEE00D;
constexpr std::uint32_t kSequenceEnd = 0xFFFEE0DD;
constexpr std::uint32_t kSeriesUid = 0x0020000E;
constexpr std::uint32_t kPixelData = 0x7FE00010;

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
        while (true) {
            leave_what_has_ended();
            const std::uint64_t start = source_->position();
            const std::optional<ElementHead> element =
                read_element_head(*source_, levels_.back().spelling);
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
    bool take(const ElementHead& element) {
        const bool is_pixel_data = element.tag == kPixelData && levels_.size() == 1;
        if (is_pixel_data) {
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
        if (!source_->skip(element.length)) {
            // Pixels cut short are told by their reader.
            is_damaged_ = !is_pixel_data || element.length > kMostUnpackedBytes;
            return false;
        }
        return true;
    }

    // Of encapsulated pixel data: items of bytes, not of elements.
    bool skip_fragments() {
        while (const auto fragment = read_element_head(*source_, levels_.back().spelling)) {
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

    [[nodiscard]] bool is_sequence(const ElementHead& element) const {
        if (element.vr == "SQ") {
            return true;
        }
        if (element.length == kUndefinedLength) {
            return element.tag != kPixelData && (element.vr.empty() || element.vr == "UN");
        }
        return !levels_.back().spelling.has_vr &&
               DcmTag(static_cast<Uint16>(element.tag >> 16U), static_cast<Uint16>(element.tag))
                       .getEVR() == EVR_SQ;
    }

    void enter(const ElementHead& element) {
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

}  // namespace

std::string check_structure(const std::filesystem::path& file, Extent extent) {
    ByteSource source(file);
    const bool may_be_deflated = names_deflation(source);
    const std::string syntax = read_meta_header(source);
    constexpr std::array<std::string_view, 4> kUncompressed{"",
                                                            UID_LittleEndianImplicitTransferSyntax,
                                                            UID_LittleEndianExplicitTransferSyntax,
                                                            UID_BigEndianExplicitTransferSyntax};
    const bool is_uncompressed = std::ranges::find(kUncompressed, syntax) != kUncompressed.end();
    const Spelling spelling = is_uncompressed ? guessed_spelling(source) : Spelling{};
    const bool is_deflated = syntax == UID_DeflatedExplicitVRLittleEndianTransferSyntax;
    // DCMTK also finds a transfer syntax in meta headers that are none to read_meta_header.
    if (!is_deflated && may_be_deflated) {
        throw Error(ErrorCode::malformed_file, "its meta header is damaged");
    }
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
