// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace paraspinal {

/// The unit that the name of a column ends with, as people write it: "cm²" of "csa_cm2". Empty
/// where the name tells none.
std::string_view column_unit(std::string_view column);

}  // namespace paraspinal
