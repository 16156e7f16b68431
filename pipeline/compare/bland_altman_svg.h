// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/agree_tables.h"

#include <string>

namespace paraspinal {

/// Bland-Altman plot of one column as an SVG document: differences over means, the bias and the 95
/// % limits with their intervals. Needs the bias: empty when it is absent. The same input gives the
/// same bytes.
std::string bland_altman_svg(const ColumnAgreement& column);

/// A file name made of `column`, "bland_altman_csa_cm2.svg".
std::string bland_altman_file_name(const std::string& column);

}  // namespace paraspinal
