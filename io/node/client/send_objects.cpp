// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/client/send_objects.h"

#include "core/error.h"
#include "core/text.h"
#include "io/dicom/elements.h"
#include "io/node/client/association_internal.h"
#include "io/node/dicom_status.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

namespace paraspinal {
namespace {

// What decides whether a peer takes a file.
struct Kind {
    std::string sop_class_uid;
    std::string transfer_syntax_uid;
    bool operator<(const Kind& other) const {
        return std::tie(sop_class_uid, transfer_syntax_uid) <
               std::tie(other.sop_class_uid, other.transfer_syntax_uid);
    }
};

// Empty texts when the file is no DICOM file.
Kind kind_of(const std::filesystem::path& file) {
    DcmMetaInfo header;
    if (header.loadFile(file.c_str()).bad()) {
        return {};
    }
    return {.sop_class_uid = dicom::text(header, DCM_MediaStorageSOPClassUID),
            .transfer_syntax_uid = dicom::text(header, DCM_TransferSyntaxUID)};
}

std::string instance_of(const std::filesystem::path& file) {
    DcmMetaInfo header;
    header.loadFile(file.c_str());
    return dicom::text(header, DCM_MediaStorageSOPInstanceUID);
}

void propose(Association& association, const Kind& kind) {
    OFList<OFString> own;
    own.emplace_back(kind.transfer_syntax_uid);
    association.addPresentationContext(kind.sop_class_uid, own);
    const DcmXfer syntax(kind.transfer_syntax_uid.c_str());
    if (!syntax.isEncapsulated()) {
        OFList<OFString> plain;
        plain.emplace_back(UID_LittleEndianImplicitTransferSyntax);
        association.addPresentationContext(kind.sop_class_uid, plain);
    }
}

SendResult unreadable() {
    return {.outcome = SendOutcome::unreadable, .message = "it is no DICOM file"};
}

SendResult answered(std::uint16_t status, const Peer& peer) {
    if (means_stored(status)) {
        return {.outcome = SendOutcome::stored, .dicom_status = status};
    }
    if (means_full(status)) {
        throw Error(ErrorCode::peer_refused,
                    peer_text(peer) + " takes nothing now: DICOM status " + status_text(status));
    }
    return {.outcome = SendOutcome::refused,
            .dicom_status = status,
            .message = peer_text(peer) + " refused it with DICOM status " + status_text(status)};
}

// Sends one file; throws Error when it makes no sense to go on with the next.
SendResult send_object(Association& association,
                       const std::filesystem::path& file,
                       const Kind& kind,
                       const Peer& peer) {
    if (kind.sop_class_uid.empty()) {
        return unreadable();
    }
    const T_ASC_PresentationContextID context =
        association.findAnyPresentationContextID(kind.sop_class_uid, kind.transfer_syntax_uid);
    if (context == 0) {
        return {.outcome = SendOutcome::refused,
                .dicom_status = kSopClassNotSupported,
                .message = peer_text(peer) + " takes no objects of this kind"};
    }
    SendResult result = answered(association.store(context, file), peer);
    if (result.outcome == SendOutcome::stored) {
        result.object = {kind.sop_class_uid, instance_of(file)};
    }
    return result;
}

}  // namespace

std::vector<SendResult> send_objects(const std::vector<std::filesystem::path>& files,
                                     const Peer& peer,
                                     const ClientOptions& options) {
    std::vector<Kind> kinds;
    std::transform(files.begin(), files.end(), std::back_inserter(kinds), kind_of);
    std::set<Kind> different(kinds.begin(), kinds.end());
    different.erase(Kind());
    if (different.empty()) {
        return {files.size(), unreadable()};
    }
    std::vector<SendResult> results;
    bool is_open = false;
    try {
        Association association(peer, options);
        for (const Kind& kind : different) {
            propose(association, kind);
        }
        association.open();
        is_open = true;
        for (std::size_t i = 0; i < files.size(); ++i) {
            results.push_back(send_object(association, files[i], kinds[i], peer));
        }
    } catch (const Error& error) {
        if (is_open) {
            results.push_back({.outcome = SendOutcome::unanswered, .message = error.what()});
        }
        results.resize(files.size(), {.outcome = SendOutcome::not_sent, .message = error.what()});
    }
    return results;
}

void add_to(Delivery& delivery, const std::filesystem::path& file, const SendResult& result) {
    const std::string name = file.stem().string();
    delivery.kinds.push_back(name.substr(name.find('-') + 1));
    delivery.objects.push_back(result.object);
}

std::string delivery_text(const Delivery& delivery) {
    return "study " + delivery.study + ": delivered " + joined(delivery.kinds, ", ") + " to " +
           peer_text(delivery.peer);
}

}  // namespace paraspinal
