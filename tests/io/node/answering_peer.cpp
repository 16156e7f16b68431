// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/io/node/answering_peer.h"

#include "tests/support/background_program.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/dstorscp.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace paraspinal::testing {
namespace {

class Scp : public DcmSCP {
  public:
    explicit Scp(const AnsweringPeer::Answers& answers) : answers_(answers) {
        OFList<OFString> syntaxes;
        syntaxes.push_back(UID_LittleEndianExplicitTransferSyntax);
        addPresentationContext(UID_MRImageStorage, syntaxes);
        setRespondWithCalledAETitle(OFTrue);
    }

  protected:
    OFCondition handleIncomingCommand(T_DIMSE_Message* message,
                                      const DcmPresentationContextInfo& context) override {
        if (message->CommandField != DIMSE_C_STORE_RQ) {
            return DcmSCP::handleIncomingCommand(message, context);
        }
        T_DIMSE_C_StoreRQ& request = message->msg.CStoreRQ;  // NOLINT(*-union-access)
        DcmDataset* object = nullptr;
        receiveSTORERequest(request, context.presentationContextID, object);
        delete object;  // NOLINT(*-owning-memory): DCMTK hands it over.
        const bool is_odd = answers_.odd_one_uid == request.AffectedSOPInstanceUID;
        const std::uint16_t status = is_odd ? answers_.odd_status : answers_.status;
        if (status == AnsweringPeer::kBreakOff) {
            return abortAssociation();
        }
        if (answers_.names_other_object) {
            OFStandard::strlcpy(
                request.AffectedSOPInstanceUID, "1.2.3.4.5", sizeof request.AffectedSOPInstanceUID);
        }
        request.MessageID =
            static_cast<Uint16>(request.MessageID + (answers_.names_other_message ? 1 : 0));
        return sendSTOREResponse(context.presentationContextID, request, status);
    }

  private:
    AnsweringPeer::Answers answers_;
};

}  // namespace

AnsweringPeer::AnsweringPeer(const Answers& answers)
    : peer_{.ae_title = "ANSWERING", .host = "127.0.0.1", .port = free_port()}, child_(fork()) {
    if (child_ == 0) {
        Scp scp(answers);
        scp.setPort(peer_.port);
        scp.listen();
        _exit(0);
    }
    wait_for_port(peer_.port);
}

AnsweringPeer::~AnsweringPeer() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

}  // namespace paraspinal::testing
