// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/write_figure.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/write_through.h"

namespace paraspinal {

void write_figure(const std::filesystem::path& file, std::string_view svg) {
    const std::string ending = lower_case(file.extension().string());
    if (ending == ".svg") {
        write_file(file, svg);
    } else if (ending == ".png") {
        write_through({.program = "rsvg-convert",
                       .package = "librsvg2-bin",
                       .purpose = "figures of pixels",
                       .reads = ".svg",
                       .options = {"--zoom", "2"}},
                      file,
                      svg);
    } else {
        throw Error(ErrorCode::usage,
                    "figures are .svg or .png, not '" + file.filename().string() + "'");
    }
}

}  // namespace paraspinal
