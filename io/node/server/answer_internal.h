// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/dimse.h>
#include <dcmtk/ofstd/ofstd.h>

namespace paraspinal {

/// An answer without a data set to `request`, that names the message and the object which it
/// answers; `opts` and what else the kind of answer has are left to the caller.
template <class Response, class Request>
Response answer_to(const Request& request, DIC_US status) {
    Response response{};
    response.MessageIDBeingRespondedTo = request.MessageID;
    // NOLINTBEGIN(*-array-to-pointer-decay): the fields of DCMTK's messages are arrays.
    OFStandard::strlcpy(response.AffectedSOPClassUID,
                        request.AffectedSOPClassUID,
                        sizeof response.AffectedSOPClassUID);
    OFStandard::strlcpy(response.AffectedSOPInstanceUID,
                        request.AffectedSOPInstanceUID,
                        sizeof response.AffectedSOPInstanceUID);
    // NOLINTEND(*-array-to-pointer-decay)
    response.DataSetType = DIMSE_DATASET_NULL;
    response.DimseStatus = status;
    return response;
}

}  // namespace paraspinal
