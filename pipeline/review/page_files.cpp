// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/page_files.h"

#include <array>

// NOLINTBEGIN(*-avoid-c-arrays): symbols of the embedded files (CMakeLists.txt).
#define PARASPINAL_PAGE_FILE(name)                    \
    extern "C" const char paraspinal_review_##name[]; \
    extern "C" const char paraspinal_review_##name##_end[];
PARASPINAL_PAGE_FILE(index_html)
PARASPINAL_PAGE_FILE(review_css)
PARASPINAL_PAGE_FILE(app_js)
PARASPINAL_PAGE_FILE(api_js)
PARASPINAL_PAGE_FILE(worklist_js)
PARASPINAL_PAGE_FILE(draft_js)
PARASPINAL_PAGE_FILE(study_js)
PARASPINAL_PAGE_FILE(remarks_js)
PARASPINAL_PAGE_FILE(slices_js)
PARASPINAL_PAGE_FILE(threshold_js)
PARASPINAL_PAGE_FILE(tools_js)
PARASPINAL_PAGE_FILE(picture_js)
PARASPINAL_PAGE_FILE(pointer_js)
PARASPINAL_PAGE_FILE(drawing_js)
PARASPINAL_PAGE_FILE(numbers_js)
#undef PARASPINAL_PAGE_FILE
// NOLINTEND(*-avoid-c-arrays)

namespace paraspinal {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kCss = "text/css; charset=utf-8";
constexpr std::string_view kScript = "text/javascript; charset=utf-8";

}  // namespace

std::span<const PageFile> page_files() {
    static const std::array<PageFile, 15> files{{
        {"/", kHtml, {paraspinal_review_index_html, paraspinal_review_index_html_end}},
        {"/review.css", kCss, {paraspinal_review_review_css, paraspinal_review_review_css_end}},
        {"/app.js", kScript, {paraspinal_review_app_js, paraspinal_review_app_js_end}},
        {"/api.js", kScript, {paraspinal_review_api_js, paraspinal_review_api_js_end}},
        {"/worklist.js",
         kScript,
         {paraspinal_review_worklist_js, paraspinal_review_worklist_js_end}},
        {"/draft.js", kScript, {paraspinal_review_draft_js, paraspinal_review_draft_js_end}},
        {"/study.js", kScript, {paraspinal_review_study_js, paraspinal_review_study_js_end}},
        {"/remarks.js", kScript, {paraspinal_review_remarks_js, paraspinal_review_remarks_js_end}},
        {"/slices.js", kScript, {paraspinal_review_slices_js, paraspinal_review_slices_js_end}},
        {"/threshold.js",
         kScript,
         {paraspinal_review_threshold_js, paraspinal_review_threshold_js_end}},
        {"/tools.js", kScript, {paraspinal_review_tools_js, paraspinal_review_tools_js_end}},
        {"/picture.js", kScript, {paraspinal_review_picture_js, paraspinal_review_picture_js_end}},
        {"/pointer.js", kScript, {paraspinal_review_pointer_js, paraspinal_review_pointer_js_end}},
        {"/drawing.js", kScript, {paraspinal_review_drawing_js, paraspinal_review_drawing_js_end}},
        {"/numbers.js", kScript, {paraspinal_review_numbers_js, paraspinal_review_numbers_js_end}},
    }};
    return files;
}

}  // namespace paraspinal
