// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Why something could not be done. The name of each code (`error_name`) is the stable `reason`
/// of `measurements.csv`; its exit code (`exit_code`) is what the program returns.
enum class ErrorCode {
    internal,  ///< A defect of this program, or of a library it uses.
    usage,     ///< The command line or an option value makes no sense.

    // Exit code 1 as well: a study took its worker process down, or would have.
    crashed,
    timeout,
    out_of_memory,

    // Exit code 3: the input cannot be read.
    input_not_found,
    no_images_found,
    unreadable_file,
    not_an_image,
    unsupported_encoding,
    truncated_pixel_data,
    malformed_file,

    // Exit code 4: read, but must not be measured.
    no_axial_t2,
    fat_suppressed,
    not_t2_weighted,
    weighting_unknown,
    not_axial,
    series_not_found,
    slice_not_found,
    level_not_found,
    level_not_covered,
    missing_pixel_spacing,
    missing_geometry,
    image_too_small,
    image_too_large,
    image_constant,
    not_lumbar,
    structure_missing,
    outline_mismatch,
    fat_threshold_failed,
    invalid_value,
    rejected_by_reader,
    duplicate_study,

    // Exit code 5: the results cannot be written.
    output_not_writable,
    ledger_in_use,
    ledger_too_new,

    // Exit code 6: another DICOM node.
    peer_unreachable,
    peer_refused,
    transfer_failed,
};

/// Stable snake_case name of `code`, as written to the `reason` column.
std::string_view error_name(ErrorCode code);

/// Process exit code of `code`: 1 internal, 2 usage, 3 unreadable input, 4 not analyzable,
/// 5 output not writable, 6 another DICOM node does not do its part.
int exit_code(ErrorCode code);

/// Exit code of a run over several studies of which some failed.
inline constexpr int kExitSomeFailed = 8;

/// The one exception type of paraspinal: a code, a message and the places it passed through.
///
/// The message says what is wrong and what to do about it, and never holds a patient's name or ID.
class Error : public std::exception {
  public:
    Error(ErrorCode code, std::string message);

    /// The same error with one more place in front, outermost last added:
    /// `throw error.within("series 1.2.3")` gives "series 1.2.3 > file a.dcm: message".
    [[nodiscard]] Error within(std::string_view place) const;

    [[nodiscard]] ErrorCode code() const noexcept { return code_; }
    /// The message without its places.
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    /// Places and message on one line.
    [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

  private:
    ErrorCode code_;
    std::string message_;
    std::vector<std::string> places_;
    std::string text_;
};

/// Runs `work`; an `Error` that leaves it gains `place` in front.
template <class Work>
decltype(auto) within(std::string_view place, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const Error& error) {
        throw error.within(place);
    }
}

}  // namespace paraspinal
