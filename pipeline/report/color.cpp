// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/color.h"

namespace paraspinal {

Color outline_color(Structure structure) {
    switch (structure) {
        case Structure::multifidus_right: return {0xF2, 0xC8, 0x0F};
        case Structure::multifidus_left: return {0xFF, 0xF0, 0x9A};
        case Structure::erector_spinae_right: return {0x2F, 0x8F, 0xDD};
        case Structure::erector_spinae_left: return {0x8C, 0xCB, 0xF2};
        case Structure::vertebral_body: return {0x12, 0xB8, 0x86};
        case Structure::psoas_right: return {0xCC, 0x79, 0xA7};
        case Structure::psoas_left: return {0xEF, 0xBF, 0xD9};
        case Structure::background: break;
    }
    return {0xFF, 0xFF, 0xFF};
}

}  // namespace paraspinal
