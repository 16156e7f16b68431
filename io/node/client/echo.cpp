// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/echo.h"

#include "core/error.h"
#include "io/node/client/association_internal.h"

namespace paraspinal {

void echo(const Peer& peer, const ClientOptions& options) {
    Association association(peer, options);
    OFList<OFString> plain;
    plain.emplace_back(UID_LittleEndianImplicitTransferSyntax);
    association.addPresentationContext(UID_VerificationSOPClass, plain);
    association.open();
    const T_ASC_PresentationContextID context =
        association.findPresentationContextID(UID_VerificationSOPClass, "");
    if (context == 0) {
        throw Error(ErrorCode::peer_refused,
                    peer_text(peer) + " takes the association but not its verification (C-ECHO)");
    }
    const OFCondition condition = association.sendECHORequest(context);
    if (condition.bad()) {
        throw association.broken(condition);
    }
}

}  // namespace paraspinal
