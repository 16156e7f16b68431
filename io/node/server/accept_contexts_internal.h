// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

namespace paraspinal {

/// Accepts what the other side offers and we can use: verification, and the MR images that are
/// measured, in the encodings that can be decoded. All else is refused, so that the sender learns
/// that it was not taken. And where `asks_commitment`, the other side as one that answers for
/// storage commitment. False: nothing is left.
bool accept_contexts(T_ASC_Parameters& parameters, bool asks_commitment);

}  // namespace paraspinal
