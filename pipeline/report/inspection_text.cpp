// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/inspection_text.h"

#include "core/text.h"
#include "pipeline/report/describe.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>

namespace paraspinal {
namespace {

// At least one blank behind the text, whatever its length.
std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

// `text` in lines of a terminal behind `indent` blanks.
std::string paragraph(std::string_view text, std::size_t indent) {
    std::string result;
    const auto fits = [indent](std::string_view line) {
        return indent + character_count(line) <= kTerminalWidth;
    };
    for (const std::string& line : wrapped_lines(text, fits)) {
        result += std::string(indent, ' ') + line + "\n";
    }
    return result;
}

// The first line of what `width` columns hold; headers may hold anything.
std::string shortened(std::string_view text, std::size_t width) {
    const std::vector<std::string> lines = wrapped_lines(
        text, [width](std::string_view line) { return character_count(line) <= width; });
    return lines.empty() ? "" : lines.front();
}

std::string size_text(const ImageSize& size) {
    return std::to_string(size.cols) + "x" + std::to_string(size.rows);
}

std::string spacing_text(const std::optional<PixelSpacing>& spacing) {
    return spacing ? fixed_text(spacing->col_mm, 2) + "x" + fixed_text(spacing->row_mm, 2) : "none";
}

std::string stack_line(const InspectedStack& stack) {
    const SliceHeader& first = stack.slices.front();
    const std::string line = padded(std::to_string(stack.series_number), 6) +
                             padded(std::to_string(stack.slices.size()), 8) +
                             padded(std::string(series_kind_name(stack.classification.kind)), 13) +
                             padded(size_text(first.size), 11) +
                             padded(spacing_text(first.spacing), 11) +
                             shortened(stack.description, kTerminalWidth - 51);
    constexpr std::size_t kReasonIndent = 8;
    return "  " + line + "\n" + paragraph(stack.classification.reason, kReasonIndent);
}

std::string slice_lines(const InspectedStack& stack) {
    std::string text;
    for (const SliceHeader& slice : stack.slices) {
        const std::string z = slice.plane ? fixed_text(slice.plane->origin_mm.z, 1) : "?";
        text += "        slice " + padded(std::to_string(slice.instance_number), 5) + "z " +
                padded(z, 9) + slice_uid(slice) + "\n";
    }
    return text;
}

std::string patient_text(const Patient& patient) {
    constexpr std::size_t kIdColumns = 40;
    std::string text = patient.id.empty() ? "no ID" : shortened(patient.id, kIdColumns);
    text += patient.sex.empty() ? "" : ", " + patient.sex;
    text += patient.age_years ? ", " + fixed_text(*patient.age_years, 0) + " years" : "";
    return text;
}

std::string spine_text(const SpineView& view) {
    std::string names;
    for (const Vertebra& vertebra : view.spine.vertebrae) {
        names += (names.empty() ? "" : " ") + vertebra.name();
    }
    std::string text = "Spine, on " + std::to_string(view.slices_read) +
                       " sagittal slices: " + (names.empty() ? "no vertebra was found" : names) +
                       (names.empty() ? ""
                                      : " (from feet to head, confidence " +
                                            fixed_text(view.spine.confidence, 2) + ")");
    for (const NamingDoubt& doubt : view.spine.doubts) {
        text += ". In doubt: " + doubt.detail;
    }
    return "\n" + paragraph(text, 2);
}

std::string choice_text(const InspectedChoice& choice) {
    if (choice.refusal) {
        return "  Would not be measured: " + std::string(error_name(*choice.refusal)) + "\n" +
               (choice.slice_uid.empty() ? "" : "    slice " + choice.slice_uid + "\n") +
               paragraph(choice.message, 4);
    }
    std::string text = "  Would be measured: slice\n    " + choice.slice_uid + "\n" +
                       paragraph(describe_level(*choice.level), 4);
    for (const QcFlag& flag : choice.flags) {
        text += paragraph("flag " + std::string(flag.name()) + ": " + flag.detail, 4);
    }
    return text;
}

}  // namespace

std::string inspection_text(const InspectedStudy& inspected, bool list_slices) {
    const Study& study = *inspected.study;
    std::string text = "Study " + study.study_uid + "\n";
    text += "  " + patient_text(study.patient) +
            (study.study_date.empty() ? "" : ", " + study.study_date) + "\n\n";
    text += "  No    Slices  Kind         Pixels     mm         Description\n";
    for (const InspectedStack& stack : inspected.stacks) {
        text += stack_line(stack) + (list_slices ? slice_lines(stack) : "");
    }
    text += inspected.spine ? spine_text(*inspected.spine) : "";
    for (const std::string& assumed : inspected.assumptions) {
        text += "\n" + paragraph("Assumed: " + assumed, 2);
    }
    if (!study.patient_group.empty()) {
        text += "\n" + paragraph(
                           "Other files with this study UID state another patient or "
                           "examination; they are a study of their own here",
                           2);
    }
    const auto doubt_key = [&](const std::string& stated, const std::string& key) {
        if (!stated.empty() && inspected.choice.refusal) {
            text += "\n" + paragraph("The studies with this " + key + " state " + stated +
                                         "; they may be of several people",
                                     2);
        }
    };
    doubt_key(study.contradictions.patient_id, "patient ID");
    doubt_key(study.contradictions.accession_number, "accession number");
    for (const SkippedFile& file : study.left_out) {
        text += "\n" + paragraph("Cannot be read: " + file.file.string() + ": " + file.reason, 2);
    }
    return text + "\n" + choice_text(inspected.choice);
}

}  // namespace paraspinal
