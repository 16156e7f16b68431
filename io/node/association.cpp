// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/association_internal.h"

#include <string>

namespace paraspinal {

Association::Association(const Peer& peer, const ClientOptions& options) : peer_(peer) {
    if (peer.tls) {
        tls_ = make_tls_layer(*peer.tls, NET_REQUESTOR);
    }
    setAETitle(options.own_ae_title);
    setPeerAETitle(peer.ae_title);
    setPeerHostName(peer.host);
    setPeerPort(peer.port);
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
    freeNetwork();  // Before the TLS layer, which the network uses, is gone.
}

void Association::open() {
    OFCondition condition = initNetwork();
    if (condition.good() && tls_) {
        condition = useSecureConnection(tls_.get());
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

Error Association::broken(const OFCondition& condition) {
    if (isConnected()) {
        abortAssociation();
    }
    return {ErrorCode::peer_unreachable,
            peer_text(peer_) + " does not answer (" + condition.text() +
                "); check its address, that it runs, and that both sides use TLS or neither"};
}

}  // namespace paraspinal
