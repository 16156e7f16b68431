// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/server/serve_association.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dimse.h>

namespace paraspinal {

/// Receives what a peer says of a commitment that it was asked for (N-EVENT-REPORT), logs it and
/// answers. The condition is bad when the association is beyond use.
/// Source: DICOM PS3.4 annex J.3.3.
OFCondition receive_commitment(T_ASC_Association& association,
                               T_ASC_PresentationContextID context_id,
                               const T_DIMSE_N_EventReportRQ& request,
                               const ReceiverContext& context);

}  // namespace paraspinal
