// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/supported_internal.h"
#include "io/node/server/accept_contexts_internal.h"

#include <array>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::array kVerification{UID_VerificationSOPClass};
constexpr std::array kCommitment{UID_StorageCommitmentPushModelSOPClass};

}  // namespace

bool accept_contexts(T_ASC_Parameters& parameters, bool asks_commitment) {
    // Copies, as DCMTK asks for arrays that it might change.
    auto encodings = dicom::kImageSyntaxes;
    const auto accept = [&](auto classes, std::size_t count, T_ASC_SC_ROLE role) {
        // Fails when nothing is offered at all, which the count below finds as well.
        static_cast<void>(
            ASC_acceptContextsWithPreferredTransferSyntaxes(&parameters,
                                                            classes.data(),
                                                            static_cast<int>(classes.size()),
                                                            encodings.data(),
                                                            static_cast<int>(count),
                                                            role));
    };
    constexpr std::size_t kUncompressed = 3;
    accept(kVerification, kUncompressed, ASC_SC_ROLE_DEFAULT);
    accept(dicom::kMrImageClasses, encodings.size(), ASC_SC_ROLE_DEFAULT);
    if (asks_commitment) {
        // Who opens the association is the provider here (PS3.4 J.3.3).
        accept(kCommitment, kUncompressed, ASC_SC_ROLE_SCP);
    }
    return ASC_countAcceptedPresentationContexts(&parameters) > 0;
}

}  // namespace paraspinal
