// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/column_unit.h"

#include <array>
#include <utility>

namespace paraspinal {

std::string_view column_unit(std::string_view column) {
    using Entry = std::pair<std::string_view, std::string_view>;
    constexpr std::array kUnits{Entry{"_cm2", "cm²"},
                                Entry{"_mm2", "mm²"},
                                Entry{"_mm", "mm"},
                                Entry{"_pct", "%"},
                                Entry{"_deg", "°"},
                                Entry{"_years", "years"},
                                Entry{"_months", "months"},
                                Entry{"_g_l", "g/L"},
                                Entry{"_mmol_l", "mmol/L"},
                                Entry{"_nmol_l", "nmol/L"},
                                Entry{"_ng_ml", "ng/mL"}};
    for (const auto& [ending, unit] : kUnits) {
        if (column.ends_with(ending)) {
            return unit;
        }
    }
    return {};
}

}  // namespace paraspinal
