// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/agree_labels.h"
#include "pipeline/compare/readers/rated_columns.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The agreement of two raters or more as one HTML document, in words that somebody who draws
/// outlines understands, with its Bland-Altman plots; needs no other file.
std::string agreement_page(const TableAgreement& result);

/// The agreement of two folders of outlines: how far they overlap, and their areas.
std::string folder_agreement_page(const std::vector<LabelAgreement>& rows,
                                  const TableAgreement& areas);

/// The same as a part of a page.
std::string agreement_section(const TableAgreement& result);

}  // namespace paraspinal
