// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/report/pictures/lettering_internal.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>

extern "C" {
extern const unsigned char paraspinal_font_regular[];
extern const unsigned char paraspinal_font_regular_end[];
extern const unsigned char paraspinal_font_bold[];
extern const unsigned char paraspinal_font_bold_end[];
}

namespace paraspinal {
namespace {

// FreeType counts in 1/64 pixel.
constexpr double kUnitsPerPixel = 64;

void check(FT_Error error, const char* what) {
    if (error != 0) {
        throw Error(ErrorCode::internal,
                    std::string("FreeType cannot ") + what + ": error " + std::to_string(error));
    }
}

FT_Library start() {
    FT_Library library = nullptr;
    check(FT_Init_FreeType(&library), "start");
    return library;
}

FT_Face load_face(FT_Library library, const unsigned char* begin, const unsigned char* end) {
    FT_Face face = nullptr;
    check(FT_New_Memory_Face(library, begin, end - begin, 0, &face), "load a font");
    return face;
}

// Takes the first character off UTF-8 `text`; bytes that are no UTF-8 give the replacement sign.
char32_t take_character(std::string_view& text) {
    constexpr char32_t kReplacement = 0xFFFD;
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80U) {
        text.remove_prefix(1);
        return lead;
    }
    const std::size_t length = lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    if (lead < 0xC0U || lead >= 0xF8U || length > text.size()) {
        text.remove_prefix(1);
        return kReplacement;
    }
    char32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80U) {
            text.remove_prefix(i);
            return kReplacement;
        }
        code = (code << 6U) | (byte & 0x3FU);
    }
    text.remove_prefix(length);
    return code;
}

void paint_bitmap(cv::Mat& canvas, const FT_Bitmap& bitmap, cv::Point corner, const Color& color) {
    if (bitmap.rows == 0 || bitmap.width == 0) {
        return;
    }
    const cv::Mat glyph(static_cast<int>(bitmap.rows),
                        static_cast<int>(bitmap.width),
                        CV_8UC1,
                        bitmap.buffer,
                        static_cast<std::size_t>(bitmap.pitch));
    const cv::Rect place(corner, glyph.size());
    const cv::Rect visible = place & cv::Rect({0, 0}, canvas.size());
    if (!visible.empty()) {
        cv::Mat below = canvas(visible);
        paint(below, glyph(visible - place.tl()), color);
    }
}

}  // namespace

struct Lettering::Fonts {
    FT_Library library;
    FT_Face regular;
    FT_Face bold;

    Fonts()
        : library(start()),
          regular(load_face(library, &paraspinal_font_regular[0], &paraspinal_font_regular_end[0])),
          bold(load_face(library, &paraspinal_font_bold[0], &paraspinal_font_bold_end[0])) {}
    ~Fonts() { FT_Done_FreeType(library); }  // Takes the faces along.
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;
    Fonts(Fonts&&) = delete;
    Fonts& operator=(Fonts&&) = delete;

    /// Calls `visit` with each glyph's outline loaded and its horizontal place; returns the width.
    double walk(std::string_view text,
                const TextStyle& style,
                const std::function<void(FT_GlyphSlot, double)>& visit) const {
        FT_Face face = style.bold ? bold : regular;
        const auto size = static_cast<FT_F26Dot6>(std::lround(style.size_px * kUnitsPerPixel));
        check(FT_Set_Char_Size(face, size, size, 72, 72), "set a text size");
        double x_px = 0;
        FT_UInt previous = 0;
        while (!text.empty()) {
            const FT_UInt glyph = FT_Get_Char_Index(face, take_character(text));
            FT_Vector kerning{};
            FT_Get_Kerning(face, previous, glyph, FT_KERNING_UNFITTED, &kerning);
            x_px += static_cast<double>(kerning.x) / kUnitsPerPixel;
            check(FT_Load_Glyph(face, glyph, FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT),
                  "load a glyph");
            visit(face->glyph, x_px);
            constexpr double kAdvanceUnits = 65536;
            x_px += static_cast<double>(face->glyph->linearHoriAdvance) / kAdvanceUnits;
            previous = glyph;
        }
        return x_px;
    }
};

Lettering::Lettering() : fonts_(std::make_unique<Fonts>()) {}
Lettering::~Lettering() = default;

double Lettering::width_px(std::string_view text, const TextStyle& style) {
    return fonts_->walk(text, style, [](FT_GlyphSlot, double) {});
}

void Lettering::draw(cv::Mat& canvas,
                     std::string_view text,
                     cv::Point2d start,
                     const TextStyle& style) {
    if (style.halo) {
        constexpr std::array<std::array<double, 2>, 8> kRim{
            {{-2, 0}, {2, 0}, {0, -2}, {0, 2}, {-1.4, -1.4}, {-1.4, 1.4}, {1.4, -1.4}, {1.4, 1.4}}};
        const TextStyle dark{.size_px = style.size_px, .bold = style.bold, .color = {0, 0, 0}};
        for (const auto& [dx, dy] : kRim) {
            draw(canvas, text, start + cv::Point2d(dx, dy), dark);
        }
    }
    const int baseline = cvRound(start.y);
    fonts_->walk(text, style, [&](FT_GlyphSlot slot, double x_px) {
        // Rendered at its fraction of a pixel: even spacing at small sizes.
        const double x = start.x + x_px;
        const double whole = std::floor(x);
        FT_Outline_Translate(
            &slot->outline, static_cast<FT_Pos>(std::lround((x - whole) * kUnitsPerPixel)), 0);
        check(FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL), "render a glyph");
        paint_bitmap(canvas,
                     slot->bitmap,
                     {static_cast<int>(whole) + slot->bitmap_left, baseline - slot->bitmap_top},
                     style.color);
    });
}

void paint(cv::Mat& canvas, const cv::Mat& coverage, const Color& color, double opacity) {
    constexpr int kFull = 255;
    const int strength = cvRound(opacity * kFull);
    const cv::Vec3i ink(color.blue, color.green, color.red);
    for (int row = 0; row < canvas.rows; ++row) {
        for (int col = 0; col < canvas.cols; ++col) {
            const int alpha = coverage.at<std::uint8_t>(row, col) * strength;
            auto& pixel = canvas.at<cv::Vec3b>(row, col);
            for (int channel = 0; alpha > 0 && channel < 3; ++channel) {
                const int mixed = pixel[channel] * (kFull * kFull - alpha) + ink[channel] * alpha;
                pixel[channel] =
                    static_cast<std::uint8_t>((mixed + kFull * kFull / 2) / (kFull * kFull));
            }
        }
    }
}

}  // namespace paraspinal
