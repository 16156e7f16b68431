// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/supported_internal.h"
#include "io/node/accept_contexts_internal.h"

#include <array>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::array kVerification{UID_VerificationSOPClass};

}  // namespace

bool accept_contexts(T_ASC_Parameters& parameters) {
    // Copies, as DCMTK asks for arrays that it might change.
    auto encodings = dicom::kImageSyntaxes;
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
    accept(dicom::kMrImageClasses, encodings.size());
    return ASC_countAcceptedPresentationContexts(&parameters) > 0;
}

}  // namespace paraspinal
