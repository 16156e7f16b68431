// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/association_internal.h"

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/dimse.h>

#include <string>

// NOLINTBEGIN(*-array-to-pointer-decay, *-union-access): the fields of DCMTK's messages.
namespace paraspinal {
namespace {

T_DIMSE_Message store_request(std::uint16_t message_id,
                              const OFString& sop_class_uid,
                              const OFString& sop_instance_uid) {
    T_DIMSE_Message message{};
    message.CommandField = DIMSE_C_STORE_RQ;
    T_DIMSE_C_StoreRQ& request = message.msg.CStoreRQ;
    request.MessageID = message_id;
    request.DataSetType = DIMSE_DATASET_PRESENT;
    request.Priority = DIMSE_PRIORITY_MEDIUM;
    OFStandard::strlcpy(
        request.AffectedSOPClassUID, sop_class_uid.c_str(), sizeof request.AffectedSOPClassUID);
    OFStandard::strlcpy(request.AffectedSOPInstanceUID,
                        sop_instance_uid.c_str(),
                        sizeof request.AffectedSOPInstanceUID);
    return message;
}

// The UID of the object may be left out of an answer (PS3.7 table 9.1-1), its message may not.
bool answers(const T_DIMSE_Message& answer, const T_DIMSE_C_StoreRQ& request) {
    const T_DIMSE_C_StoreRSP& response = answer.msg.CStoreRSP;
    const bool names_object = (response.opts & O_STORE_AFFECTEDSOPINSTANCEUID) != 0 &&
                              response.AffectedSOPInstanceUID[0] != '\0';
    return answer.CommandField == DIMSE_C_STORE_RSP &&
           response.MessageIDBeingRespondedTo == request.MessageID &&
           (!names_object ||
            OFString(response.AffectedSOPInstanceUID) == request.AffectedSOPInstanceUID);
}

}  // namespace

Association::Association(const Peer& peer, const ClientOptions& options) : peer_(peer) {
    if (peer.tls) {
        tls_ = make_tls_layer(*peer.tls, NET_REQUESTOR);
    }
    setAETitle(options.own_ae_title);
    setPeerAETitle(peer.ae_title);
    if (is_ipv6(peer.host)) {
        ipv6_ = std::make_unique<Ipv6Layer>(peer_, options.connect_timeout_s, tls_.get());
    }
    setPeerHostName(ipv6_ ? "127.0.0.1" : peer.host);
    setPeerPort(ipv6_ ? ipv6_->port() : peer.port);
    setConnectionTimeout(options.connect_timeout_s);
    setACSETimeout(static_cast<Uint32>(options.connect_timeout_s));
    setDIMSEBlockingMode(DIMSE_NONBLOCKING);  // Blocking would mean: without a timeout.
    setDIMSETimeout(static_cast<Uint32>(options.reply_timeout_s));
    setMaxReceivePDULength(ASC_MAXIMUMPDUSIZE);
    setProgressNotificationMode(OFFalse);
}

Association::~Association() {
    if (isConnected()) {
        releaseAssociation();
    }
    freeNetwork();  // Before the layers, which the network uses, are gone.
}

void Association::open() {
    OFCondition condition = initNetwork();
    if (condition.good() && (tls_ || ipv6_)) {
        condition =
            useSecureConnection(ipv6_ ? static_cast<DcmTransportLayer*>(ipv6_.get()) : tls_.get());
    }
    if (condition.good()) {
        condition = negotiateAssociation();
    }
    if (condition == DUL_ASSOCIATIONREJECTED) {
        throw Error(ErrorCode::peer_refused,
                    peer_text(peer_) +
                        " turns us away: it goes by another AE title, does not know ours ('" +
                        getAETitle() +
                        "'), or is busy; its operator must enter our title and address");
    }
    if (condition.bad() && condition != NET_EC_NoAcceptablePresentationContexts) {
        throw broken(condition);
    }
}

// DCMTK's own function of this purpose looks at the status alone.
std::uint16_t Association::store(T_ASC_PresentationContextID context,
                                 const std::filesystem::path& file) {
    DcmFileFormat format;
    OFString sop_class;
    OFString sop_instance;
    E_TransferSyntax syntax = EXS_Unknown;
    OFString abstract;
    OFString accepted;
    findPresentationContext(context, abstract, accepted);
    const E_TransferSyntax wanted = DcmXfer(accepted.c_str()).getXfer();
    if (format.loadFile(file.c_str()).bad() ||
        getDatasetInfo(format.getDataset(), sop_class, sop_instance, syntax).bad() ||
        format.getDataset()->chooseRepresentation(wanted, nullptr).bad()) {
        throw Error(ErrorCode::unreadable_file,
                    "'" + file.string() + "' cannot be read or converted for " + peer_text(peer_));
    }
    T_DIMSE_Message request = store_request(++last_message_, sop_class, sop_instance);
    OFCondition condition = sendDIMSEMessage(context, &request, format.getDataset());
    T_DIMSE_Message answer{};
    if (condition.good()) {
        T_ASC_PresentationContextID answer_context = 0;
        DcmDataset* detail = nullptr;
        condition = receiveDIMSECommand(&answer_context, &answer, &detail);
        delete detail;  // NOLINT(*-owning-memory): DCMTK hands it over.
    }
    if (condition.bad()) {
        throw broken(condition);
    }
    if (!answers(answer, request.msg.CStoreRQ)) {
        abortAssociation();
        throw Error(ErrorCode::transfer_failed,
                    peer_text(peer_) + " answers something else than what it was sent");
    }
    return answer.msg.CStoreRSP.DimseStatus;
}

Error Association::broken(const OFCondition& condition) {
    if (isConnected()) {
        abortAssociation();
    }
    return {ErrorCode::peer_unreachable,
            peer_text(peer_) + " does not answer (" + condition.text() +
                "); check its address, that it runs, and that both sides use TLS or neither"};
}

}  // namespace paraspinal
// NOLINTEND(*-array-to-pointer-decay, *-union-access)
