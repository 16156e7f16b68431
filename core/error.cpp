// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"

#include <array>
#include <utility>

namespace paraspinal {
namespace {

struct CodeEntry {
    ErrorCode code;
    std::string_view name;
    int exit_code;
};

constexpr std::array kCodes{
    CodeEntry{ErrorCode::internal, "internal", 1},
    CodeEntry{ErrorCode::usage, "usage", 2},
    CodeEntry{ErrorCode::crashed, "crashed", 1},
    CodeEntry{ErrorCode::timeout, "timeout", 1},
    CodeEntry{ErrorCode::out_of_memory, "out_of_memory", 1},
    CodeEntry{ErrorCode::input_not_found, "input_not_found", 3},
    CodeEntry{ErrorCode::no_images_found, "no_images_found", 3},
    CodeEntry{ErrorCode::unreadable_file, "unreadable_file", 3},
    CodeEntry{ErrorCode::not_an_image, "not_an_image", 3},
    CodeEntry{ErrorCode::unsupported_encoding, "unsupported_encoding", 3},
    CodeEntry{ErrorCode::truncated_pixel_data, "truncated_pixel_data", 3},
    CodeEntry{ErrorCode::malformed_file, "malformed_file", 3},
    CodeEntry{ErrorCode::no_axial_t2, "no_axial_t2", 4},
    CodeEntry{ErrorCode::fat_suppressed, "fat_suppressed", 4},
    CodeEntry{ErrorCode::not_t2_weighted, "not_t2_weighted", 4},
    CodeEntry{ErrorCode::weighting_unknown, "weighting_unknown", 4},
    CodeEntry{ErrorCode::not_axial, "not_axial", 4},
    CodeEntry{ErrorCode::series_not_found, "series_not_found", 4},
    CodeEntry{ErrorCode::slice_not_found, "slice_not_found", 4},
    CodeEntry{ErrorCode::level_not_found, "level_not_found", 4},
    CodeEntry{ErrorCode::level_not_covered, "level_not_covered", 4},
    CodeEntry{ErrorCode::missing_pixel_spacing, "missing_pixel_spacing", 4},
    CodeEntry{ErrorCode::missing_geometry, "missing_geometry", 4},
    CodeEntry{ErrorCode::image_too_small, "image_too_small", 4},
    CodeEntry{ErrorCode::image_too_large, "image_too_large", 4},
    CodeEntry{ErrorCode::image_constant, "image_constant", 4},
    CodeEntry{ErrorCode::not_lumbar, "not_lumbar", 4},
    CodeEntry{ErrorCode::structure_missing, "structure_missing", 4},
    CodeEntry{ErrorCode::outline_mismatch, "outline_mismatch", 4},
    CodeEntry{ErrorCode::fat_threshold_failed, "fat_threshold_failed", 4},
    CodeEntry{ErrorCode::invalid_value, "invalid_value", 4},
    CodeEntry{ErrorCode::rejected_by_reader, "rejected_by_reader", 4},
    CodeEntry{ErrorCode::duplicate_study, "duplicate_study", 4},
    CodeEntry{ErrorCode::output_not_writable, "output_not_writable", 5},
    CodeEntry{ErrorCode::ledger_in_use, "ledger_in_use", 5},
    CodeEntry{ErrorCode::ledger_too_new, "ledger_too_new", 5},
    CodeEntry{ErrorCode::peer_unreachable, "peer_unreachable", 6},
    CodeEntry{ErrorCode::peer_refused, "peer_refused", 6},
    CodeEntry{ErrorCode::transfer_failed, "transfer_failed", 6},
};

const CodeEntry& entry(ErrorCode code) {
    for (const CodeEntry& candidate : kCodes) {
        if (candidate.code == code) {
            return candidate;
        }
    }
    return kCodes.front();
}

}  // namespace

std::string_view error_name(ErrorCode code) {
    return entry(code).name;
}

int exit_code(ErrorCode code) {
    return entry(code).exit_code;
}

Error::Error(ErrorCode code, std::string message)
    : code_(code), message_(std::move(message)), text_(message_) {}

Error Error::within(std::string_view place) const {
    Error outer = *this;
    outer.places_.insert(outer.places_.begin(), std::string(place));
    outer.text_.clear();
    for (const std::string& name : outer.places_) {
        outer.text_ += outer.text_.empty() ? name : " > " + name;
    }
    outer.text_ += ": " + message_;
    return outer;
}

}  // namespace paraspinal
