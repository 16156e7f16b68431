// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/commitment.h"

#include "core/error.h"
#include "io/dicom/elements.h"
#include "io/node/client/association_internal.h"
#include "io/output_file.h"
#include "io/read_file.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

std::filesystem::path note_of(const std::filesystem::path& node, std::string_view transaction_uid) {
    return node / "commitments" / transaction_uid;
}

std::string new_uid() {
    std::array<char, DIC_UI_LEN + 1> uid{};
    dcmGenerateUniqueIdentifier(uid.data());
    return uid.data();
}

// PS3.4 table J.3-1.
void put_request(DcmDataset& request,
                 const std::string& transaction_uid,
                 const Delivery& delivery) {
    dicom::put(request, DCM_TransactionUID, transaction_uid);
    for (const ObjectReference& object : delivery.objects) {
        DcmItem& item = dicom::new_item(request, DCM_ReferencedSOPSequence);
        dicom::put(item, DCM_ReferencedSOPClassUID, object.sop_class_uid);
        dicom::put(item, DCM_ReferencedSOPInstanceUID, object.sop_instance_uid);
    }
}

void send_request(DcmDataset& request, const Peer& peer, const ClientOptions& options) {
    constexpr Uint16 kRequestStorageCommitment = 1;  // PS3.4 J.3.2.1.1
    Association association(peer, options);
    OFList<OFString> plain;
    plain.emplace_back(UID_LittleEndianExplicitTransferSyntax);
    plain.emplace_back(UID_LittleEndianImplicitTransferSyntax);
    association.addPresentationContext(UID_StorageCommitmentPushModelSOPClass, plain);
    association.open();
    const T_ASC_PresentationContextID context =
        association.findPresentationContextID(UID_StorageCommitmentPushModelSOPClass, "");
    if (context == 0) {
        throw Error(
            ErrorCode::peer_refused,
            peer_text(peer) +
                " knows no storage commitment: ask its operator whether it keeps what it took. "
                "Other peers are asked all the same; commitment = no asks none");
    }
    Uint16 status = 0;
    const OFCondition condition =
        association.sendACTIONRequest(context,
                                      UID_StorageCommitmentPushModelSOPInstance,
                                      kRequestStorageCommitment,
                                      &request,
                                      status);
    if (condition.bad()) {
        throw association.broken(condition);
    }
    if (status != STATUS_Success) {
        throw Error(ErrorCode::peer_refused,
                    peer_text(peer) + " refuses to say whether it keeps what it was sent");
    }
}

}  // namespace

void ask_commitment(const std::filesystem::path& node,
                    const Delivery& delivery,
                    const ClientOptions& options) {
    const std::string transaction_uid = new_uid();
    DcmDataset request;
    put_request(request, transaction_uid, delivery);
    make_output_folder(node / "commitments");
    // Before the request: the answer may be faster than we are.
    write_file(note_of(node, transaction_uid),
               "study " + delivery.study + ": " + peer_text(delivery.peer));
    try {
        send_request(request, delivery.peer, options);
    } catch (const Error&) {
        std::filesystem::remove(note_of(node, transaction_uid));
        throw;
    }
}

std::optional<std::string> answered_commitment(const std::filesystem::path& node,
                                               std::string_view transaction_uid,
                                               std::size_t failed) {
    // It names a file.
    const bool is_uid = !transaction_uid.empty() && transaction_uid.front() != '.' &&
                        transaction_uid.find_first_not_of("0123456789.") == std::string_view::npos;
    const std::optional<std::string> note =
        is_uid ? read_file(note_of(node, transaction_uid)) : std::nullopt;
    if (!note) {
        return std::nullopt;
    }
    std::filesystem::remove(note_of(node, transaction_uid));
    return *note + (failed == 0 ? " keeps what it was sent"
                                : " does not keep " + std::to_string(failed) +
                                      " objects that it has taken; send them again (--resend)");
}

}  // namespace paraspinal
