// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/version.h"

#include "pipeline/study/models.h"

// The macros come from CMake.
namespace paraspinal {

std::string_view software_version() {
    return PARASPINAL_VERSION;
}

std::string version_text() {
    return "paraspinal " PARASPINAL_VERSION "\n" + Models().description() +
           "\n"
           "risk models: yang2025\n"
           "libraries: ITK " PARASPINAL_ITK_VERSION ", OpenCV " PARASPINAL_OPENCV_VERSION
           ", DCMTK " PARASPINAL_DCMTK_VERSION
           "\n"
           "Research use only. Not a medical device.";
}

}  // namespace paraspinal
