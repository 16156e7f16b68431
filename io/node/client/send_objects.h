// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/commitment.h"
#include "io/node/peer.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// What became of one object.
enum class SendOutcome {
    stored,      ///< The peer has it: success, a warning, or "I have it already".
    refused,     ///< The peer answered with a failure, or takes no objects of that kind.
    unanswered,  ///< The peer broke off, fell silent or answered for something else at this
                 ///< object, or has no room left.
    not_sent,  ///< Not tried: the peer is down or turns us away, or an earlier one went unanswered.
    unreadable,  ///< The file is no DICOM file.
};

struct SendResult {
    SendOutcome outcome = SendOutcome::not_sent;
    std::uint16_t dicom_status = 0;  ///< Of the peer's answer (PS3.4 table B.2-1); else 0.
    std::string message;             ///< Why it is not stored; empty when it is.
    ObjectReference object;          ///< What was stored; else empty.
};

/// Sends DICOM files by C-STORE over one association, in their order; one result a file.
///
/// Each is offered in its own transfer syntax, and uncompressed ones in implicit little endian as
/// well. After an unanswered one the rest is not_sent. Messages name the peer and the DICOM status,
/// nothing of the objects. Throws nothing.
/// Source: DICOM PS3.4 annex B, PS3.7 section 9.1.1.
std::vector<SendResult> send_objects(const std::vector<std::filesystem::path>& files,
                                     const Peer& peer,
                                     const ClientOptions& options);

/// Adds `file`, which was sent and stored, to `delivery`: "000-seg.dcm" and "seg.dcm" are a seg.
void add_to(Delivery& delivery, const std::filesystem::path& file, const SendResult& result);

/// For the log: "study STUDY: delivered seg, sr to PACS@10.0.0.5:104".
std::string delivery_text(const Delivery& delivery);

}  // namespace paraspinal
