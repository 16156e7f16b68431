// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/tls_files.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmtls/tlslayer.h>

#include <memory>

namespace paraspinal {

/// DCMTK's TLS by the non-downgrading BCP 195 profile (PS3.15 B.10: TLS 1.2 and later),
/// certificates of both sides required. `role`: NET_REQUESTOR to call, NET_ACCEPTOR to be called.
/// Throws as check_tls_files.
std::unique_ptr<DcmTLSTransportLayer> make_tls_layer(const TlsFiles& files, T_ASC_NetworkRole role);

}  // namespace paraspinal
