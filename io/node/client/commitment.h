// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/peer.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A DICOM object, by what names it.
struct ObjectReference {
    std::string sop_class_uid;
    std::string sop_instance_uid;
};

/// Objects of one study that a peer has taken.
struct Delivery {
    std::string study;  ///< As the log calls it; empty when nobody said.
    Peer peer;
    std::vector<ObjectReference> objects;
    std::vector<std::string> kinds;  ///< Of the objects, in their order: "seg", "sr".
};

/// Asks the peer of a delivery to commit itself to keep the objects (N-ACTION), and notes below the
/// node's folder what was asked, `commitments/TRANSACTION`, for the answer, which comes later over
/// an association of the peer's own. Throws Error peer_unreachable, peer_refused (also a peer that
/// knows no such service) and output_not_writable; nothing is noted then.
/// Source: DICOM PS3.4 annex J (push model), PS3.7 section 10.1.4.
void ask_commitment(const std::filesystem::path& node,
                    const Delivery& delivery,
                    const ClientOptions& options);

/// What to log of the answer to `transaction_uid`, of which `failed` objects are not kept, and the
/// end of its note. nullopt: nobody has asked this.
std::optional<std::string> answered_commitment(const std::filesystem::path& node,
                                               std::string_view transaction_uid,
                                               std::size_t failed);

}  // namespace paraspinal
