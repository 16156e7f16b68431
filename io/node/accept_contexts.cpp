// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/accept_contexts_internal.h"

#include <dcmtk/dcmdata/dcuid.h>

#include <array>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::array kVerification{UID_VerificationSOPClass};

// As io/dicom_kind.cpp measures them.
constexpr std::array kMrImages{
    UID_MRImageStorage,
    UID_EnhancedMRImageStorage,
    UID_LegacyConvertedEnhancedMRImageStorage,
};

// The first that is offered is taken: uncompressed, then lossless, then lossy.
constexpr std::array kEncodings{
    UID_LittleEndianExplicitTransferSyntax,
    UID_LittleEndianImplicitTransferSyntax,
    UID_BigEndianExplicitTransferSyntax,
    UID_DeflatedExplicitVRLittleEndianTransferSyntax,
    UID_JPEGLSLosslessTransferSyntax,
    UID_JPEG2000LosslessOnlyTransferSyntax,
    UID_JPEGProcess14SV1TransferSyntax,
    UID_JPEGProcess14TransferSyntax,
    UID_RLELosslessTransferSyntax,
    UID_JPEGLSLossyTransferSyntax,
    UID_JPEG2000TransferSyntax,
    UID_JPEGProcess2_4TransferSyntax,
    UID_JPEGProcess1TransferSyntax,
};

}  // namespace

bool accept_contexts(T_ASC_Parameters& parameters) {
    // Copies, as DCMTK asks for arrays that it might change.
    auto encodings = kEncodings;
    const auto accept = [&](auto classes, std::size_t count) {
        // Fails when nothing is offered at all, which the count below finds as well.
        static_cast<void>(
            ASC_acceptContextsWithPreferredTransferSyntaxes(&parameters,
                                                            classes.data(),
                                                            static_cast<int>(classes.size()),
                                                            encodings.data(),
                                                            static_cast<int>(count)));
    };
    constexpr std::size_t kUncompressed = 3;
    accept(kVerification, kUncompressed);
    accept(kMrImages, encodings.size());
    return ASC_countAcceptedPresentationContexts(&parameters) > 0;
}

}  // namespace paraspinal
