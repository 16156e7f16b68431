// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/server/serve_association.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dimse.h>

namespace paraspinal {

/// Receives the data set that follows `request`, keeps it as a file with exactly the bytes that
/// came, and answers. An object that cannot be kept is read to its end and refused with a status of
/// PS3.4 table B.2-1. The condition is bad when the association is beyond use.
OFCondition receive_object(T_ASC_Association& association,
                           T_ASC_PresentationContextID context_id,
                           const T_DIMSE_C_StoreRQ& request,
                           const ReceiverContext& context);

}  // namespace paraspinal
