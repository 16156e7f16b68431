// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/node/accept_contexts_internal.h"

#include <dcmtk/dcmdata/dcuid.h>

#include <array>

namespace paraspinal {
namespace {

std::array kVerification{UID_VerificationSOPClass};

// As io/dicom_kind.cpp measures them.
std::array kMrImages{
    UID_MRImageStorage,
    UID_EnhancedMRImageStorage,
    UID_LegacyConvertedEnhancedMRImageStorage,
};

// The first that is offered is taken: uncompressed, then lossless, then lossy.
std::array kEncodings{
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
    const auto accept = [&](auto& classes, int encodings) {
        // Fails when nothing is offered at all, which the count below finds as well.
        static_cast<void>(
            ASC_acceptContextsWithPreferredTransferSyntaxes(&parameters,
                                                            classes.data(),
                                                            static_cast<int>(classes.size()),
                                                            kEncodings.data(),
                                                            encodings));
    };
    constexpr int kUncompressed = 3;
    accept(kVerification, kUncompressed);
    accept(kMrImages, static_cast<int>(kEncodings.size()));
    return ASC_countAcceptedPresentationContexts(&parameters) > 0;
}

}  // namespace paraspinal
