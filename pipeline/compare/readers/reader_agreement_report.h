// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/reader_agreement.h"

#include <string>

namespace paraspinal {

/// The agreement of the readers of a run for a terminal of 80 columns.
std::string reader_agreement_text(const ReaderAgreement& result);

/// The same as one HTML document that needs no other file.
std::string reader_agreement_page(const ReaderAgreement& result);

/// One row a pair (and all together): how many of which decision, kappa.
std::string decisions_csv(const ReaderAgreement& result);

/// One row a pair, study and region: Dice, distances, areas.
std::string reader_outlines_csv(const ReaderAgreement& result);

}  // namespace paraspinal
