// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/elements.h"
#include "io/node/client/commitment.h"
#include "io/node/server/answer_internal.h"
#include "io/node/server/receive_commitment_internal.h"

#include <dcmtk/dcmdata/dctk.h>

#include <memory>
#include <optional>
#include <string>

// NOLINTBEGIN(*-array-to-pointer-decay, *-union-access): the fields of DCMTK's messages.
namespace paraspinal {
namespace {

OFCondition answer(T_ASC_Association& association,
                   T_ASC_PresentationContextID context_id,
                   const T_DIMSE_N_EventReportRQ& request,
                   DIC_US status) {
    T_DIMSE_Message message{};
    message.CommandField = DIMSE_N_EVENT_REPORT_RSP;
    T_DIMSE_N_EventReportRSP& response = message.msg.NEventReportRSP;
    response = answer_to<T_DIMSE_N_EventReportRSP>(request, status);
    response.EventTypeID = request.EventTypeID;
    response.opts = O_NEVENTREPORT_AFFECTEDSOPCLASSUID | O_NEVENTREPORT_AFFECTEDSOPINSTANCEUID |
                    O_NEVENTREPORT_EVENTTYPEID;
    return DIMSE_sendMessageUsingMemoryData(
        &association, context_id, &message, nullptr, nullptr, nullptr, nullptr);
}

}  // namespace

OFCondition receive_commitment(T_ASC_Association& association,
                               T_ASC_PresentationContextID context_id,
                               const T_DIMSE_N_EventReportRQ& request,
                               const ReceiverContext& context) {
    if (OFString(request.AffectedSOPClassUID) != UID_StorageCommitmentPushModelSOPClass ||
        request.DataSetType == DIMSE_DATASET_NULL) {
        return DIMSE_BADCOMMANDTYPE;
    }
    DcmDataset* received = nullptr;
    T_ASC_PresentationContextID data_context = context_id;
    const OFCondition condition = DIMSE_receiveDataSetInMemory(&association,
                                                               DIMSE_NONBLOCKING,
                                                               context.config->limits.idle_s,
                                                               &data_context,
                                                               &received,
                                                               nullptr,
                                                               nullptr);
    const std::unique_ptr<DcmDataset> report(received);
    if (condition.bad()) {
        return condition;
    }
    DcmSequenceOfItems* failed = nullptr;
    report->findAndGetSequence(DCM_FailedSOPSequence, failed);
    const std::optional<std::string> line =
        answered_commitment(context.folder,
                            dicom::text(*report, DCM_TransactionUID),
                            failed == nullptr ? 0 : failed->card());
    context.log(
        line.value_or("somebody answers a request for storage commitment that is not ours"));
    return answer(
        association, context_id, request, line ? STATUS_Success : STATUS_N_InvalidArgumentValue);
}

}  // namespace paraspinal
// NOLINTEND(*-array-to-pointer-decay, *-union-access)
